using System.Text;
using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Transfer;
using Memory.Core.Transfer.Jsonl;

namespace Memory.Core.Tests.Transfer.Jsonl;

public sealed class LineDifferencesTests
{
    [Fact]
    public async Task Newer_export_over_an_older_one_is_told_with_what_differs_and_changes_nothing()
    {
        await using var fixture = new ServiceFixture();
        var id = (await fixture.StoreAsync("Mara likes tea.", tags: ["food"])).Memory.Id;
        await fixture.StoreAsync("Nothing changes here.");
        var older = await ExportAsync(fixture);
        await using var other = new ServiceFixture(seed: 2);
        await ImportAsync(other, older);
        await fixture.StoreAsync("Mara likes tea.", source: "other");
        await fixture.Memories.UpdateAsync(ServiceFixture.Ns, id, new MemoryChange { Tags = ["food", "drinks"], Importance = 0.9 });

        var report = await ImportAsync(other, await ExportAsync(fixture));

        var told = report.Rejections.ShouldHaveSingleItem();
        told.Place.ShouldBe("line 2");
        told.Reason.ShouldBe("The memory is there and stays as it is; not taken is what the line says otherwise: tags is 'drinks, food' here and 'food' in the store; importance is '0.9' here and '0.5' in the store; 1 of 2 rows of evidence are not in the store.");
        (report.Imported, report.Present).ShouldBe((0, 1));
        (await ExportAsync(other)).ShouldBe(older);
    }

    [Fact]
    public async Task Older_export_over_a_newer_one_is_told_where_both_have_the_memory_otherwise()
    {
        await using var fixture = new ServiceFixture();
        var id = (await fixture.StoreAsync("Mara likes tea.", tags: ["food"])).Memory.Id;
        var older = await ExportAsync(fixture);
        await fixture.Memories.FeedbackAsync(ServiceFixture.Ns, id, new Feedback(true));
        await fixture.RecallAsync("tea");

        // What came to be known here is nothing that the line lacks to be taken.
        (await ImportAsync(fixture, older)).Rejections.ShouldBeEmpty();
        await fixture.Memories.UpdateAsync(ServiceFixture.Ns, id, new MemoryChange { Tags = [] });

        (await ImportAsync(fixture, older)).Rejections.ShouldHaveSingleItem().Reason.ShouldContain("tags is 'food' here and not given in the store.");
    }

    [Fact]
    public async Task Memory_that_was_forgotten_in_the_file_and_not_in_the_store_is_told()
    {
        await using var fixture = new ServiceFixture();
        var id = (await fixture.StoreAsync("The vault code is on paper.")).Memory.Id;
        await using var other = new ServiceFixture(seed: 2);
        await ImportAsync(other, await ExportAsync(fixture));
        await fixture.Memories.ForgetAsync(ServiceFixture.Ns, [id]);

        var report = await ImportAsync(other, await ExportAsync(fixture));

        report.Rejections.ShouldHaveSingleItem().Reason.ShouldBe($"'{id}' was forgotten where the line comes from and is active in the store, where it stays so. Forget it here too to have it erased.");
        (await other.InStateAsync(MemoryState.Active)).ShouldBe(["The vault code is on paper."]);
    }

    [Fact]
    public async Task Run_that_was_undone_in_the_file_and_not_in_the_store_is_told()
    {
        await using var fixture = new ServiceFixture();
        await fixture.StoreAsync("The deploy is on Friday.");
        await fixture.StoreAsync("Deploy is on Friday!", MemoryKind.Fact, source: "user");
        var run = (await fixture.ConsolidateAsync()).Run!.Value;
        await using var other = new ServiceFixture(seed: 2);
        await ImportAsync(other, await ExportAsync(fixture));
        await fixture.Consolidator.UndoAsync(ServiceFixture.Ns, run);

        var reasons = (await ImportAsync(other, await ExportAsync(fixture))).Rejections.Select(static r => r.Reason).ToArray();

        reasons.ShouldContain("The run is there and stays as it is; not taken is what the line says otherwise: state is 'undone' here and 'completed' in the store.");
        reasons.ShouldContain("The change is there and stays as it is: undone here, not undone in the store.");
        (await other.InStateAsync(MemoryState.Active)).Length.ShouldBe(1);
    }

    private static async Task<string> ExportAsync(ServiceFixture fixture)
    {
        using var stream = new MemoryStream();
        await new JsonlExport(fixture.Store).WriteAsync([ServiceFixture.Ns], stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static async Task<ImportReport> ImportAsync(ServiceFixture fixture, string lines)
    {
        var path = Path.Combine(fixture.Folder, $"{Guid.NewGuid():N}.jsonl");
        await File.WriteAllTextAsync(path, lines);
        return (await new MemoryImport(fixture.Store, fixture.Time).ReadAsync(ImportTarget.Each(ServiceFixture.Ns), path, ImportFormat.Jsonl)).Value!;
    }
}
