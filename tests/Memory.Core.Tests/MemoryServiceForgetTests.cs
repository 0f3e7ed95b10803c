using Memory.Core.Memories;
using Memory.Core.Operations;

namespace Memory.Core.Tests;

/// <summary>What forgetting shows before and takes with it.</summary>
public sealed class MemoryServiceForgetTests
{
    private static readonly Namespace Ns = ServiceFixture.Ns;

    [Fact]
    public async Task ForgetAsync_erases_the_memory_and_its_earlier_versions_and_only_those()
    {
        await using var f = new ServiceFixture();
        var old = (await f.StoreAsync("Mara's number is 0470 112233", tags: ["secretword"], source: "usersource")).Memory.Id;
        var current = (await f.Memories.UpdateAsync(Ns, old, new MemoryChange { Content = "Mara's number is 0470 445566" })).Value!.Memory.Id;
        var other = (await f.StoreAsync("Mara likes tea")).Memory.Id;
        await f.Store.BackupAsync();

        var erased = (await f.Memories.ForgetAsync(Ns, [current])).Value!.Ids;

        erased.ShouldBe([current, old], ignoreOrder: true);
        (await f.ShowAsync(old)).Memory.ShouldSatisfyAllConditions(
            static m => m.State.ShouldBe(MemoryState.Forgotten), static m => m.Content.ShouldBeEmpty(), static m => m.Tags.ShouldBeEmpty());
        (await f.RecallAsync("number", new() { States = [] })).ShouldBeEmpty();
        (await f.RecallAsync("tea")).ShouldBe(["Mara likes tea"]);
        (await f.ShowAsync(other)).Memory.State.ShouldBe(MemoryState.Active);
        await f.Memories.DisposeAsync();
        await f.Store.DisposeAsync();
        foreach (var file in Directory.GetFiles(f.Folder, "*", SearchOption.AllDirectories))
        {
            var bytes = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            foreach (var word in new[] { "112233", "445566", "secretword", "usersource" })
            {
                bytes.ShouldNotContain(word, Case.Insensitive, file);
            }
        }
    }

    [Fact]
    public async Task ForgetAsync_is_all_or_none_and_refuses_a_merged_memory()
    {
        await using var f = new ServiceFixture();
        var merged = (await f.StoreAsync("the (rule) holds")).Memory.Id;
        var kept = (await f.StoreAsync("The rule holds.")).Memory.Id;
        var other = (await f.StoreAsync("Mara likes tea")).Memory.Id;
        await f.ConsolidateAsync();

        (await f.Memories.ForgetAsync(Ns, [other, merged])).Problem!.Message.ShouldContain(kept.Value);
        (await f.Memories.ForgetAsync(Ns, [other, MemoryId.New(new Random(9))])).Problem!.Code.ShouldBe(ProblemCode.NotFound);

        (await f.ShowAsync(other)).Memory.State.ShouldBe(MemoryState.Active);
    }

    [Fact]
    public async Task ForgetAsync_of_what_is_forgotten_succeeds_again()
    {
        await using var f = new ServiceFixture();
        var id = (await f.StoreAsync("Mara likes tea")).Memory.Id;
        await f.Memories.ForgetAsync(Ns, [id]);
        var sequence = (await f.ShowAsync(id)).Memory.Sequence;

        (await f.Memories.ForgetAsync(Ns, [id])).Value!.ShouldSatisfyAllConditions(
            r => r.Ids.ShouldBe([id]), static r => r.TracesRemain.ShouldBeNull());

        (await f.ShowAsync(id)).Memory.Sequence.ShouldBe(sequence);
    }

    [Fact]
    public async Task ForgetPreviewAsync_shows_the_earlier_versions_that_would_go_too()
    {
        await using var f = new ServiceFixture();
        var old = (await f.StoreAsync("Wedding photos are in the blue box")).Memory.Id;
        await f.Memories.UpdateAsync(Ns, old, new MemoryChange { Content = "Passwords are in the safe" });

        var preview = (await f.Memories.ForgetPreviewAsync(Ns, "passwords")).Value!;

        preview.Memories.ShouldHaveSingleItem().Content.ShouldBe("Passwords are in the safe");
        preview.EarlierVersions.ShouldHaveSingleItem().Id.ShouldBe(old);
        preview.HasMore.ShouldBeFalse();
    }

