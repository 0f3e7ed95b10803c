using Memory.Core.Operations;
using Memory.Core.Recall.Index;
using static Memory.Core.Tests.Recall.Index.KeptIndex;

namespace Memory.Core.Tests.Recall.Index;

public sealed class IndexKeepingTests
{
    // Before it, one write finds nothing to remove, one begins, and one adds the first part.
    private const int SecondPart = 3;

    [Fact]
    public async Task Load_of_a_kept_index_gives_what_the_rows_give()
    {
        await using var f = await FilledAsync();

        (await KeepAsync(f)).ShouldBeTrue();

        var loaded = (await LoadAsync(f)).ShouldNotBeNull();
        await ShouldBeAsReadAsync(f, loaded);
        loaded.Sequence.ShouldBe(await f.Store.ReadAsync(Ns, static r => r.ChangedAfter(0, 1_000)[^1].Sequence));
    }

    [Fact]
    public async Task CatchUp_of_a_loaded_index_takes_in_what_changed_since_it_was_kept()
    {
        await using var f = await FilledAsync();
        await KeepAsync(f);

        await ChangeAsync(f, forget: false);

        var loaded = (await LoadAsync(f)).ShouldNotBeNull();
        await TestIndex.CatchUpAsync(loaded, f.Store);
        await ShouldBeAsReadAsync(f, loaded);
    }

    [Fact]
    public async Task Keep_while_memories_change_between_its_parts_gives_with_the_changes_what_the_rows_give()
    {
        await using var f = await FilledAsync();

        (await KeepAsync(f, SecondPart, async () =>
        {
            await f.StoreAsync("A newcomer between two parts drinks gooseberry tea", tags: ["late"], session: "s9");
            await f.Memories.UpdateAsync(Ns, await AnActiveAsync(f), new MemoryChange { Tags = ["late", "unheard-of"], Importance = 0.9 });
        })).ShouldBeTrue();

        var loaded = (await LoadAsync(f)).ShouldNotBeNull();
        loaded.Count.ShouldBe(await CountAsync(f) - 1);
        await TestIndex.CatchUpAsync(loaded, f.Store);
        await ShouldBeAsReadAsync(f, loaded);
    }

    [Fact]
    public async Task Keep_while_a_memory_gets_another_day_keeps_none()
    {
        await using var f = await FilledAsync();
        var id = await AnActiveAsync(f);

        (await KeepAsync(f, SecondPart, () => f.Memories.UpdateAsync(Ns, id, new MemoryChange { OccurredAt = ServiceFixture.Start.AddDays(-80) }))).ShouldBeFalse();

        (await LoadAsync(f)).ShouldBeNull();
    }

    [Fact]
    public async Task Forget_removes_what_is_kept_and_no_word_tag_or_session_of_it_is_kept_again()
    {
        await using var f = await FilledAsync();
        var id = (await f.StoreAsync("Zanzibarkestrel wears marigolds", tags: ["quokkatag"], session: "wombatsession")).Memory.Id;
        using var indexes = new RecallIndexes();
        await ReadAsync(f, indexes);
        await KeepAsync(f, indexes);
        Kept(f).ShouldContain("zanzibarkestrel");
        Kept(f).ShouldContain("quokkatag");
        Kept(f).ShouldContain("wombatsession");

        await f.Memories.ForgetAsync(Ns, [id]);

        (await LoadAsync(f)).ShouldBeNull();
        Kept(f).ShouldBeEmpty();

        // The index in memory knew it: of that one is kept what others say too.
        (await KeepAsync(f, indexes)).ShouldBeTrue();
        Kept(f).ShouldContain("harbor");
        foreach (var trace in (string[])["zanzibar", "marigold", "quokka", "wombat"])
        {
            Kept(f).ShouldNotContain(trace);
        }

        var loaded = (await LoadAsync(f)).ShouldNotBeNull();
        await ShouldBeAsReadAsync(f, loaded);
        loaded.Vectors.Of(loaded.Find(id)).ToArray().ShouldAllBe(static b => b == 0);
    }

    [Fact]
    public async Task Forget_between_two_parts_ends_the_keeping()
    {
        await using var f = await FilledAsync();
        var id = await AnActiveAsync(f);

        (await KeepAsync(f, SecondPart, () => f.Memories.ForgetAsync(Ns, [id]))).ShouldBeFalse();

        (await LoadAsync(f)).ShouldBeNull();
        Kept(f).ShouldBeEmpty();
    }

