using System.Text;
using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Recall.Index;
using Memory.Core.Tests.Operations;
using Microsoft.Data.Sqlite;

namespace Memory.Core.Tests.Recall.Index;

public sealed class IndexKeepingTests
{
    // Before it, one write finds nothing to remove, one begins, and one adds the first part.
    private const int SecondPart = 3;

    private static readonly Namespace Ns = ServiceFixture.Ns;

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
    [InlineData("UPDATE index_snapshots SET state = 'begun'", "UPDATE index_snapshots SET state = 'whole'")]
    [InlineData("UPDATE index_snapshots SET state = 'ending'", "UPDATE index_snapshots SET state = 'whole'")]
    [InlineData("UPDATE index_parts SET snapshot = (SELECT min(number) FROM index_snapshots) WHERE section = 0", "UPDATE index_parts SET snapshot = (SELECT max(number) FROM index_snapshots)")]
    [InlineData("UPDATE index_snapshots SET build = build || 'x'", "UPDATE index_snapshots SET build = rtrim(build, 'x')")]
    [InlineData("UPDATE index_parts SET checksum = checksum - 1 WHERE section = 5", "UPDATE index_parts SET checksum = checksum + 1 WHERE section = 5")]
    [InlineData("UPDATE index_snapshots SET namespace = 'theirs'", "UPDATE index_snapshots SET namespace = 'default' WHERE namespace = 'theirs'")]
    [InlineData("UPDATE index_snapshots SET model = 'another'", "UPDATE index_snapshots SET model = (SELECT name FROM models) WHERE namespace = 'default'")]
    public async Task Load_of_what_is_not_whole_of_another_build_namespace_or_model_or_damaged_gives_none(string change, string back)
    {
        await using var f = await FilledAsync();
        // Of another one, to which a part can be moved.
        Execute(f, "INSERT INTO index_snapshots (namespace, model, build, sequence, state, parts) VALUES ('elsewhere', 'm', 'b', 0, 'begun', 0)");
        await KeepAsync(f);

        Execute(f, change);
        (await LoadAsync(f)).ShouldBeNull();
        Execute(f, back);
        (await LoadAsync(f)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Read_of_a_damaged_kept_index_reads_the_rows_and_the_next_look_keeps_it_anew()
    {
        await using var f = await FilledAsync();
        await KeepAsync(f);
        Execute(f, "UPDATE index_parts SET data = zeroblob(length(data)) WHERE section = 4");
        using var indexes = new RecallIndexes();

        (await ReadAsync(f, indexes)).ShouldBe(await CountAsync(f));
        (await LoadAsync(f)).ShouldBeNull();
        await KeepDueAsync(f, indexes, fewestEntries: 1, fewestChanges: 1);

        await ShouldBeAsReadAsync(f, (await LoadAsync(f)).ShouldNotBeNull());
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
    public async Task Keep_by_two_processes_at_once_leaves_one_that_is_whole()
    {
        await using var f = await FilledAsync();
        using var indexes = new RecallIndexes();
        await ReadAsync(f, indexes);
        await using var store = f.AnotherStore();
        var other = new IndexKeeping(store, indexes, f.Time);

        // The other one begins amid this one, removes what this one wrote, and is done before this one goes on.
        (await KeepAsync(f, SecondPart, () => other.KeepAsync(Ns, TestIndex.Model, TestContext.Current.CancellationToken))).ShouldBeFalse();

        await ShouldBeAsReadAsync(f, (await LoadAsync(f)).ShouldNotBeNull());
        Scalar(f, "SELECT count(*) FROM index_snapshots").ShouldBe(1);
    }

    [Fact]
    public async Task Keep_while_another_process_removes_its_parts_is_never_whole()
    {
        await using var f = await FilledAsync();

        (await KeepAsync(f, SecondPart, () => f.Store.WriteAsync(Ns, static w => w.RemoveIndexPart(TestIndex.Model)))).ShouldBeFalse();

        (await LoadAsync(f)).ShouldBeNull();
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
    public async Task Examine_tells_of_a_damaged_kept_index_and_removes_it()
    {
        await using var f = await FilledAsync();
        await KeepAsync(f);
        (await f.Store.ExamineAsync(repair: false, TestContext.Current.CancellationToken)).ShouldBeEmpty();
        Execute(f, "UPDATE index_parts SET data = zeroblob(length(data)) WHERE section = 4");

        (await f.Store.ExamineAsync(repair: false, TestContext.Current.CancellationToken)).ShouldHaveSingleItem().Check.ShouldBe("kept indexes");
        (await f.Store.ExamineAsync(repair: true, TestContext.Current.CancellationToken)).ShouldHaveSingleItem().IsRepaired.ShouldBeTrue();

        (await f.Store.ExamineAsync(repair: false, TestContext.Current.CancellationToken)).ShouldBeEmpty();
        Kept(f).ShouldBeEmpty();
    }

    [Fact]
    public async Task Examine_that_repairs_anything_removes_what_was_kept_of_it()
    {
        await using var f = await FilledAsync();
        await KeepAsync(f);
        Execute(f, "PRAGMA foreign_keys = OFF; INSERT INTO tags (memory, tag) VALUES (4711, 'dangling')");

        (await f.Store.ExamineAsync(repair: true, TestContext.Current.CancellationToken)).ShouldHaveSingleItem().IsRepaired.ShouldBeTrue();

        Kept(f).ShouldBeEmpty();
    }

    [Fact]
    public async Task Keep_after_one_that_was_killed_leaves_one_index_and_its_parts()
    {
        await using var f = await FilledAsync();
        await Should.ThrowAsync<IOException>(() => KeepAsync(f, SecondPart, static () => throw new IOException("killed")));
        Scalar(f, "SELECT count(*) FROM index_parts").ShouldBe(1);
        (await LoadAsync(f)).ShouldBeNull();

        await KeepAsync(f);
        var parts = Scalar(f, "SELECT count(*) FROM index_parts");
        await KeepAsync(f);

        Scalar(f, "SELECT count(*) FROM index_snapshots").ShouldBe(1);
        Scalar(f, "SELECT count(*) FROM index_parts").ShouldBe(parts);
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

    private static async Task<ServiceFixture> FilledAsync()
    {
        var f = new ServiceFixture();
        for (var i = 0; i < 12; i++)
        {
            await f.StoreAsync(
                $"Harbor's queue {i} reviews the naïve café of Mara, twice: reviews {i % 3}", session: i % 2 == 0 ? $"s{i % 4}" : null, tags: i % 3 == 0 ? ["ops", $"t{i}"] : []);
        }

        await f.StoreAsync("You like tea?", MemoryKind.Preference, session: "s0", occurredAt: ServiceFixture.Start.AddYears(-3));
        await f.StoreAsync("theirs alone", ns: Namespace.TryParse("theirs", out var theirs) ? theirs : default);
        await ChangeAsync(f, forget: true);
        return f;
    }

    // Something of every sort: new, tagged anew, moved to another day, superseded, forgotten.
    private static async Task ChangeAsync(ServiceFixture f, bool forget)
    {
        var active = (await f.Store.ReadAsync(Ns, static r => r.ChangedAfter(0, 100))).Where(static m => m.State == MemoryState.Active).ToList();
        await f.Memories.UpdateAsync(Ns, active[0].Id, new MemoryChange { Tags = ["fresh"], OccurredAt = ServiceFixture.Start.AddDays(-active.Count) });
        await f.Memories.UpdateAsync(Ns, active[1].Id, new MemoryChange { Content = $"Instead, gooseberries {active.Count}" });
        if (forget)
        {
            await f.Memories.ForgetAsync(Ns, [active[2].Id]);
        }

        await f.StoreAsync($"Wholly new words, quinces and medlars {active.Count}", tags: ["new"], session: "s0");
    }

    private static async Task<MemoryId> AnActiveAsync(ServiceFixture f) =>
        (await f.Store.ReadAsync(Ns, static r => r.ChangedAfter(0, 100))).First(static m => m.State == MemoryState.Active).Id;

    private static async Task ShouldBeAsReadAsync(ServiceFixture f, NamespaceIndex loaded)
    {
        var read = await TestIndex.OfAsync(f);
        TestIndex.Dump(loaded).ShouldBe(TestIndex.Dump(read));
        TestIndex.DumpWords(loaded).ShouldBe(TestIndex.DumpWords(read));
    }

    private static Task<int> CountAsync(ServiceFixture f) => f.Store.ReadAsync(Ns, static r => r.Count());

    private static async Task<bool> KeepAsync(ServiceFixture f)
    {
        using var indexes = new RecallIndexes();
        await ReadAsync(f, indexes);
        return await KeepAsync(f, indexes);
    }

    private static Task<bool> KeepAsync(ServiceFixture f, RecallIndexes indexes) =>
        new IndexKeeping(f.Store, indexes, f.Time).KeepAsync(Ns, TestIndex.Model, TestContext.Current.CancellationToken);

    // What happens before a write is in the index in memory too.
    private static async Task<bool> KeepAsync(ServiceFixture f, int beforeWrite, Func<Task> happens)
    {
        using var indexes = new RecallIndexes();
        await ReadAsync(f, indexes);
        var store = new WatchedStore(f.Store, write =>
        {
            if (write == beforeWrite)
            {
                happens().GetAwaiter().GetResult();
                ReadAsync(f, indexes).GetAwaiter().GetResult();
            }
        });
        return await new IndexKeeping(store, indexes, f.Time).KeepAsync(Ns, TestIndex.Model, TestContext.Current.CancellationToken);
    }

    private static Task<int> ReadAsync(ServiceFixture f, RecallIndexes indexes) =>
        f.Store.ReadAsync(Ns, r => indexes.Read(r, TestIndex.Model, TestIndex.Dimensions, static i => i.Count));

    private static Task KeepDueAsync(ServiceFixture f, RecallIndexes indexes, int fewestEntries, int fewestChanges) =>
        new IndexKeeping(f.Store, indexes, f.Time, fewestEntries, fewestChanges).KeepDueAsync(TestContext.Current.CancellationToken);

    private static Task<NamespaceIndex?> LoadAsync(ServiceFixture f) =>
        f.Store.ReadAsync(Ns, static r => NamespaceIndex.Load(r, TestIndex.Model, TestIndex.Dimensions));

    private static string Kept(ServiceFixture f)
    {
        using var connection = Open(f);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT data FROM index_parts ORDER BY part";
        using var reader = command.ExecuteReader();
        var text = new StringBuilder();
        while (reader.Read())
        {
            text.Append(Encoding.Latin1.GetString((byte[])reader[0]));
        }

        return text.ToString();
    }

    private static void Execute(ServiceFixture f, string sql)
    {
        using var connection = Open(f);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Scalar(ServiceFixture f, string sql)
    {
        using var connection = Open(f);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is long number ? number : 0;
    }

    private static SqliteConnection Open(ServiceFixture f)
    {
        var connection = new SqliteConnection($"Data Source={f.Database};Pooling=False");
        connection.Open();
        return connection;
    }
}
