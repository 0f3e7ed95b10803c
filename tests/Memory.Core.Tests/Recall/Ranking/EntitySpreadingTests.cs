using Memory.Core.Memories;
using Memory.Core.Recall;
using Memory.Core.Storage;

namespace Memory.Core.Tests.Recall.Ranking;

public sealed class EntitySpreadingTests
{
    [Fact]
    public async Task Recall_brings_up_the_other_memory_of_a_rarely_named_thing()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The invoices are printed by the service in `billing/printer.cs`");
        await f.StoreAsync("Nobody may touch `billing/printer.cs` without Ana's word");
        await f.StoreAsync("The cat sleeps on the warm windowsill");
        await f.Store.AddNewMentionsAsync();

        var results = (await f.RecallAsync(new RecallRequest { Query = "invoices", Explain = true })).Memories;

        results.Select(static m => m.Memory.Content).ShouldBe(
            ["The invoices are printed by the service in `billing/printer.cs`", "Nobody may touch `billing/printer.cs` without Ana's word"]);
        results[1].Parts!.Value.Entities.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("invoices", MemoryKind.Fact)]
    [InlineData("\"invoices\"", null)]
    public async Task Recall_lends_nothing_to_what_a_filter_or_a_phrase_keeps_out(string query, MemoryKind? kind)
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The invoices are printed by the service in `billing/printer.cs`");
        await f.StoreAsync("Nobody may touch `billing/printer.cs` without Ana's word", MemoryKind.Note);
        await f.Store.AddNewMentionsAsync();

        (await f.RecallAsync(new RecallRequest { Query = query, Filter = new MemoryFilter { Kinds = kind is { } one ? [one] : [] } }))
            .Memories.Select(static m => m.Memory.Content).ShouldBe(["The invoices are printed by the service in `billing/printer.cs`"]);
    }

    [Fact]
    public async Task Recall_of_a_thing_that_many_name_lends_nothing()
    {
        await using var f = new ServiceFixture();
        for (var i = 0; i < RecallOptions.Default.MaxEntityMentions + 1; i++)
        {
            await f.StoreAsync($"Note {i} of the project", tags: ["harbor"]);
        }
        await f.Store.AddNewMentionsAsync();

        var results = (await f.RecallAsync(new RecallRequest { Query = "note 3", Explain = true })).Memories;

        results.ShouldAllBe(static m => m.Parts!.Value.Entities == 0);
    }
}
