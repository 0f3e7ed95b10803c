using Memory.Core.Memories;
using Memory.Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Memory.Core.Tests.Storage.Sqlite;

/// <summary>A database from before there were entities gets them in the background.</summary>
public sealed class MissingMentionsTests
{
    private static readonly Namespace Ns = Namespace.Default;

    [Fact]
    public async Task Open_of_an_older_database_keeps_a_backup_and_every_memory_and_calls_do_not_wait_for_mentions()
    {
        await using var f = new ServiceFixture();
        CreateFirstVersion(f.Database, memories: 3);

        (await f.RecallAsync("number")).Length.ShouldBe(3);

        (await FindAsync(f.Store, "Ana0")).ShouldBeFalse();
        Directory.GetFiles(f.Database + ".backups").ShouldHaveSingleItem();
        (await f.StoreAsync("today Bob came")).IsNew.ShouldBeTrue();
        (await f.Store.AddNewMentionsAsync()).ShouldBeFalse();
        (await FindAsync(f.Store, "Bob")).ShouldBeTrue();
        (await FindAsync(f.Store, "Ana0")).ShouldBeFalse();
        (await f.Store.HealthAsync()).Damage.ShouldBeNull();
    }

    [Fact]
    public async Task AddMissingMentions_does_some_newest_first_and_goes_on_after_a_restart_to_the_end()
    {
        await using var f = new ServiceFixture();
        CreateFirstVersion(f.Database, memories: 60);

        (await f.Store.AddMissingMentionsAsync()).ShouldBeTrue();
        (await FindAsync(f.Store, "Ana59")).ShouldBeTrue();
        (await FindAsync(f.Store, "Ana35")).ShouldBeTrue();
        (await FindAsync(f.Store, "Ana34")).ShouldBeFalse();
        await f.ReopenAsync();
        (await f.Store.AddMissingMentionsAsync()).ShouldBeTrue();
        (await FindAsync(f.Store, "Ana10")).ShouldBeTrue();
        (await FindAsync(f.Store, "Ana9")).ShouldBeFalse();
        (await f.Store.AddMissingMentionsAsync()).ShouldBeFalse();
        (await FindAsync(f.Store, "Ana0")).ShouldBeTrue();
        (await FindAsync(f.Store, "old")).ShouldBeTrue();
        (await f.Store.AddMissingMentionsAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task AddMissingMentions_passes_over_what_was_forgotten_and_keeps_what_was_updated()
    {
        await using var f = new ServiceFixture();
        CreateFirstVersion(f.Database, memories: 3);
        var ids = await f.Store.ReadAsync(Ns, static r => r.ActiveMemories().Select(static m => m.Id).ToArray());
        await f.Memories.ForgetAsync(Ns, [ids[0]]);
        await f.Memories.UpdateAsync(Ns, ids[1], new() { Tags = ["new"] });

        await f.Store.AddMissingMentionsAsync();

        (await FindAsync(f.Store, "Ana0")).ShouldBeFalse();
        (await f.Store.ReadAsync(Ns, r => r.EntitiesOf([ids[1]])))[ids[1]].Select(static e => e.Name).ShouldBe(["Ana1", "new"], ignoreOrder: true);
        (await FindAsync(f.Store, "Ana2")).ShouldBeTrue();
    }

    [Fact]
    public async Task Service_does_them_all_with_pauses_and_stops_when_told_to()
    {
        await using var f = new ServiceFixture();
        CreateFirstVersion(f.Database, memories: 60);
        using var stop = new CancellationTokenSource();
        var stopped = f.Memories.AddMissingMentionsAsync(stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => stopped);
        (await FindAsync(f.Store, "Ana59")).ShouldBeFalse();

        var all = f.Memories.AddMissingMentionsAsync(TestContext.Current.CancellationToken);
        while (!all.IsCompleted)
        {
            f.Time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        await all;
        (await FindAsync(f.Store, "Ana0")).ShouldBeTrue();
    }

    private static Task<bool> FindAsync(SqliteMemoryStore store, string name) => store.ReadAsync(Ns, r => r.FindEntity(name) is not null);

    // What the first version of the schema would hold: its script, and rows as that version wrote them.
    private static void CreateFirstVersion(string path, int memories)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadWriteCreate;Pooling=False");
        connection.Open();
        using var script = new StreamReader(typeof(SqliteMemoryStore).Assembly.GetManifestResourceStream("001_initial")!);
        Execute(script.ReadToEnd());
        Execute($"PRAGMA user_version = 1; PRAGMA application_id = {DatabaseFile.ApplicationId}; INSERT INTO properties VALUES ('created_at', 0)");
        Execute($"""
            WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < {memories})
            INSERT INTO memories (id, namespace, identity_hash, statement_hash, kind, importance, source, state, confidence, confidence_at, created_at, updated_at, sequence, content)
            SELECT printf('0000000%05d', n), 'default', n, n, 'fact', 0.5, 'agent', 'active', 0.75, 0, 0, 0, n + 1, 'number ' || n || ' is for Ana' || n FROM numbers;
            UPDATE sequence SET value = {memories};
            INSERT INTO tags SELECT row, 'old' FROM memories WHERE row = 1;
            """);

        void Execute(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }
}
