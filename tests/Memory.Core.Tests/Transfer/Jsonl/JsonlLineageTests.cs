using Memory.Core.Memories;
using static Memory.Core.Tests.Transfer.JsonlTests;

namespace Memory.Core.Tests.Transfer.Jsonl;

/// <summary>Lineage through an export and its import.</summary>
public sealed class JsonlLineageTests
{
    [Fact]
    public async Task Export_of_what_was_superseded_after_it_was_merged_is_imported_whole()
    {
        await using var fixture = new ServiceFixture();
        await fixture.StoreAsync("Lena lives in Oslo.", source: "user");
        await fixture.StoreAsync("Lena lives in Oslo. Lena plays the cello.", source: "document:notes");
        await fixture.ConsolidateAsync();
        fixture.Time.Advance(TimeSpan.FromDays(30));
        await fixture.StoreAsync("Lena moved to Bergen.", source: "user");
        var run = (await fixture.ConsolidateAsync()).Run!.Value;
        var before = await fixture.DumpAsync();

        await using var other = new ServiceFixture(seed: 2);
        (await ImportAsync(other, await ExportAsync(fixture))).Rejections.ShouldBeEmpty();

        (await other.DumpAsync()).ShouldBe(before);
        (await other.Consolidator.UndoAsync(ServiceFixture.Ns, run)).Value!.Refused.ShouldBeEmpty();
        (await other.InStateAsync(MemoryState.Active)).ShouldBe(["Lena lives in Oslo. Lena plays the cello.", "Lena moved to Bergen."], ignoreOrder: true);
    }
}
