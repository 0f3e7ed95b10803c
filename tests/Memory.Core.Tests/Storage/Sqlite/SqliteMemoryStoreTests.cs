using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Memory.Core.Tests.Storage.Sqlite;

public sealed class SqliteMemoryStoreTests
{
    private static readonly Namespace Ns = Namespace.Default;

    [Fact]
    public async Task Open_of_a_newer_version_is_refused_with_the_reason_and_touches_nothing()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("Harbor is up");
        await f.Store.DisposeAsync();
        Execute(f.Database, "PRAGMA user_version = 99");
        var before = await File.ReadAllBytesAsync(f.Database);
        await using var store = f.AnotherStore();

        var error = await Should.ThrowAsync<MemoryStoreException>(() => store.ReadAsync(Ns, static r => r.LastSequence()));

        error.Problem.Message.ShouldContain("newer version");
        error.Problem.Message.ShouldContain("99");
        (await File.ReadAllBytesAsync(f.Database)).ShouldBe(before);
    }

    [Fact]
    public async Task Open_of_another_programs_database_is_refused_and_touches_nothing()
    {
        using var folder = new TemporaryFolder();
        Execute(folder.File("memory.db"), "CREATE TABLE theirs (x)", create: true);
        var before = await File.ReadAllBytesAsync(folder.File("memory.db"));
        await using var store = new SqliteMemoryStore(folder.File("memory.db"), TimeProvider.System);

        (await Should.ThrowAsync<MemoryStoreException>(() => store.NamespacesAsync())).Problem.Message.ShouldContain("another program");

        (await File.ReadAllBytesAsync(folder.File("memory.db"))).ShouldBe(before);
    }

    [Fact]
    public async Task Open_of_a_file_with_a_second_name_is_refused_under_both_and_whoever_had_it_open_goes_on()
    {
        if (OperatingSystem.IsMacOS())
        {
            // Nobody tells how many names a file has there.
            return;
        }

        await using var f = new ServiceFixture();
        await f.StoreAsync("Harbor is up");
        var second = Path.Combine(f.Folder, "second.db");
        await (OperatingSystem.IsWindows() ? SystemTool.RunAsync("cmd", "/c", "mklink", "/H", second, f.Database) : SystemTool.RunAsync("ln", f.Database, second));

        foreach (var path in new[] { f.Database, second })
        {
            await using var store = new SqliteMemoryStore(path, TimeProvider.System);
            (await Should.ThrowAsync<MemoryStoreException>(() => store.NamespacesAsync())).Problem.Message.ShouldContain("2 names (hard links)");
        }

        File.Exists(second + "-wal").ShouldBeFalse();
        await f.StoreAsync("Harbor stays up");
        (await f.RecallAsync("harbor")).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Open_of_a_file_that_is_no_database_says_so()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("memory.db"), new string('x', 5000));
        await using var store = new SqliteMemoryStore(folder.File("memory.db"), TimeProvider.System);

        (await Should.ThrowAsync<MemoryStoreException>(() => store.NamespacesAsync())).Problem.Message.ShouldContain("is not a database");

        (await File.ReadAllTextAsync(folder.File("memory.db"))).ShouldBe(new string('x', 5000));
    }

    [Fact]
    public async Task Open_where_no_file_can_be_says_what_to_do_and_succeeds_once_it_can()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("blocked"), "a file where a folder should be");
        await using var store = new SqliteMemoryStore(folder.File("blocked/memory.db"), TimeProvider.System);

        (await Should.ThrowAsync<MemoryStoreException>(() => store.NamespacesAsync())).Problem.Message.ShouldContain("blocked");

        File.Delete(folder.File("blocked"));
        (await store.NamespacesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Health_of_a_damaged_file_says_so_and_names_the_backup()
    {
        await using var f = new ServiceFixture();
        for (var i = 0; i < 200; i++)
        {
            await f.StoreAsync($"Statement number {i} about nothing in particular");
        }

        var backup = await f.Store.BackupAsync();
        await f.Memories.DisposeAsync();
        await f.Store.DisposeAsync();
        await using (var file = File.OpenWrite(f.Database))
        {
            // Page 1 keeps the header sane; the middle of the file is overwritten.
            file.Seek(file.Length / 2, SeekOrigin.Begin);
            await file.WriteAsync(new byte[16 * 1024]);
        }

        await using var store = f.AnotherStore();
        string? damage;
        try
        {
            damage = (await store.HealthAsync()).Damage;
        }
        catch (MemoryStoreException error)
        {
            // Depending on which page is hit, opening or checking finds it first; the words are the same.
            damage = error.Problem.Message;
        }

        damage.ShouldNotBeNull();
        damage.ShouldContain("damaged");
        damage.ShouldContain(backup);
    }

    [Fact]
    public async Task Health_finds_a_full_text_index_that_disagrees_with_the_rows()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("Harbor is up");
        await f.Store.DisposeAsync();
        Execute(f.Database, "INSERT INTO memory_words (memory_words, rowid, content) VALUES ('delete', 1, 'Harbor is up')");
        await using var store = f.AnotherStore();

        (await store.HealthAsync()).Damage!.ShouldContain("index");
    }

    [Fact]
    public async Task Backup_is_a_sound_copy_and_only_the_newest_three_are_kept()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("Harbor is up");
        var backups = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            backups.Add(await f.Store.BackupAsync());
            f.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Directory.GetFiles(f.Database + ".backups").Order().ShouldBe(backups[2..]);
        await using var copy = new SqliteMemoryStore(backups[4], f.Time);
        (await copy.ReadAsync(Ns, static r => r.Search(LexicalQuery.Parse("harbor"), new(), 5))).Single().Memory.Content.ShouldBe("Harbor is up");
        (await copy.HealthAsync()).Damage.ShouldBeNull();
    }

    [Fact]
    public async Task Write_to_a_file_that_was_removed_is_refused_and_neither_ready_nor_healthy_is_said_of_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not remove a file that is open.");
        using var folder = new TemporaryFolder();
        await using var store = new SqliteMemoryStore(folder.File("memory.db"), TimeProvider.System);
        await store.SetLastNightAsync(DateTimeOffset.UnixEpoch);
        await store.RequireReadyAsync();
        File.Delete(folder.File("memory.db"));

        foreach (var use in new Func<Task>[] { () => store.SetLastNightAsync(DateTimeOffset.UnixEpoch), () => store.RequireReadyAsync(), () => store.HealthAsync() })
        {
            (await Should.ThrowAsync<MemoryStoreException>(use)).Message.ShouldContain("was removed");
        }
    }

    [Fact]
    public async Task Files_are_readable_by_their_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var folder = new TemporaryFolder();
        await using var store = new SqliteMemoryStore(folder.File("sub/memory.db"), TimeProvider.System);
        await store.WriteAsync(Ns, static w => w.LastSequence());
        var backup = await store.BackupAsync();

        foreach (var file in Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Append(backup))
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
        }

        File.GetUnixFileMode(folder.File("sub")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task Database_has_write_ahead_log_and_is_marked_as_ours()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("Harbor is up");
        using var connection = new SqliteConnection($"Data Source={f.Database};Mode=ReadOnly;Pooling=False");
        connection.Open();

        Scalar("PRAGMA journal_mode").ShouldBe("wal");
        Scalar("PRAGMA application_id").ShouldBe(0x4D454D53L);
        Scalar("PRAGMA user_version").ShouldBe((long)Migrator.CurrentVersion);

        object? Scalar(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return command.ExecuteScalar();
        }
    }

    [Fact]
    public void Explain_of_what_the_system_would_not_write_names_what_may_limit_it()
    {
        using var folder = new TemporaryFolder();

        var problem = new DatabaseFile(folder.File("memory.db")).Explain(new SqliteException("disk I/O error", 10)).Problem;

        problem.Message.ShouldContain("disk I/O error. Nothing was stored; what was stored before is intact.");
        problem.Message.ShouldContain("a limit of file sizes");
    }

    [Fact]
    public void Writer_flushes_every_commit_to_the_disk_and_reader_cannot_write()
    {
        using var folder = new TemporaryFolder();
        var file = new DatabaseFile(folder.File("memory.db"));
        file.Create();
        using var writer = file.OpenWriter();
        using var reader = file.OpenReader();

        writer.Scalar("PRAGMA synchronous").ShouldBe(2, "FULL");
        writer.Scalar("PRAGMA foreign_keys").ShouldBe(1);
        writer.Scalar("PRAGMA secure_delete").ShouldBe(1);
        reader.Scalar("PRAGMA query_only").ShouldBe(1);
    }

    [Fact]
    public async Task Rows_cannot_be_deleted_even_by_hand()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("Harbor is up");
        await f.Store.DisposeAsync();

        Should.Throw<SqliteException>(() => Execute(f.Database, "DELETE FROM memories")).Message.ShouldContain("never deleted");
    }

    private static void Execute(string path, string sql, bool create = false)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode={(create ? "ReadWriteCreate" : "ReadWrite")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