    [Fact]
    public async Task ForgetPreviewAsync_of_words_in_two_scripts_finds_what_holds_both_among_many()
    {
        await using var f = new ServiceFixture();
        await f.Memories.StoreAsync(Ns, [.. Enumerable.Range(0, 60).Select(static i => new NewMemory { Content = $"alpha {i}" })]);
        await f.StoreAsync($"alpha 数据 {string.Join(' ', Enumerable.Range(100, 100))}");

        (await f.Memories.ForgetPreviewAsync(Ns, "alpha 数据")).Value!.Memories.ShouldHaveSingleItem();
        (await f.Memories.ForgetPreviewAsync(Ns, "alpha")).Value!.ShouldSatisfyAllConditions(
            static p => p.Memories.Count.ShouldBe(50), static p => p.HasMore.ShouldBeTrue());
    }

    [Theory]
    [InlineData("❤️")]
    [InlineData("harbor ⚠️")]
    public async Task ForgetPreviewAsync_of_an_emoji_with_a_variation_selector_finds_it(string query)
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("I ❤️ the harbor ⚠️");

        (await f.Memories.ForgetPreviewAsync(Ns, query)).Value!.Memories.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task ForgetPreviewAsync_shows_what_holds_all_of_the_words()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("Mara likes green tea");
        await f.StoreAsync("Mara likes coffee");

        (await f.Memories.ForgetPreviewAsync(Ns, "Mara tea")).Value!.Memories.Select(static m => m.Content).ShouldBe(["Mara likes green tea"]);
        (await f.Memories.ForgetPreviewAsync(Ns, "*** \"\"")).Problem!.Code.ShouldBe(ProblemCode.Invalid);
        (await f.DumpAsync()).Length.ShouldBe(2);
    }

    [Fact]
    public async Task ForgetAsync_of_what_is_not_what_the_caller_has_seen_erases_nothing()
    {
        await using var f = new ServiceFixture();
        var id = (await f.StoreAsync("The gate is locked at nine")).Memory.Id;

        (await f.Memories.ForgetAsync(Ns, [id], static m => m.Content == "The gate is locked at ten")).Problem!.Code.ShouldBe(ProblemCode.Changed);
        (await f.ShowAsync(id)).Memory.State.ShouldBe(MemoryState.Active);
        (await f.Memories.ForgetAsync(Ns, [id], static m => m.Content == "The gate is locked at nine")).Value!.Ids.ShouldBe([id]);
    }

    [Fact]
    public async Task ForgetAsync_leaves_no_tag_that_undone_merges_carried_on_and_those_that_others_have()
    {
        await using var f = new ServiceFixture();
        var first = (await f.StoreAsync("the (rule) holds", tags: ["carriedword", "sharedword"])).Memory.Id;
        await f.StoreAsync("The rule holds.", tags: ["ownword", "sharedword"]);
        var one = await f.ConsolidateAsync();
        await f.StoreAsync("Rule holds", tags: ["thirdword"]);
        var two = await f.ConsolidateAsync();
        (one.Counts.Merged, two.Counts.Merged).ShouldBe((1, 1));
        (await f.Consolidator.UndoAsync(Ns, two.Run!.Value)).Value!.Refused.ShouldBeEmpty();
        (await f.Consolidator.UndoAsync(Ns, one.Run!.Value)).Value!.Refused.ShouldBeEmpty();

        (await f.Memories.ForgetAsync(Ns, [first])).Value!.Ids.ShouldBe([first]);

        var journal = await f.Store.ReadAsync(Ns, r => r.JournalOf(two.Run.Value).SelectMany(static e => e.After.Tags ?? []).ToArray());
        journal.ShouldContain("ownword");
        journal.ShouldContain("sharedword");
        await f.Memories.DisposeAsync();
        await f.Store.DisposeAsync();
        System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(f.Database)).ShouldNotContain("carriedword");
    }

    [Fact]
    public async Task ForgetAsync_of_a_memory_whose_tags_others_have_leaves_their_runs_undoable()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("the (rule) holds", tags: ["sharedword"]);
        await f.StoreAsync("The rule holds.", tags: ["ownword"]);
        var before = await f.DumpAsync();
        var run = await f.ConsolidateAsync();
        var other = (await f.StoreAsync("Mara likes tea", tags: ["sharedword", "ownword", "teaword"])).Memory.Id;
        await f.Memories.ForgetAsync(Ns, [other]);

        (await f.Consolidator.UndoAsync(Ns, run.Run!.Value)).Value!.Refused.ShouldBeEmpty();

        before.ShouldBeSubsetOf(await f.DumpAsync());
    }
}
