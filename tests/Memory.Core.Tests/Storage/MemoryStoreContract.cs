using Memory.Core.Memories;
using Memory.Core.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Memory.Core.Tests.Storage;

/// <summary>What every store must do. A test class for a store derives from this and says how to open it.</summary>
public abstract partial class MemoryStoreContract : IAsyncLifetime
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly Namespace Mine = Namespace.Default;
    private static readonly Namespace Theirs = Parse("theirs");
    private readonly Random _random = new(7);

    protected FakeTimeProvider Time { get; } = new(At);

    private IMemoryStore Store { get; set; } = null!;

    /// <summary>Opens the data that this test works on; each call is another process, as far as one process can be two.</summary>
    protected abstract IMemoryStore Open();

    protected abstract void Remove();

    public ValueTask InitializeAsync()
    {
        Store = Open();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Remove();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Insert_then_find_gives_every_field_back_after_reopening()
    {
        var memory = Memory("Harbor runs on PostgreSQL 16 📦 数据") with
        {
            Kind = MemoryKind.Event, Tags = ["a", "b"], Importance = 0.25, Source = "user", Session = "s", Confidence = 0.875,
            OccurredAt = At.AddDays(-3), ValidUntil = At.AddDays(3), UpdatedAt = At.AddHours(1), ConfidenceAt = At.AddHours(2),
        };
        var inserted = await Store.WriteAsync(Mine, w => w.Insert(memory));
        await Store.DisposeAsync();
        Store = Open();

        var found = (await Store.ReadAsync(Mine, r => r.Find(memory.Id)))!;

        (found with { Tags = inserted.Tags }).ShouldBe(inserted);
        found.Tags.ShouldBe(["a", "b"]);
        found.Sequence.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Write_that_throws_leaves_nothing_and_others_of_the_moment_stay()
    {
        var writes = Enumerable.Range(0, 50).Select(i => Store.WriteAsync(Mine, w =>
        {
            w.Insert(Memory($"Statement {i}"));
            return i % 7 == 3 ? throw new InvalidOperationException($"no {i}") : i;
        })).ToArray();

        foreach (var (i, write) in writes.Index())
        {
            if (i % 7 == 3)
            {
                (await Should.ThrowAsync<InvalidOperationException>(() => write)).Message.ShouldBe($"no {i}");
            }
            else
            {
                (await write).ShouldBe(i);
            }
        }

        var kept = await Store.ReadAsync(Mine, static r => r.ChangedAfter(0, 100).Select(static m => m.Content).ToArray());
        kept.ShouldBe(Enumerable.Range(0, 50).Where(static i => i % 7 != 3).Select(static i => $"Statement {i}"), ignoreOrder: true);
        (await Store.HealthAsync()).Damage.ShouldBeNull();
    }

    [Fact]
    public async Task Write_cancelled_before_it_began_never_happens()
    {
        await Should.ThrowAsync<OperationCanceledException>(() => Store.WriteAsync(Mine, w => w.Insert(Memory("Never")), new CancellationToken(true)));

        (await Store.ReadAsync(Mine, static r => r.LastSequence())).ShouldBe(0);
    }

    [Fact]
    public async Task Write_acknowledged_is_seen_by_another_process_at_once()
    {
        await using var other = Open();
        for (var i = 0; i < 20; i++)
        {
            var (writer, reader) = i % 2 == 0 ? (Store, other) : (other, Store);
            var id = (await writer.WriteAsync(Mine, w => w.Insert(Memory($"kestrel {i}")))).Id;

            (await reader.ReadAsync(Mine, r => r.Find(id))).ShouldNotBeNull();
            (await reader.ReadAsync(Mine, static r => r.Search(LexicalQuery.Parse("kestrel"), new(), 100))).Count.ShouldBe(i + 1);
        }
    }

    [Fact]
    public async Task Sequence_grows_with_every_change_and_ChangedAfter_tells_each_once_in_order()
    {
        var a = await Store.WriteAsync(Mine, w => w.Insert(Memory("a")));
        var b = await Store.WriteAsync(Mine, w => w.Insert(Memory("b")));
        await Store.WriteAsync(Theirs, w => w.Insert(Memory("c", Theirs)));
        var a2 = await Store.WriteAsync(Mine, w => w.Update(a with { Importance = 0.9 }));

        new[] { a.Sequence, b.Sequence, a2.Sequence }.ShouldBeInOrder();
        (await Ids(0)).ShouldBe([b.Id, a.Id]);
        (await Ids(b.Sequence)).ShouldBe([a.Id]);
        (await Ids(a2.Sequence)).ShouldBeEmpty();
        (await Store.ReadAsync(Mine, static r => r.ChangedAfter(0, 1))).Single().Id.ShouldBe(b.Id);
        (await Store.ReadAsync(Mine, static r => r.LastSequence())).ShouldBe(a2.Sequence);

        Task<MemoryId[]> Ids(long after) => Store.ReadAsync(Mine, r => r.ChangedAfter(after, 100).Select(static m => m.Id).ToArray());
    }

    [Fact]
    public async Task Update_of_an_unknown_memory_and_second_insert_of_an_id_are_refused()
    {
        var memory = await Store.WriteAsync(Mine, w => w.Insert(Memory("a")));

        await Should.ThrowAsync<Exception>(() => Store.WriteAsync(Mine, w => w.Insert(memory)));
        await Should.ThrowAsync<Exception>(() => Store.WriteAsync(Mine, w => w.Update(memory with { Id = MemoryId.New(_random) })));
        (await Store.ReadAsync(Mine, static r => r.ActiveMemories().Select(static m => m.Id).ToArray())).ShouldBe([memory.Id]);
    }

    [Fact]
    public async Task WithSameText_option_in_another_case_is_another_text()
    {
        await Store.WriteAsync(Mine, w => w.Insert(Memory("Start the tool with -v.")));

        (await Store.ReadAsync(Mine, static r => r.WithSameText("Start the tool with -V."))).ShouldBeEmpty();
        (await Store.ReadAsync(Mine, static r => r.WithSameText("start the TOOL with -v"))).Count.ShouldBe(1);
    }

    [Fact]
    public async Task WithSameText_finds_what_store_takes_for_the_same_in_the_order_stored()
    {
        var (a, b) = await Store.WriteAsync(Mine, w => (w.Insert(Memory("Mara likes tea.")), w.Insert(Memory("mara LIKES tea"))));
        await Store.WriteAsync(Mine, w => w.Insert(Memory("Mara likes tea?")));

        (await Store.ReadAsync(Mine, static r => r.WithSameText("Mara  likes tea!"))).Select(static m => m.Id).ShouldBe([a.Id, b.Id]);
    }

    [Fact]
    public async Task Search_wants_any_or_all_words_and_ranks_by_matches()
    {
        await Store.WriteAsync(Mine, w => (w.Insert(Memory("kestrel walnut")), w.Insert(Memory("kestrel granite")), w.Insert(Memory("sextant"))));

        (await Find("kestrel walnut", TermMatch.Any)).ShouldBe(["kestrel walnut", "kestrel granite"]);
        (await Find("kestrel walnut", TermMatch.All)).ShouldBe(["kestrel walnut"]);
        (await Find("kestrel walnut granite", TermMatch.All)).ShouldBeEmpty();
        (await Find("KESTRELS", TermMatch.Any)).Length.ShouldBe(2);

        Task<string[]> Find(string query, TermMatch match) => Store.ReadAsync(Mine, r => r.Search(LexicalQuery.Parse(query), new(), 10, match).Select(static m => m.Memory.Content).ToArray());
    }

    [Fact]
    public async Task Containing_finds_text_as_it_stands_newest_first_within_namespace_and_filter()
    {
        var (first, second) = await Store.WriteAsync(Mine, w => (w.Insert(Memory("a * b")), w.Insert(Memory("100% *_* 'quoted'") with { Kind = MemoryKind.Note })));
        await Store.WriteAsync(Mine, w => (w.Insert(Memory("nothing")), w.Update(w.Insert(Memory("* archived")) with { State = MemoryState.Archived })));
        await Store.WriteAsync(Theirs, w => w.Insert(Memory("* elsewhere") with { Namespace = Theirs }));

        (await Find("*", 9)).ShouldBe([second.Id, first.Id]);
        (await Find("*", 1)).ShouldBe([second.Id]);
        (await Find("% *_", 9)).ShouldBe([second.Id]);
        (await Find("_%", 9)).ShouldBeEmpty();
        (await Find("'; DROP", 9)).ShouldBeEmpty();
        (await Store.ReadAsync(Mine, static r => r.Containing("*", new MemoryFilter { Kinds = [MemoryKind.Fact] }, 9))).ShouldBe([first.Id]);

        Task<IReadOnlyList<MemoryId>> Find(string text, int limit) => Store.ReadAsync(Mine, r => r.Containing(text, new(), limit));
    }

    [Fact]
    public async Task NewestWithEachHalf_finds_the_newest_active_memories_with_a_word_of_each_half()
    {
        await Store.WriteAsync(Mine, w =>
        {
            w.Insert(Memory("kestrel walnut"));
            w.Insert(Memory("kestrel granite"));
            w.Insert(Memory("sextant"));
            return w.Update(w.Insert(Memory("kestrel walnut archived")) with { State = MemoryState.Archived });
        });
        await Store.WriteAsync(Theirs, w => w.Insert(Memory("kestrel walnut elsewhere") with { Namespace = Theirs }));

        (await Find("kestrel walnut sextant granite", 9)).ShouldBe(["kestrel granite", "kestrel walnut"]);
        (await Find("kestrel walnut sextant granite", 1)).ShouldBe(["kestrel granite"]);
        (await Find("sextant", 9)).ShouldBe(["sextant"]);

        Task<string[]> Find(string query, int limit) => Store.ReadAsync(Mine, r => r.NewestWithEachHalf(LexicalQuery.Parse(query), limit).Select(static s => s.Content).ToArray());
    }

    [Fact]
    public async Task Erase_leaves_the_id_and_nothing_else()
    {
        var memory = await Store.WriteAsync(Mine, w =>
        {
            var m = w.Insert(Memory("kestrel 数据") with { Tags = ["t"], Session = "s" });
            w.AddEvidence(m.Id, new Evidence(EvidenceKind.Asserted, "user", "s", At, "note"));
            w.AddRecallUses(new Dictionary<MemoryId, RecallUse> { [m.Id] = new(2, At) });
            return m;
        });

        await Store.WriteAsync(Mine, w =>
        {
            w.Erase([memory.Id]);
            return true;
        });

        await Store.ReadAsync(Mine, r =>
        {
            var left = r.Find(memory.Id)!;
            left.State.ShouldBe(MemoryState.Forgotten);
            left.Content.ShouldBeEmpty();
            left.Tags.ShouldBeEmpty();
            left.Session.ShouldBeNull();
            left.Sequence.ShouldBeGreaterThan(memory.Sequence);
            r.EvidenceOf([memory.Id])[memory.Id].ShouldBeEmpty();
            r.WithSameText("kestrel 数据").ShouldBeEmpty();
            r.Search(LexicalQuery.Parse("kestrel 数据"), new() { States = [] }, 10).ShouldBeEmpty();
            r.TagsStartingWith("", 10).ShouldBeEmpty();
            return true;
        });
        (await Store.HealthAsync()).Damage.ShouldBeNull();
    }

    [Fact]
    public async Task Counts_and_tags_tell_what_there_is()
    {
        await Store.WriteAsync(Mine, w =>
        {
            w.Insert(Memory("a") with { Kind = MemoryKind.Note, Confidence = 0.05, Tags = ["alpha", "beta"] });
            w.Insert(Memory("b") with { Confidence = 0.95, Tags = ["alpha"] });
            w.Insert(Memory("c") with { Confidence = 1, Tags = ["al%"] });
            w.Insert(Memory("d") with { State = MemoryState.Archived });
            return true;
        });

        var counts = await Store.ReadAsync(Mine, static r => r.Counts());
        counts.ByState.ShouldBe(new Dictionary<MemoryState, int> { [MemoryState.Active] = 3, [MemoryState.Archived] = 1 }, ignoreOrder: true);
        counts.ActiveByKind.ShouldBe(new Dictionary<MemoryKind, int> { [MemoryKind.Note] = 1, [MemoryKind.Fact] = 2 }, ignoreOrder: true);
        counts.ConfidenceHistogram.ShouldBe([1, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
        (await Store.ReadAsync(Mine, static r => r.TagsStartingWith("al", 10))).ShouldBe(["alpha", "al%"]);
        (await Store.ReadAsync(Mine, static r => r.TagsStartingWith("al%", 10))).ShouldBe(["al%"]);
        (await Store.ReadAsync(Mine, static r => r.TagsStartingWith("", 1))).ShouldBe(["alpha"]);
        await Store.WriteAsync(Theirs, w => w.Insert(Memory("e", Theirs)));
        (await Store.NamespacesAsync()).ShouldBe([Mine, Theirs]);
    }

    [Fact]
    public async Task RecallUses_add_up_and_change_no_sequence()
    {
        var memory = await Store.WriteAsync(Mine, w => w.Insert(Memory("a")));
        var before = await Store.ReadAsync(Mine, static r => r.LastSequence());
        foreach (var hours in new[] { 2, 1 })
        {
            await Store.WriteAsync(Mine, w =>
            {
                w.AddRecallUses(new Dictionary<MemoryId, RecallUse> { [memory.Id] = new(2, At.AddHours(hours)) });
                return true;
            });
        }

        (await Store.ReadAsync(Mine, r => r.RecallUses([memory.Id])))[memory.Id].ShouldBe(new RecallUse(4, At.AddHours(2)));
        (await Store.ReadAsync(Mine, static r => r.LastSequence())).ShouldBe(before);
    }

    [Fact]
    public async Task Dispose_finishes_the_writes_that_are_queued_and_refuses_later_ones()
    {
        await Store.NamespacesAsync();
        using var begun = new ManualResetEventSlim();
        using var released = new ManualResetEventSlim();
        // A thread of the pool would commit by itself; asked from another, the writer's own thread is held, and all that follows must wait.
        var held = Task.Factory.StartNew(
            () => Store.WriteAsync(Mine, w =>
            {
                begun.Set();
                released.Wait();
                return w.Insert(Memory("held"));
            }),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        begun.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
        var writes = Enumerable.Range(0, 200).Select(i => Store.WriteAsync(Mine, w => w.Insert(Memory($"queued {i}")))).ToArray();
        var disposed = Store.DisposeAsync().AsTask();
        writes.ShouldAllBe(static w => !w.IsCompleted);
        disposed.IsCompleted.ShouldBeFalse();

        released.Set();
        await disposed;
        await await held;
        foreach (var write in writes)
        {
            await write;
        }

        await Should.ThrowAsync<ObjectDisposedException>(() => Store.WriteAsync(Mine, w => w.Insert(Memory("late"))));
        Store = Open();
        (await Store.ReadAsync(Mine, static r => r.ActiveMemories())).Count.ShouldBe(201);
    }

    [Fact]
    public async Task Many_writers_of_several_processes_lose_nothing()
    {
        await using var other = Open();
        await Task.WhenAll(Enumerable.Range(0, 400).Select(i => (i % 2 == 0 ? Store : other).WriteAsync(Mine, w => w.Insert(Memory($"many {i}")))));

        var all = await Store.ReadAsync(Mine, static r => r.ChangedAfter(0, 1000));
        all.Count.ShouldBe(400);
        all.Select(static m => m.Sequence).Distinct().Count().ShouldBe(400);
    }

    private static Namespace Parse(string text) => Namespace.TryParse(text, out var ns) ? ns : throw new ArgumentException(text);

    private static RunId RunIdOf(string text) => RunId.TryParse(text, out var id) ? id : throw new ArgumentException(text);

    private static Run Run(string id, Namespace? ns = null) => new()
    {
        Id = RunIdOf(id), Namespace = ns ?? Mine, Scope = RunScope.Full, Cause = RunCause.Request, State = RunState.Completed, Holder = "h",
        StartedAt = At, SeenSequence = 1,
    };

    private MemoryRecord Memory(string content, Namespace? ns = null) => new()
    {
        Id = NewId(), Namespace = ns ?? Mine, Content = content, Kind = MemoryKind.Fact, Tags = [], Importance = 0.5, Source = "agent",
        State = MemoryState.Active, Confidence = 0.75, ConfidenceAt = At, CreatedAt = At, UpdatedAt = At, Sequence = 0,
    };

    private MemoryId NewId()
    {
        lock (_random)
        {
            return MemoryId.New(_random);
        }
    }
}