    [Fact]
    public async Task BeginIndex_for_one_that_does_not_know_what_was_forgotten_begins_none()
    {
        await using var f = await FilledAsync();
        var before = await f.Store.ReadAsync(Ns, static r => r.LastSequence(), TestContext.Current.CancellationToken);
        await f.Memories.ForgetAsync(Ns, [await AnActiveAsync(f)]);

        (await f.Store.WriteAsync(Ns, w => w.BeginIndex(TestIndex.Model, NamespaceIndex.Build, before), TestContext.Current.CancellationToken)).ShouldBeNull();
        (await f.Store.WriteAsync(Ns, static w => w.BeginIndex(TestIndex.Model, NamespaceIndex.Build, w.LastSequence()), TestContext.Current.CancellationToken)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(1_000, 1, false)]
    [InlineData(1, 1_000, false)]
    public async Task KeepDue_keeps_indexes_of_enough_memories_after_enough_changes(int fewestEntries, int fewestChanges, bool isKept)
    {
        await using var f = await FilledAsync();
        using var indexes = new RecallIndexes();
        await ReadAsync(f, indexes);

        await KeepDueAsync(f, indexes, fewestEntries, fewestChanges);

        ((await LoadAsync(f)) is not null).ShouldBe(isKept);
    }

    [Fact]
    public async Task Run_keeps_it_anew_within_two_minutes_after_enough_changed()
    {
        await using var f = await FilledAsync();
        using var indexes = new RecallIndexes();
        await ReadAsync(f, indexes);
        await KeepDueAsync(f, indexes, 1, 5);
        var first = Scalar(f, "SELECT max(number) FROM index_snapshots");
        await f.StoreAsync("one more");
        await KeepDueAsync(f, indexes, 1, 5);
        Scalar(f, "SELECT max(number) FROM index_snapshots").ShouldBe(first);

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = new IndexKeeping(f.Store, indexes, f.Time, 1, 5).RunAsync(ending.Token);
        for (var i = 0; i < 8; i++)
        {
            await f.StoreAsync($"one of eight more {i}");
        }

        f.Time.Advance(TimeSpan.FromMinutes(1));
        f.Time.Advance(TimeSpan.FromMinutes(1));
        while (Scalar(f, "SELECT count(*) FROM index_snapshots WHERE state = 'whole' AND number > " + first) == 0)
        {
            running.IsFaulted.ShouldBeFalse(running.Exception?.Message);
            ending.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        await ending.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(running);
        (await LoadAsync(f))!.Count.ShouldBe(await CountAsync(f));
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(40, true)]
    public async Task KeepDue_while_memories_come_waits_for_a_quiet_minute_or_until_most_changed(int stored, bool isKept)
    {
        await using var f = await FilledAsync();
        using var indexes = new RecallIndexes();
        await ReadAsync(f, indexes);
        var keeping = new IndexKeeping(f.Store, indexes, f.Time, fewestEntries: 1, fewestChanges: 1);
        await keeping.KeepDueAsync(TestContext.Current.CancellationToken);
        var first = Scalar(f, "SELECT max(number) FROM index_snapshots");
        for (var i = 0; i < stored; i++)
        {
            await f.StoreAsync($"one of several more {i}");
        }

        await keeping.KeepDueAsync(TestContext.Current.CancellationToken);
        (Scalar(f, "SELECT max(number) FROM index_snapshots") > first).ShouldBe(isKept);

        await keeping.KeepDueAsync(TestContext.Current.CancellationToken);
        Scalar(f, "SELECT max(number) FROM index_snapshots").ShouldBeGreaterThan(first);
        (await LoadAsync(f))!.Count.ShouldBe(await CountAsync(f));
    }

    [Fact]
    public async Task KeepDue_after_something_was_forgotten_or_another_build_kept_its_own_waits_until_enough_changed()
    {
        await using var f = await FilledAsync();
        using var indexes = new RecallIndexes();
        await ReadAsync(f, indexes);
        var keeping = new IndexKeeping(f.Store, indexes, f.Time, fewestEntries: 1, fewestChanges: 5);
        await keeping.KeepDueAsync(TestContext.Current.CancellationToken);

        await f.Memories.ForgetAsync(Ns, [await AnActiveAsync(f)]);
        await keeping.KeepDueAsync(TestContext.Current.CancellationToken);
        await keeping.KeepDueAsync(TestContext.Current.CancellationToken);
        (await LoadAsync(f)).ShouldBeNull();

        for (var i = 0; i < 8; i++)
        {
            await f.StoreAsync($"one of eight more {i}");
        }

        await keeping.KeepDueAsync(TestContext.Current.CancellationToken);
        await keeping.KeepDueAsync(TestContext.Current.CancellationToken);
        (await LoadAsync(f)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Read_begins_with_the_kept_index_and_reads_no_row_that_did_not_change()
    {
        await using var f = await FilledAsync();
        await KeepAsync(f);
        // Without a new sequence number this change is in the rows alone.
        Execute(f, "UPDATE memories SET importance = 0.125");
        using var indexes = new RecallIndexes();

        (await f.Store.ReadAsync(Ns, r => indexes.Read(r, TestIndex.Model, TestIndex.Dimensions, static i => i.Entries[0].Importance), TestContext.Current.CancellationToken)).ShouldNotBe(0.125f);
    }

    [Fact]
    public async Task RemoveVectorsExcept_removes_the_kept_indexes_of_other_models()
    {
        await using var f = await FilledAsync();
        await KeepAsync(f);

        await RemoveExceptAsync(TestIndex.Model);
        (await LoadAsync(f)).ShouldNotBeNull();
        await RemoveExceptAsync("another");
        (await LoadAsync(f)).ShouldBeNull();

        Task RemoveExceptAsync(string model) => f.Store.WriteAsync(Ns, w =>
        {
            w.RemoveVectorsExcept([model]);
            return true;
        });
    }
}
