using Memory.Core.Memories;
using Memory.Core.Operations;

namespace Memory.Core.Tests;

public sealed class MemoryServiceTests
{
    private static readonly Namespace Ns = ServiceFixture.Ns;

    [Fact]
    public async Task StoreAsync_batch_with_one_bad_statement_stores_none_and_names_it()
    {
        await using var f = new ServiceFixture();

        var outcome = await f.Memories.StoreAsync(Ns, [new() { Content = "Good." }, new() { Content = " " }, new() { Content = "Also good." }]);

        outcome.Problem!.Code.ShouldBe(ProblemCode.Invalid);
        outcome.Problem.Message.ShouldContain("memories[1]");
        (await f.DumpAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task StoreAsync_batch_of_a_wrong_size_is_refused(int count)
    {
        await using var f = new ServiceFixture();
        NewMemory[] batch = [.. Enumerable.Range(0, count).Select(static i => new NewMemory { Content = $"Statement {i}" })];

        (await f.Memories.StoreAsync(Ns, batch)).Problem!.Message.ShouldContain("1 to 100");
    }

    [Fact]
    public async Task StoreAsync_batch_of_the_largest_size_is_stored_in_order()
    {
        await using var f = new ServiceFixture();
        NewMemory[] batch = [.. Enumerable.Range(0, 100).Select(static i => new NewMemory { Content = $"Statement {i}" })];

        var stored = (await f.Memories.StoreAsync(Ns, batch)).Value!;

        stored.Select(static s => s.Memory.Content).ShouldBe(batch.Select(static b => b.Content));
        stored.Select(static s => s.Memory.Sequence).ShouldBeInOrder();
    }

    [Theory]
    [InlineData("Harbor runs on PostgreSQL 16", "harbor  runs\ton POSTGRESQL 16.")]
    [InlineData("Mara likes tea", "Mara likes tea!")]
    [InlineData("Ｈａｒｂｏｒ is up", "harbor is up")]
    [InlineData("Straße gesperrt", "STRASSE GESPERRT")]
    [InlineData("Trink in Maßen", "Trink in Massen", false)]
    [InlineData("Is it up", "Is it up?", false)]
    [InlineData("The rule holds", "Rule holds", false)]
    public async Task StoreAsync_identical_but_for_case_space_and_final_punctuation_corroborates(string first, string second, bool same = true)
    {
        await using var f = new ServiceFixture();
        var one = await f.StoreAsync(first, session: "a");

        var two = await f.StoreAsync(second, session: "b");

        two.IsNew.ShouldBe(!same);
        if (same)
        {
            two.Memory.Id.ShouldBe(one.Memory.Id);
            two.Memory.Confidence.ShouldBeGreaterThan(one.Memory.Confidence);
            var ledger = (await f.ShowAsync(one.Memory.Id)).Confidence.Terms.Select(static t => t.Evidence).ToArray();
            ledger.Select(static e => e.Kind).ShouldBe([EvidenceKind.Asserted, EvidenceKind.Corroborated]);
            ledger[1].Statement.ShouldBe(second);
        }
    }

    [Fact]
    public async Task StoreAsync_corroboration_joins_tags_and_keeps_the_higher_importance()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("Mara likes tea", tags: ["a"], importance: 0.9);

        var again = await f.StoreAsync("Mara likes tea", tags: ["b"], importance: 0.2);

        again.Memory.Tags.ShouldBe(["a", "b"]);
        again.Memory.Importance.ShouldBe(0.9);
        (await f.StoreAsync("Mara likes tea")).Memory.Importance.ShouldBe(0.9);
    }

    [Fact]
    public async Task StoreAsync_corroboration_with_more_tags_than_fit_takes_what_fits_and_names_the_rest()
    {
        await using var f = new ServiceFixture();
        string[] first = [.. Enumerable.Range(10, 20).Select(static i => $"a{i}")];
        await f.StoreAsync("Mara likes tea", tags: first);

        var again = await f.StoreAsync("Mara likes tea", tags: [.. Enumerable.Range(10, 20).Select(static i => $"b{i}")]);

        again.Memory.Tags.ShouldBe([.. first, .. Enumerable.Range(10, 12).Select(static i => $"b{i}")]);
        again.Notes.ShouldHaveSingleItem().ShouldBe("8 tags were left out, because a memory has at most 32: b22, b23, b24, b25, b26, b27, b28, b29.");
    }

    [Fact]
    public async Task StoreAsync_events_at_other_times_are_other_memories()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The deploy failed", MemoryKind.Event, occurredAt: ServiceFixture.Start.AddDays(-1));

        (await f.StoreAsync("The deploy failed", MemoryKind.Event, occurredAt: ServiceFixture.Start)).IsNew.ShouldBeTrue();
        (await f.StoreAsync("The deploy failed", MemoryKind.Event, occurredAt: ServiceFixture.Start)).IsNew.ShouldBeFalse();
    }

