using Memory.Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Memory.Core.Tests.Storage.Sqlite;

public sealed class DoctorTests : IAsyncDisposable
{
    private readonly ServiceFixture _fixture = new();

    [Fact]
    public async Task Examine_of_a_sound_store_finds_nothing()
    {
        await FillAsync();

        (await _fixture.Store.ExamineAsync(repair: false)).ShouldBeEmpty();
        (await _fixture.Store.ExamineAsync(repair: true)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("full-text index", "INSERT INTO memory_words (memory_words) VALUES ('delete-all')")]
    [InlineData("vectors", "UPDATE vectors SET vector = x'00' WHERE memory = 1")]
    [InlineData("entities", "INSERT INTO entities (namespace, key, kind, name) VALUES ('default', 'nobody', 'name', 'Nobody')")]
    [InlineData("orphans", "INSERT INTO tags (memory, tag) SELECT row, 'left' FROM memories WHERE state = 'forgotten'")]
    [InlineData("hashes", "UPDATE memories SET identity_hash = 5 WHERE row = 1")]
    [InlineData("lease", "INSERT INTO leases VALUES ('consolidation', 'nowhere/1/1', 0, 1)")]
    [InlineData("runs", "INSERT INTO runs (id, namespace, scope, cause, state, holder, started_at, seen_sequence) VALUES ('20260101-000000-aaaaaa', 'default', 'full', 'request', 'running', 'x', 0, 0)")]
    [InlineData("full-text index", "DELETE FROM memory_words_data")]
    [InlineData("schema", "DROP TABLE memory_words")]
    [InlineData("schema", "DROP TABLE memory_trigrams")]
    [InlineData("schema", "DROP TRIGGER audit_never_changed")]
    [InlineData("schema", "DROP INDEX memories_created")]
    [InlineData("usage", "UPDATE usage SET bytes = bytes + 5")]
    [InlineData("usage", "DELETE FROM usage")]
    [InlineData("forgetting", "INSERT INTO properties VALUES ('purge_pending', 3)")]
    public async Task Examine_finds_what_is_wrong_and_repairs_it(string check, string harm)
    {
        await FillAsync();
        await HarmAsync(harm);

        var found = (await _fixture.Store.ExamineAsync(repair: false)).ShouldHaveSingleItem();
        (found.Check, found.CanRepair, found.IsRepaired).ShouldBe((check, true, false));
        var repaired = (await _fixture.Store.ExamineAsync(repair: true)).ShouldHaveSingleItem();

        repaired.IsRepaired.ShouldBeTrue();
        (await _fixture.Store.ExamineAsync(repair: false)).ShouldBeEmpty();
        (await _fixture.RecallAsync("deploy")).ShouldContain("The deploy is on Friday.");
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("638000000000000001")]
    public async Task Examine_of_a_time_that_no_calendar_has_goes_on(string expires)
    {
        await FillAsync();
        await HarmAsync($"INSERT INTO leases VALUES ('consolidation', 'nowhere/1/1', 0, {expires})");
        await HarmAsync("UPDATE vectors SET vector = x'00' WHERE memory = 1");

        (await _fixture.Store.ExamineAsync(repair: false)).Select(static f => f.Check).ShouldContain("vectors");
    }

    [Theory]
    [InlineData("tags", "INSERT INTO tags VALUES (99, 'left')")]
    [InlineData("recalls", "INSERT INTO recalls VALUES (99, 1, 1)")]
    [InlineData("evidence", "INSERT INTO evidence (memory, kind, source, at) VALUES (99, 'asserted', 'user', 1)")]
    [InlineData("links", "INSERT INTO links VALUES (99, 1, 'merged_into', 1)")]
    [InlineData("journal", "INSERT INTO journal (run, unit, memory, before, after, reason) VALUES ('gone', 1, 1, '{}', '{}', 'x')")]
    [InlineData("vectors", "INSERT INTO vectors SELECT 99, model, scale, vector FROM vectors WHERE memory = 1")]
    [InlineData("mentions", "INSERT INTO mentions VALUES (99, 1)")]
    [InlineData("pair_marks", "INSERT INTO pair_marks VALUES (1, 99, 'duplicate', 1)")]
    [InlineData("plan_members", "INSERT INTO plan_members VALUES (99, 1)")]
    [InlineData("plan_units", "INSERT INTO plan_units (plan, unit, work) VALUES ('gone', 1, '{}')")]
    public async Task Examine_of_a_row_that_belongs_to_nothing_hides_no_other_finding_and_repairs_both(string table, string harm)
    {
        await FillAsync();
        await HarmAsync(harm);
        await HarmAsync("UPDATE memories SET identity_hash = 5 WHERE row = 1");

        var found = await _fixture.Store.ExamineAsync(repair: false);
        (await _fixture.Store.ExamineAsync(repair: true)).ShouldAllBe(static f => f.IsRepaired);

        found.Select(static f => f.Check).Distinct().ShouldBe(["orphans", "hashes"]);
        found[0].Problem.ShouldStartWith($"1 rows of '{table}' belong to what is not in the file");
        (await _fixture.Store.ExamineAsync(repair: false)).ShouldBeEmpty();
        (await _fixture.Store.HealthAsync()).Damage.ShouldBeNull();
    }

    [Fact]
    public async Task Every_reference_of_the_schema_is_looked_at()
    {
        await FillAsync();
        await using var connection = new SqliteConnection($"Data Source={_fixture.Database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """SELECT m.name || '.' || f."from" FROM sqlite_schema m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' ORDER BY 1""";
        var references = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            references.Add(reader.GetString(0));
        }

        references.Count.ShouldBeGreaterThan(10);
        references.ShouldAllBe(static reference => DanglingRows.All.Any(t => reference.StartsWith(t.Name + ".", StringComparison.Ordinal) && t.Counting.Contains($" = {reference})", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Examine_of_a_damaged_file_lists_what_else_can_be_seen()
    {
        await FillAsync();
        await HarmAsync("INSERT INTO leases VALUES ('consolidation', 'nowhere/1/1', 0, 1)");
        // An index with an entry too few: what integrity_check is for.
        await HarmAsync("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE INDEX memories_created ON memories (namespace, created_at) WHERE row < 0' WHERE name = 'memories_created'");
        await HarmAsync("UPDATE memories SET created_at = created_at + 1");
        await HarmAsync("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE INDEX memories_created ON memories (namespace, created_at)' WHERE name = 'memories_created'");
        await _fixture.ReopenAsync();

        var found = await _fixture.Store.ExamineAsync(repair: true);

        found[0].Check.ShouldBe("integrity");
        found.Select(static f => f.Check).ShouldContain("lease");
        found.ShouldAllBe(static f => !f.CanRepair && !f.IsRepaired);
    }

    [Fact]
    public async Task Examine_of_a_file_in_which_a_page_of_the_words_is_unreadable_lists_what_else_can_be_seen()
    {
        for (var i = 0; i < 300; i++)
        {
            await _fixture.StoreAsync($"Parcel {i} lies on pier {i * 7 % 991} of hall {i % 13}, said clerk {i * 31 % 997}.");
        }

        await HarmAsync("INSERT INTO leases VALUES ('consolidation', 'nowhere/1/1', 0, 1)");
        await HarmAsync("INSERT INTO memory_words (memory_words) VALUES ('optimize')");
        await HarmAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        var (page, size) = (await AskAsync("SELECT rootpage FROM sqlite_schema WHERE name = 'memory_words_data'"), await AskAsync("PRAGMA page_size"));
        using (var file = File.OpenWrite(_fixture.Database))
        {
            var garbage = new byte[size];
            new Random(1).NextBytes(garbage);
            file.Position = (page - 1) * size;
            file.Write(garbage);
        }

        await _fixture.ReopenAsync();

        var found = await _fixture.Store.ExamineAsync(repair: true);

        (found[0].Check, found[0].Problem.Contains($"age {page}", StringComparison.Ordinal)).ShouldBe(("integrity", true), found[0].Problem);
        found.Select(static f => f.Check).ShouldContain("lease");
        found.ShouldAllBe(static f => !f.CanRepair && !f.IsRepaired);
    }

    [Theory]
    [InlineData("DROP TABLE recalls", "schema", "The table 'recalls' is missing")]
    [InlineData("INSERT INTO links VALUES (1, 1, 'merged_into', 1)", "lineage", "1 memories lead by lineage to themselves")]
    [InlineData("INSERT INTO links SELECT to_memory, from_memory, kind, at FROM links", "lineage", "2 memories lead by lineage to themselves")]
    [InlineData("UPDATE memories SET namespace = 'elsewhere' WHERE row = (SELECT from_memory FROM links)", "lineage", "1 links lead from a memory of one namespace")]
    [InlineData("INSERT INTO runs (id, namespace, scope, cause, state, holder, started_at, seen_sequence) VALUES ('20260101-000000-aaaaaa', 'default', 'full', 'request', 'completed', 'x', 0, 0); INSERT INTO journal (run, unit, memory, before, after, reason) VALUES ('20260101-000000-aaaaaa', 1, 1, '{}', '{', 'x')", "journal", "1 notes of what a run did cannot be read")]
    public async Task Examine_of_what_cannot_be_repaired_says_so(string harm, string check, string problem)
    {
        await FillAsync();
        await HarmAsync(harm);

        var found = (await _fixture.Store.ExamineAsync(repair: true)).First(f => f.Check == check);

        (found.CanRepair, found.IsRepaired).ShouldBe((false, false));
        found.Problem.ShouldStartWith(problem);
    }

    [Fact]
    public async Task Lineage_that_leads_into_another_namespace_shows_nothing_of_it()
    {
        await FillAsync();
        var door = (await _fixture.RecallAsync(new Core.Recall.RecallRequest { Query = "door" })).Memories[0].Memory.Id;
        (await _fixture.ShowAsync(door)).Replaced.ShouldHaveSingleItem();

        await HarmAsync("UPDATE memories SET namespace = 'elsewhere' WHERE row = (SELECT from_memory FROM links)");

        (await _fixture.ShowAsync(door)).Replaced.ShouldBeEmpty();
    }

    [Fact]
    public async Task Examine_of_lost_entities_finds_them_in_the_memories_again()
    {
        await FillAsync();
        await NoteMentionsAsync();
        var before = await MentionsAsync();
        await HarmAsync("DELETE FROM entities");

        (await _fixture.Store.ExamineAsync(repair: true)).ShouldAllBe(static f => f.IsRepaired);

        before.ShouldBeGreaterThan(0);
        (await MentionsAsync()).ShouldBe(before);
        (await _fixture.Store.ExamineAsync(repair: false)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Examine_of_lost_lineage_says_so_and_changes_nothing()
    {
        await FillAsync();
        await HarmAsync("DELETE FROM links");

        var found = (await _fixture.Store.ExamineAsync(repair: true)).ShouldHaveSingleItem();

        (found.Check, found.CanRepair).ShouldBe(("lineage", false));
    }

    [Fact]
    public async Task Examine_finds_a_file_that_others_can_read_and_backups_that_were_never_finished()
    {
        await FillAsync();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_fixture.Database, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }

        Directory.CreateDirectory(_fixture.Database + ".backups");
        var partial = Path.Combine(_fixture.Database + ".backups", "20260101-000000-000.db.partial-1");
        await File.WriteAllTextAsync(partial, "half");
        File.SetLastWriteTimeUtc(partial, _fixture.Time.GetUtcNow().UtcDateTime.AddDays(-1));

        (await _fixture.Store.ExamineAsync(repair: true)).Select(static f => f.Check).ShouldBe(OperatingSystem.IsWindows() ? ["backups"] : ["backups", "permissions"]);

        File.Exists(partial).ShouldBeFalse();
        (await _fixture.Store.ExamineAsync(repair: false)).ShouldBeEmpty();
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private async Task FillAsync()
    {
        await _fixture.StoreAsync("The deploy is on Friday.");
        var door = await _fixture.StoreAsync("Ana Costa painted the door green.");
        await _fixture.Memories.UpdateAsync(ServiceFixture.Ns, door.Memory.Id, new() { Content = "Ana Costa painted the door blue." });
        var gone = await _fixture.StoreAsync("To be forgotten.");
        await _fixture.Memories.ForgetAsync(ServiceFixture.Ns, [gone.Memory.Id]);
    }

    private async Task NoteMentionsAsync()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = _fixture.Memories.KeepMentionsAsync(stop.Token);
        while (await MentionsAsync() == 0)
        {
            _fixture.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
    }

    private async Task<long> MentionsAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={_fixture.Database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM mentions";
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task HarmAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={_fixture.Database};Pooling=False;Foreign Keys=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private async Task<long> AskAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={_fixture.Database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
