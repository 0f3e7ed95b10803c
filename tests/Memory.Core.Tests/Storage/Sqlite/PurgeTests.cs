using System.Text;
using Memory.Core.Consolidation;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Memory.Core.Tests.Storage.Sqlite;

/// <summary>Forgetting is forgetting: the bytes of every file of the store are searched for what was to be forgotten.</summary>
public sealed class PurgeTests : IAsyncDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(At);
    private readonly Random _random = new(3);
    private readonly SqliteMemoryStore _store;

    public PurgeTests() => _store = new SqliteMemoryStore(_folder.File("memory.db"), _time);

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Purge_leaves_no_byte_of_a_forgotten_memory_in_any_file()
    {
        var id = await StoreAsync("The zanzibarkestrel password is 数据库密码");
        await _store.WriteAsync(Namespace.Default, w =>
        {
            w.Update(w.Find(id)! with { Tags = ["quixotictag"] });
            w.AddEvidence(id, new Evidence(EvidenceKind.Confirmed, "yggdrasilsource", "wolframsession", At, "thistlenote", "ZANZIBARKESTREL statement"));
            return true;
        });
        await _store.BackupAsync();
        string[] secrets = ["zanzibar", "数据", "据库", "数|据", "quixotic", "yggdrasil", "wolfram", "thistle", "ZANZIBAR"];
        // The search of the bytes must be able to find what is there.
        Found(secrets).ShouldBe(secrets);

        await EraseAsync([id]);
        await _store.PurgeAsync();

        Found(secrets).ShouldBeEmpty();
        (await _store.HealthAsync()).Damage.ShouldBeNull();
    }

    [Fact]
    public async Task Purge_reaches_the_backups_that_were_made_through_a_link_to_the_file()
    {
        var id = await StoreAsync("The zanzibarkestrel nests in the tower");
        var link = Path.Combine(Directory.CreateDirectory(_folder.File("elsewhere")).FullName, "linked.db");
        File.CreateSymbolicLink(link, _folder.File("memory.db"));
        await using (var linked = new SqliteMemoryStore(link, _time))
        {
            await linked.BackupAsync();
        }

        await EraseAsync([id]);
        await _store.PurgeAsync();

        Found(["zanzibar"]).ShouldBeEmpty();
        Directory.GetFileSystemEntries(_folder.File("elsewhere")).ShouldBe([link]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Purge_leaves_nothing_in_the_slack_of_pages_that_were_split_and_joined(int seed)
    {
        var random = new Random(seed);
        var secrets = new Dictionary<MemoryId, string>();
        for (var i = 0; i < 600; i++)
        {
            var secret = $"{random.NextInt64():x16}";
            var id = await StoreAsync($"{secret} {new string('x', random.Next(600))}");
            secrets.Add(id, secret);
            await _store.WriteAsync(Namespace.Default, w =>
            {
                w.Update(w.Find(id)! with { Tags = [secret] });
                w.AddEvidence(id, new Evidence(EvidenceKind.Confirmed, secret, secret, At, new string('y', random.Next(100)) + secret));
                return true;
            });
        }

        var forgotten = secrets.Keys.Where(_ => random.Next(2) == 0).ToArray();
        foreach (var some in forgotten.Chunk(7))
        {
            await EraseAsync(some);
        }

        await _store.PurgeAsync();

        // The full-text index stores a word without the beginning it shares with its neighbour.
        Found([.. forgotten.Select(id => secrets[id][6..])]).ShouldBeEmpty();
        Found([.. secrets.Where(s => !forgotten.Contains(s.Key)).Select(static s => s.Value[6..])]).Count.ShouldBe(600 - forgotten.Length);
    }

    [Fact]
    public async Task Purge_while_a_reader_holds_the_log_says_so_and_keeps_nobody_waiting_and_the_next_one_finishes()
    {
        var id = await StoreAsync("The zanzibarkestrel sings");
        string[] secrets = ["zanzibarkestrel"];
        using (var reader = new SqliteConnection($"Data Source={_folder.File("memory.db")};Mode=ReadOnly;Pooling=False"))
        {
            reader.Open();
            using var transaction = reader.BeginTransaction(deferred: true);
            using var command = new SqliteCommand("SELECT count(*) FROM memories", reader, transaction);
            command.ExecuteScalar().ShouldBe(1L);
            await EraseAsync([id]);

            var purge = _store.PurgeAsync();
            while (!purge.IsCompleted)
            {
                // Others write between its tries.
                await _store.SetLastNightAsync(At).WaitAsync(TimeSpan.FromSeconds(10));
                _time.Advance(TimeSpan.FromMilliseconds(100));
            }

            (await purge).ShouldNotBeNull().ShouldContain("does not let go");
            Found(secrets).ShouldBe(secrets);
        }

        (await _store.PurgeAsync()).ShouldBeNull();
        Found(secrets).ShouldBeEmpty();
    }

    [Fact]
    public async Task Purge_that_a_process_did_not_live_to_do_is_done_by_the_next()
    {
        await EraseAsync([await StoreAsync("The zanzibarkestrel sings")]);
        Found(["zanzibarkestrel"]).ShouldNotBeEmpty();

        await using var next = new SqliteMemoryStore(_folder.File("memory.db"), _time);
        (await next.PurgeAsync()).ShouldBeNull();

        Found(["zanzibarkestrel"]).ShouldBeEmpty();
    }

    [Fact]
    public async Task Purge_leaves_no_tag_in_the_journal_of_another_memory()
    {
        await using var memories = new MemoryService(_store, _time, _random);
        var consolidator = new Consolidator(_store, _time, _random);
        var id = (await memories.StoreAsync(Namespace.Default, [new NewMemory { Content = "The server is down", Tags = ["quixotictag"] }])).Value![0].Memory.Id;
        await memories.StoreAsync(Namespace.Default, [new NewMemory { Content = "server is down" }]);
        var run = (await consolidator.RunAsync(new ConsolidationRequest(Namespace.Default))).Value!.Run!.Value;
        (await consolidator.UndoAsync(Namespace.Default, run)).Value!.Refused.ShouldBeEmpty();
        Found(["quixotictag"]).ShouldNotBeEmpty();

        (await memories.ForgetAsync(Namespace.Default, [id])).Succeeded.ShouldBeTrue();

        Found(["quixotictag"]).ShouldBeEmpty();
    }

    [Fact]
    public async Task Purge_leaves_no_entity_of_a_forgotten_memory_and_no_spelling_that_only_it_used()
    {
        var id = await StoreAsync("we met Zanzibarkestrel and THISTLEWOLFRAM near src/quixotic.cs");
        var kept = await StoreAsync("we met Thistlewolfram and Yggdrasil");
        string[] secrets = ["Zanzibarkestrel", "zanzibarkestrel", "THISTLEWOLFRAM", "src/quixotic"];
        await _store.AddNewMentionsAsync();
        Found(secrets).ShouldBe(secrets);

        await EraseAsync([id]);
        await _store.PurgeAsync();

        Found(secrets).ShouldBeEmpty();
        (await _store.ReadAsync(Namespace.Default, r => r.EntitiesOf([kept])))[kept].Select(static e => e.Name).ShouldBe(["Thistlewolfram", "Yggdrasil"]);
    }

    [Fact]
    public async Task Purge_removes_copies_that_were_never_finished_and_keeps_one_although_the_clock_was_ahead()
    {
        var id = await StoreAsync("The zanzibarkestrel sings");
        _time.Advance(TimeSpan.FromDays(400));
        for (var i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await _store.BackupAsync();
        }

        _time.AdjustTime(DateTimeOffset.UtcNow.AddHours(1));
        var backups = Path.Combine(_folder.Path, "memory.db.backups");
        await File.WriteAllTextAsync(Path.Combine(backups, "20261124-120000-000.db.partial-0123"), "zanzibarkestrel");

        await EraseAsync([id]);
        (await _store.PurgeAsync()).ShouldBeNull();

        Found(["zanzibarkestrel"]).ShouldBeEmpty();
        Directory.GetFiles(backups).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Purge_leaves_no_byte_of_the_vectors_of_a_forgotten_memory()
    {
        // Signed bytes below 128 are letters, so that the vector can be searched for as a text.
        float[] Of(string text) => [127, .. text.Select(static c => (float)c)];
        var id = await StoreAsync("The kestrel sings");
        var kept = await StoreAsync("The heron fishes");
        await _store.WriteAsync(Namespace.Default, w =>
        {
            w.SetVector(id, "a/20/1", StoredVector.Of(Of("zanzibarkestrel")));
            w.SetVector(id, "b/20/1", StoredVector.Of(Of("quixoticthistle")));
            w.SetVector(kept, "a/20/1", StoredVector.Of(Of("yggdrasilwolfram")));
            return true;
        });
        // A vector that was replaced leaves bytes behind like one that was removed.
        await _store.WriteAsync(Namespace.Default, w =>
        {
            w.SetVector(id, "a/20/1", StoredVector.Of(Of("mandragorajuniper")));
            return true;
        });
        await _store.BackupAsync();
        string[] secrets = ["zanzibarkestrel", "quixoticthistle", "mandragorajuniper"];
        Found(secrets).ShouldContain("mandragorajuniper");

        await EraseAsync([id]);
        await _store.PurgeAsync();

        Found(secrets).ShouldBeEmpty();
        Found(["yggdrasilwolfram"]).ShouldHaveSingleItem();
    }

    private Task<MemoryId> StoreAsync(string content) => _store.WriteAsync(Namespace.Default, w => w.Insert(new MemoryRecord
    {
        Id = MemoryId.New(_random), Namespace = Namespace.Default, Content = content, Kind = MemoryKind.Fact, Tags = [], Importance = 0.5,
        Source = "agent", State = MemoryState.Active, Confidence = 0.75, ConfidenceAt = At, CreatedAt = At, UpdatedAt = At, Sequence = 0,
    }).Id);

    private Task<bool> EraseAsync(IReadOnlyCollection<MemoryId> ids) => _store.WriteAsync(Namespace.Default, w =>
    {
        foreach (var id in ids)
        {
            w.Erase([id]);
        }

        return true;
    });

    private List<string> Found(IReadOnlyCollection<string> texts)
    {
        var files = Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Select(Read).ToArray();
        return [.. texts.Where(text => files.Any(bytes => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0))];
    }

    private static byte[] Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