    [Fact]
    public async Task StoreAsync_event_at_a_time_finer_than_a_millisecond_corroborates_and_answers_what_is_stored()
    {
        await using var f = new ServiceFixture();
        var when = ServiceFixture.Start.AddTicks(1_234_567);
        var first = await f.StoreAsync("The deploy failed", MemoryKind.Event, occurredAt: when);

        (await f.StoreAsync("The deploy failed", MemoryKind.Event, occurredAt: when)).IsNew.ShouldBeFalse();

        (await f.ShowAsync(first.Memory.Id)).Memory.OccurredAt.ShouldBe(first.Memory.OccurredAt);
        var updated = (await f.Memories.UpdateAsync(Ns, first.Memory.Id, new MemoryChange { OccurredAt = when.AddDays(1) })).Value!.Memory;
        (await f.ShowAsync(first.Memory.Id)).Memory.OccurredAt.ShouldBe(updated.OccurredAt);
    }

    [Fact]
    public async Task StoreAsync_of_what_was_merged_corroborates_the_one_it_was_merged_into()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("the (rule) holds");
        var kept = await f.StoreAsync("The rule holds.");
        await f.ConsolidateAsync();

        var again = await f.StoreAsync("the (rule) holds", session: "later");

        again.IsNew.ShouldBeFalse();
        again.Memory.Id.ShouldBe(kept.Memory.Id);
    }

    [Fact]
    public async Task StoreAsync_of_what_was_replaced_on_purpose_is_news()
    {
        await using var f = new ServiceFixture();
        var old = await f.StoreAsync("Mara likes tea");
        await f.Memories.UpdateAsync(Ns, old.Memory.Id, new MemoryChange { Content = "Mara likes coffee" });

        var again = await f.StoreAsync("Mara likes tea");

        again.IsNew.ShouldBeTrue();
        (await f.ShowAsync(old.Memory.Id)).Memory.State.ShouldBe(MemoryState.Superseded);
    }

    [Fact]
    public async Task StoreAsync_tells_up_to_three_closely_resembling_memories_most_alike_first()
    {
        await using var f = new ServiceFixture();
        foreach (var day in new[] { "Monday", "Tuesday", "Wednesday", "Thursday" })
        {
            await f.StoreAsync($"The office day of the Harbor team is {day}");
        }

        await f.StoreAsync("Harbor has a team");

        var stored = await f.StoreAsync("The office day of the Harbor team is Friday");

        stored.Resembling.Count.ShouldBe(3);
        stored.Resembling.ShouldAllBe(static r => r.Content.StartsWith("The office day") && r.Similarity >= 0.6 && r.Similarity <= 1);
        stored.Resembling.Select(static r => r.Similarity).ShouldBeInOrder(SortDirection.Descending);
        (await f.StoreAsync("Something of another kind entirely")).Resembling.ShouldBeEmpty();
    }

    [Fact]
    public async Task UpdateAsync_new_content_supersedes_and_keeps_the_old_in_lineage()
    {
        await using var f = new ServiceFixture();
        var old = await f.StoreAsync("Harbor runs on MySQL 8", MemoryKind.Decision, tags: ["db"], importance: 0.8);
        f.Time.Advance(TimeSpan.FromDays(1));

        var updated = (await f.Memories.UpdateAsync(Ns, old.Memory.Id, new MemoryChange { Content = "Harbor runs on PostgreSQL 16", Source = "user" })).Value!;

        updated.Memory.Id.ShouldNotBe(old.Memory.Id);
        updated.Memory.Kind.ShouldBe(MemoryKind.Decision);
        updated.Memory.Tags.ShouldBe(["db"]);
        updated.Memory.Importance.ShouldBe(0.8);
        updated.Memory.Source.ShouldBe("user");
        var replaced = (await f.ShowAsync(old.Memory.Id)).Memory;
        replaced.State.ShouldBe(MemoryState.Superseded);
        replaced.Content.ShouldBe("Harbor runs on MySQL 8");
        replaced.ValidUntil.ShouldBe(f.Time.GetUtcNow());
        (await f.ShowAsync(updated.Memory.Id)).Replaced.Single().Id.ShouldBe(old.Memory.Id);
        (await f.RecallAsync("Harbor")).ShouldBe(["Harbor runs on PostgreSQL 16"]);
        (await f.RecallAsync("Harbor", new() { States = [MemoryState.Superseded] })).ShouldBe(["Harbor runs on MySQL 8"]);
    }

    [Fact]
    public async Task UpdateAsync_without_new_content_changes_in_place()
    {
        await using var f = new ServiceFixture();
        var old = await f.StoreAsync("Mara likes tea", MemoryKind.Fact, tags: ["a"]);
        f.Time.Advance(TimeSpan.FromDays(30));
        var when = ServiceFixture.Start.AddDays(-5);

        var updated = (await f.Memories.UpdateAsync(Ns, old.Memory.Id, new MemoryChange { Kind = MemoryKind.Note, Tags = ["b", "c"], Importance = 0.1, OccurredAt = when })).Value!;

        updated.Replaced.ShouldBeNull();
        var now = (await f.ShowAsync(old.Memory.Id)).Memory;
        now.ShouldBe(updated.Memory with { Tags = now.Tags });
        (now.Kind, now.Importance, now.OccurredAt, now.State).ShouldBe((MemoryKind.Note, 0.1, when, MemoryState.Active));
        now.Tags.ShouldBe(["b", "c"]);
        now.Confidence.ShouldBeLessThan(old.Memory.Confidence);
    }

    [Fact]
    public async Task UpdateAsync_of_unknown_replaced_or_forgotten_memory_is_refused_and_names_the_current_one()
    {
        await using var f = new ServiceFixture();
        var old = (await f.StoreAsync("Mara likes tea")).Memory.Id;
        var change = new MemoryChange { Content = "Mara likes coffee" };
        var current = (await f.Memories.UpdateAsync(Ns, old, change)).Value!.Memory.Id;

        (await f.Memories.UpdateAsync(Ns, old, change)).Problem!.Message.ShouldContain(current.Value);
        (await f.Memories.UpdateAsync(Ns, MemoryId.New(new Random(9)), change)).Problem!.Code.ShouldBe(ProblemCode.NotFound);
        await f.Memories.ForgetAsync(Ns, [current]);
        (await f.Memories.UpdateAsync(Ns, current, change)).Problem!.Message.ShouldContain("forgotten");
        (await f.Memories.UpdateAsync(Ns, current, new MemoryChange())).Problem!.Message.ShouldContain("Nothing to update");
    }

    [Fact]
    public async Task FeedbackAsync_confirm_raises_and_refute_lowers_and_the_note_is_kept()
    {
        await using var f = new ServiceFixture();
        var memory = (await f.StoreAsync("Mara likes tea")).Memory;

        var confirmed = (await f.Memories.FeedbackAsync(Ns, memory.Id, new Feedback(true, "user", "s1", "she said so"))).Value!;
        var refuted = (await f.Memories.FeedbackAsync(Ns, memory.Id, new Feedback(false, "user"))).Value!;

        confirmed.Confidence.ShouldBeGreaterThan(memory.Confidence + 0.1);
        refuted.Confidence.ShouldBeLessThan(0.2);
        var terms = (await f.ShowAsync(memory.Id)).Confidence.Terms;
        terms[1].Evidence.Note.ShouldBe("she said so");
        terms[1].Evidence.Session.ShouldBe("s1");
        terms[1].Weight.ShouldBe(0);
        (await f.Memories.FeedbackAsync(Ns, MemoryId.New(new Random(9)), new Feedback(true))).Problem!.Code.ShouldBe(ProblemCode.NotFound);
    }

    [Fact]
    public async Task FeedbackAsync_the_last_verdict_counts_whatever_the_clock_says()
    {
        await using var f = new ServiceFixture();
        var id = (await f.StoreAsync("Mara likes tea")).Memory.Id;
        await f.Memories.FeedbackAsync(Ns, id, new Feedback(Confirms: false));
        // Within the same millisecond.
        (await f.Memories.FeedbackAsync(Ns, id, new Feedback(Confirms: true))).Value!.Confidence.ShouldBeGreaterThan(0.75);

        f.Time.AdjustTime(f.Time.GetUtcNow().AddYears(-1));
        (await f.Memories.FeedbackAsync(Ns, id, new Feedback(Confirms: false))).Value!.Confidence.ShouldBeLessThan(0.5);
    }

    [Fact]
    public async Task UpdateAsync_to_the_words_of_another_memory_gives_that_one_what_was_said()
    {
        await using var f = new ServiceFixture();
        var there = (await f.StoreAsync("The team uses tabs")).Memory.Id;
        var other = (await f.StoreAsync("The team uses spaces")).Memory.Id;

        var updated = (await f.Memories.UpdateAsync(Ns, other, new MemoryChange { Content = "the team uses tabs", Kind = MemoryKind.Preference, Importance = 0.1 })).Value!.Memory;

        updated.ShouldSatisfyAllConditions(
            m => m.Id.ShouldBe(there), static m => m.Kind.ShouldBe(MemoryKind.Preference), static m => m.Importance.ShouldBe(0.1));
    }

    [Fact]
    public async Task Every_operation_stays_within_its_namespace()
    {
        await using var f = new ServiceFixture();
        Namespace.TryParse("other", out var other).ShouldBeTrue();
        var id = (await f.StoreAsync("Mara likes tea", tags: ["t"])).Memory.Id;

        (await f.StoreAsync("Mara likes tea", ns: other)).IsNew.ShouldBeTrue();
        (await f.StoreAsync("Mara likes tea a lot", ns: other)).Resembling.ShouldAllBe(r => r.Id != id);
        (await f.Memories.ShowAsync(other, id)).Problem!.Code.ShouldBe(ProblemCode.NotFound);
        (await f.Memories.UpdateAsync(other, id, new MemoryChange { Importance = 1 })).Problem!.Code.ShouldBe(ProblemCode.NotFound);
        (await f.Memories.FeedbackAsync(other, id, new Feedback(true))).Problem!.Code.ShouldBe(ProblemCode.NotFound);
        (await f.Memories.ForgetAsync(other, [id])).Problem!.Code.ShouldBe(ProblemCode.NotFound);
        (await f.Memories.ForgetPreviewAsync(other, "tea")).Value!.Memories.ShouldNotContain(m => m.Id == id);
        (await f.Memories.RecallAsync(other, new() { Query = "tea" })).Value!.Memories.ShouldNotContain(m => m.Memory.Id == id);
        (await f.Memories.TagsAsync(other, "", 10)).ShouldBeEmpty();
        (await f.Memories.OverviewAsync(other, 5)).Status.Counts.ByState[MemoryState.Active].ShouldBe(2);
        (await f.Memories.StatusAsync(Ns)).Counts.ByState[MemoryState.Active].ShouldBe(1);
    }

    [Fact]
    public async Task OverviewAsync_groups_by_kind_and_does_not_count_as_recalling()
    {
        await using var f = new ServiceFixture();
        var tea = (await f.StoreAsync("Mara likes tea", MemoryKind.Preference, tags: ["drinks"])).Memory.Id;
        await f.StoreAsync("Harbor is up");

        var overview = await f.Memories.OverviewAsync(Ns, 5);
        await f.ReopenAsync();

        overview.MostActive[MemoryKind.Preference].Single().Id.ShouldBe(tea);
        overview.MostActive[MemoryKind.Fact].Single().Content.ShouldBe("Harbor is up");
        overview.Tags.ShouldBe(["drinks"]);
        (await f.ShowAsync(tea)).Use.Count.ShouldBe(0);
    }

    [Fact]
    public async Task RecallAsync_uses_are_written_after_two_seconds_without_a_restart()
    {
        await using var f = new ServiceFixture();
        var id = (await f.StoreAsync("Mara likes tea")).Memory.Id;
        await f.RecallAsync("tea");
        (await f.ShowAsync(id)).Use.Count.ShouldBe(0);

        f.Time.Advance(TimeSpan.FromSeconds(2));
        // Queued behind what the clock set off.
        await f.Store.WriteAsync(Ns, static w => w.LastSequence());

        (await f.ShowAsync(id)).Use.Count.ShouldBe(1);
    }

    [Fact]
    public async Task RecallAsync_uses_are_written_later_and_survive_a_restart()
    {
        await using var f = new ServiceFixture();
        var id = (await f.StoreAsync("Mara likes tea")).Memory.Id;
        await f.RecallAsync("tea");
        await f.RecallAsync("tea");
        await f.ReopenAsync();

        (await f.ShowAsync(id)).Use.ShouldBe(new RecallUse(2, ServiceFixture.Start));
    }
}
