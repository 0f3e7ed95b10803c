using Memory.Core.Access;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Memory.Core.Tests.Storage.Sqlite;

public sealed class BackupTests : IAsyncDisposable
{
    private readonly ServiceFixture _fixture = new();

    private string Copy => Path.Combine(_fixture.Folder, "elsewhere", "copy.db");

    [Fact]
    public async Task BackupTo_while_others_write_is_whole_and_counted()
    {
        await _fixture.StoreAsync("First.");
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            var written = 1;
            for (; !stop.IsCancellationRequested; written++)
            {
                await _fixture.StoreAsync($"Written meanwhile: {written}.");
            }

            return written;
        });

        var report = (await _fixture.Store.BackupToAsync(Copy)).Value!;
        await stop.CancelAsync();

        report.Memories.ShouldBeInRange(1, await writing);
        await using var copy = new SqliteMemoryStore(Copy, _fixture.Time);
        (await copy.ReadAsync(ServiceFixture.Ns, static r => r.Counts().ByState.Values.Sum())).ShouldBe((int)report.Memories);
        (await copy.HealthAsync()).Damage.ShouldBeNull();
    }

    [Fact]
    public async Task BackupTo_replaces_no_file_unless_told_to_and_never_the_database()
    {
        await _fixture.StoreAsync("Kept.");
        await _fixture.Store.BackupToAsync(Copy);

        (await _fixture.Store.BackupToAsync(Copy)).Problem!.Code.ShouldBe(ProblemCode.Conflict);
        (await _fixture.Store.BackupToAsync(Copy, overwrite: true)).Succeeded.ShouldBeTrue();
        (await _fixture.Store.BackupToAsync(_fixture.Database, overwrite: true)).Problem!.Code.ShouldBe(ProblemCode.Conflict);
        (await _fixture.Store.BackupToAsync(Path.Combine(Copy, "copy.db"))).Problem!.Code.ShouldBe(ProblemCode.StoreUnavailable);
    }

    [Fact]
    public async Task BackupTo_removes_what_a_killed_one_left_and_not_what_a_living_one_writes()
    {
        await _fixture.StoreAsync("Kept.");
        await _fixture.Store.BackupToAsync(null);
        var beside = Directory.GetFiles(_fixture.Database + ".backups").ShouldHaveSingleItem();
        var living = new[] { Copy, beside }.Select(PartialFile.NameFor).ToArray();
        var killed = living.Select(static p => p.Replace(FormattableString.Invariant($"-{Environment.ProcessId}-"), "-2147483647-", StringComparison.Ordinal)).ToArray();
        Directory.CreateDirectory(Path.GetDirectoryName(Copy)!);
        foreach (var path in living.Concat(killed))
        {
            await File.WriteAllTextAsync(path, "half");
        }

        await _fixture.Store.BackupToAsync(Copy);
        await _fixture.Store.BackupToAsync(null);

        living.ShouldAllBe(static p => File.Exists(p));
        killed.ShouldAllBe(static p => !File.Exists(p));
    }

    [Fact]
    public async Task BackupTo_beside_the_store_keeps_as_many_as_configured()
    {
        await using var store = new SqliteMemoryStore(_fixture.Database, _fixture.Time, backupsKept: 2);
        for (var i = 0; i < 4; i++)
        {
            _fixture.Time.Advance(TimeSpan.FromHours(1));
            await store.BackupToAsync(null);
        }

        Directory.GetFiles(_fixture.Database + ".backups").Length.ShouldBe(2);
        store.LastBackupAt.ShouldBe(_fixture.Time.GetUtcNow());
    }

    [Fact]
    public async Task Restore_puts_a_backup_back_and_keeps_what_was_there()
    {
        await _fixture.StoreAsync("Before.");
        await _fixture.Store.BackupToAsync(Copy);
        await _fixture.StoreAsync("After.");
        await CloseAsync();

        DatabaseRestore.Restore(Copy, _fixture.Database, overwrite: false, _fixture.Time).Problem!.Message.ShouldContain("2 memories");
        var report = DatabaseRestore.Restore(Copy, _fixture.Database, overwrite: true, _fixture.Time).Value!;

        report.Memories.ShouldBe(1);
        (await ContentsAsync(_fixture.Database)).ShouldBe(["Before."]);
        (await ContentsAsync(report.Kept!)).ShouldBe(["Before.", "After."]);
    }

    [Fact]
    public async Task Restore_brings_back_no_key_that_was_revoked_since()
    {
        var keys = new ApiKeys(_fixture.Store, _fixture.Time);
        var revoked = (await keys.CreateAsync("ana", NamespaceList.All, Scopes.Read, expiresAt: null)).Value!;
        var kept = (await keys.CreateAsync("carol", NamespaceList.All, Scopes.Read, expiresAt: null)).Value!;
        await _fixture.Store.BackupToAsync(Copy);
        await keys.RevokeAsync("ana");
        await CloseAsync();

        DatabaseRestore.Restore(Copy, _fixture.Database, overwrite: true, _fixture.Time).Succeeded.ShouldBeTrue();

        await using var store = new SqliteMemoryStore(_fixture.Database, _fixture.Time);
        var restored = new ApiKeys(store, _fixture.Time);
        (await restored.CheckAsync(revoked.Text)).Succeeded.ShouldBeFalse();
        (await restored.CheckAsync(kept.Text)).Succeeded.ShouldBeTrue();
    }

    [Theory]
    [InlineData("CREATE TABLE customers (name TEXT)", false)]
    [InlineData("CREATE TABLE customers (name TEXT)", true)]
    [InlineData("CREATE TABLE memories (name TEXT)", true)]
    [InlineData("PRAGMA user_version = 7", true)]
    public async Task Restore_over_a_database_of_another_program_is_refused_whatever_is_asked(string made, bool overwrite)
    {
        await _fixture.StoreAsync("Kept in the backup.");
        var backup = await _fixture.Store.BackupToAsync(Path.Combine(_fixture.Folder, "copy.db"));
        var other = Path.Combine(_fixture.Folder, "other.db");
        using (var connection = new SqliteConnection($"Data Source={other};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = made;
            command.ExecuteNonQuery();
        }

        var before = await File.ReadAllBytesAsync(other, TestContext.Current.CancellationToken);
        var problem = DatabaseRestore.Restore(Path.Combine(_fixture.Folder, "copy.db"), other, overwrite, TimeProvider.System).Problem.ShouldNotBeNull();

        problem.Code.ShouldBe(ProblemCode.Conflict);
        problem.Message.ShouldContain("of another program");
        (await File.ReadAllBytesAsync(other, TestContext.Current.CancellationToken)).ShouldBe(before);
    }

    [Fact]
    public async Task Restore_where_a_server_is_at_work_is_refused()
    {
        await _fixture.StoreAsync("Before.");
        await _fixture.Store.BackupToAsync(Copy);

        DatabaseRestore.Restore(Copy, _fixture.Database, overwrite: true, _fixture.Time).Problem!.Code.ShouldBe(ProblemCode.Busy);

        (await _fixture.StoreAsync("Still works.")).IsNew.ShouldBeTrue();
    }

    [Fact]
    public async Task Restore_over_a_damaged_database_moves_it_aside()
    {
        await _fixture.StoreAsync("Before.");
        await _fixture.Store.BackupToAsync(Copy);
        await CloseAsync();
        await File.WriteAllTextAsync(_fixture.Database, "no database any more, but somebody may want it");

        DatabaseRestore.Restore(Copy, _fixture.Database, overwrite: false, _fixture.Time).Problem!.Code.ShouldBe(ProblemCode.Conflict);
        var report = DatabaseRestore.Restore(Copy, _fixture.Database, overwrite: true, _fixture.Time).Value!;

        (await File.ReadAllTextAsync(report.Kept!)).ShouldStartWith("no database");
        (await ContentsAsync(_fixture.Database)).ShouldBe(["Before."]);
    }

    [Fact]
    public async Task Restore_over_keys_without_memories_is_refused_and_when_forced_keeps_them()
    {
        await _fixture.StoreAsync("Before.");
        await _fixture.Store.BackupToAsync(Copy);
        var path = Path.Combine(_fixture.Folder, "keys.db");
        await using (var store = new SqliteMemoryStore(path, _fixture.Time))
        {
            (await new ApiKeys(store, _fixture.Time).CreateAsync("ana", NamespaceList.All, Scopes.Read, expiresAt: null)).Succeeded.ShouldBeTrue();
        }

        DatabaseRestore.Restore(Copy, path, overwrite: false, _fixture.Time).Problem!.Message.ShouldContain("holds 0 memories, 1 keys");
        var report = DatabaseRestore.Restore(Copy, path, overwrite: true, _fixture.Time).Value!;

        await using var kept = new SqliteMemoryStore(report.Kept!, _fixture.Time);
        (await new ApiKeys(kept, _fixture.Time).ListAsync()).ShouldHaveSingleItem().Name.ShouldBe("ana");
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 0)]
    public async Task Restore_over_a_damaged_database_tells_how_many_keys_are_in_force_unless_it_can_read_which_were_revoked(bool canBeRead, long inForce)
    {
        var keys = new ApiKeys(_fixture.Store, _fixture.Time);
        var revoked = (await keys.CreateAsync("ana", NamespaceList.All, Scopes.Read, expiresAt: null)).Value!;
        (await keys.CreateAsync("carol", NamespaceList.All, Scopes.Read, expiresAt: null)).Succeeded.ShouldBeTrue();
        await _fixture.Store.BackupToAsync(Copy);
        await keys.RevokeAsync("ana");
        await _fixture.StoreAsync("After.");
        await CloseAsync();
        Damage(canBeRead);

        var report = DatabaseRestore.Restore(Copy, _fixture.Database, overwrite: true, _fixture.Time).Value!;

        report.KeysInForce.ShouldBe(inForce);
        await using var store = new SqliteMemoryStore(_fixture.Database, _fixture.Time);
        (await new ApiKeys(store, _fixture.Time).CheckAsync(revoked.Text)).Succeeded.ShouldBe(!canBeRead);
    }

    [Fact]
    public async Task Restore_where_the_database_is_gone_tells_how_many_keys_are_in_force()
    {
        (await new ApiKeys(_fixture.Store, _fixture.Time).CreateAsync("ana", NamespaceList.All, Scopes.Read, expiresAt: null)).Succeeded.ShouldBeTrue();
        await _fixture.Store.BackupToAsync(Copy);

        DatabaseRestore.Restore(Copy, Path.Combine(_fixture.Folder, "new.db"), overwrite: false, _fixture.Time).Value!.KeysInForce.ShouldBe(1);
    }

    // Either the beginning, or a page that holds no key.
    private void Damage(bool canBeRead)
    {
        using (var session = new DatabaseFile(_fixture.Database).OpenWriter())
        {
            session.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        using var file = File.OpenHandle(_fixture.Database, FileMode.Open, FileAccess.ReadWrite);
        var at = 0L;
        if (canBeRead)
        {
            using var session = new DatabaseFile(_fixture.Database).OpenReader();
            at = (session.Scalar("SELECT rootpage FROM sqlite_schema WHERE name = 'memories'") - 1) * session.Scalar("PRAGMA page_size");
        }

        RandomAccess.Write(file, new byte[64], at);
    }

    [Fact]
    public async Task Restore_of_what_is_no_backup_changes_nothing()
    {
        await _fixture.StoreAsync("Before.");
        await CloseAsync();
        var text = Path.Combine(_fixture.Folder, "text.db");
        await File.WriteAllTextAsync(text, new string('x', 10_000));

        DatabaseRestore.Restore(text, _fixture.Database, overwrite: true, _fixture.Time).Problem!.Message.ShouldContain("no database");
        DatabaseRestore.Restore(text + "missing", _fixture.Database, overwrite: true, _fixture.Time).Problem!.Code.ShouldBe(ProblemCode.NotFound);
        DatabaseRestore.Restore(_fixture.Database, _fixture.Database, overwrite: true, _fixture.Time).Problem!.Code.ShouldBe(ProblemCode.Invalid);
        (await ContentsAsync(_fixture.Database)).ShouldBe(["Before."]);
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private async Task CloseAsync()
    {
        await _fixture.Memories.DisposeAsync();
        await _fixture.Store.DisposeAsync();
    }

    private async Task<string[]> ContentsAsync(string path)
    {
        await using var store = new SqliteMemoryStore(path, _fixture.Time);
        return await store.ReadAsync(ServiceFixture.Ns, static r => r.StoredAfter(0, 100).Select(static m => m.Memory.Content).ToArray());
    }
}
