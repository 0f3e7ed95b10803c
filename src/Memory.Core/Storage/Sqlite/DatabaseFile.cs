using Memory.Core.Memories;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Memory.Core.Storage.Sqlite;

/// <summary>Opens connections to one database file, with the settings that every connection needs.</summary>
internal sealed class DatabaseFile(string path)
{
    /// <summary>Marks the file as ours ('MEMS' in its header), so that another program's database is refused, not written to.</summary>
    public const int ApplicationId = 0x4D454D53;

    /// <summary>How long a statement waits for other connections, in milliseconds.</summary>
    public const int BusyMilliseconds = 30_000;

    // SQLITE_DBCONFIG_ENABLE_QPSG, https://www.sqlite.org/c3ref/c_dbconfig_defensive.html
    private const int StablePlans = 1007;

    // A connection is used by one thread at a time and nobody asks SQLite how much memory it uses, so its locks around both are only cost.
    // Heard only before the first connection of the process; too late is not wrong, only slower.
    static DatabaseFile()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    /// <summary>Where the file itself is: of a symbolic link what it leads to, as SQLite has it, so that all who use the file find the same backups.</summary>
    public string Path { get; } = Final(System.IO.Path.GetFullPath(path));

    public string BackupFolder => Path + ".backups";

    /// <summary>Whether the file is there and holds nothing.</summary>
    public bool IsEmpty => new FileInfo(Path) is { Exists: true, Length: 0 };

    /// <summary>The log of what was stored last, left beside a file that holds nothing; <see langword="null"/> when there is none. To open the file is to lose the log.</summary>
    public string? LeftLog => IsEmpty && new FileInfo(Path + "-wal") is { Exists: true, Length: > 0 } log ? log.FullName : null;

    /// <summary>Creates the folder and the file when they are missing, readable by their owner only.</summary>
    public void Create()
    {
        var folder = System.IO.Path.GetDirectoryName(Path)!;
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Closing any handle of a file drops the POSIX locks that SQLite in this process holds on it: touch it only when it is missing.
        if (!File.Exists(Path))
        {
            new FileStream(Path, options).Dispose();
        }
    }

    /// <summary>Makes sure that what is written goes where the next process will look for it.</summary>
    /// <exception cref="MemoryStoreException">The file was removed while it was open: the system would go on writing to what nobody can find.</exception>
    public void RequirePresence()
    {
        if (!File.Exists(Path))
        {
            throw new MemoryStoreException(new Problem(
                ProblemCode.StoreUnavailable, $"The database file '{Path}' was removed while the server was using it. Nothing was stored. Restart the server; to keep what it held, put a copy back first."));
        }
    }

    public SqliteSession OpenWriter()
    {
        var session = Open();
        session.Execute("PRAGMA synchronous = FULL");
        session.Execute("PRAGMA foreign_keys = ON");
        session.Execute("PRAGMA secure_delete = ON");
        // What a savepoint may have to put back is kept in memory and not in a temporary file.
        session.Execute("PRAGMA temp_store = MEMORY");
        session.Execute("PRAGMA cache_size = -8192");
        // The pages that every store changes are then copied into the file once for some hundred stores: 16 MB of log at most.
        session.Execute("PRAGMA wal_autocheckpoint = 4000");
        return session;
    }

    public SqliteSession OpenReader()
    {
        var session = Open();
        session.Execute("PRAGMA query_only = ON");
        return session;
    }

    /// <summary>Turns an error of SQLite or the file system into one that says what is wrong and what its owner can do.</summary>
    public MemoryStoreException Explain(Exception error)
    {
        var message = error switch
        {
            SqliteException { SqliteErrorCode: raw.SQLITE_FULL } =>
                $"There is no space left to write to '{Path}'. Nothing was stored; what was stored before is intact. Free some space and try again.",
            SqliteException { SqliteErrorCode: raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH } or UnauthorizedAccessException =>
                $"'{Path}' or its folder cannot be written. Give this user write permission to both, or name another file with --db or MEMORY_DB.",
            // A database with a damaged beginning looks the same; one that was ours has most likely been backed up.
            SqliteException { SqliteErrorCode: raw.SQLITE_NOTADB } when Backups.Newest(this) is null =>
                $"The file '{Path}' is not a database (SQLite would begin it with 'SQLite format 3'). It was not touched. Name another file with --db or MEMORY_DB, "
                + "or move this one away: then a new database is made in its place.",
            SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB } => DamageMessage(error.Message),
            SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED } =>
                $"Another process has been writing to '{Path}' for more than {BusyMilliseconds / 1000} seconds. Nothing was stored; try again.",
            SqliteException { SqliteErrorCode: raw.SQLITE_IOERR } =>
                $"The system would not read or write '{Path}': {error.Message.TrimEnd('.')}. Nothing was stored; what was stored before is intact. Look for a quota, a limit of file sizes, or a failing disk.",
            SqliteException sqlite => $"The file '{Path}' could not be used: {sqlite.Message.TrimEnd('.')}. Nothing was stored.",
            _ => $"The file '{Path}' could not be used: {error.Message} Check the path and its folder, or name another file with --db or MEMORY_DB.",
        };
        return new MemoryStoreException(new Problem(ProblemCode.StoreUnavailable, message), error);
    }

    public string DamageMessage(string finding) =>
        $"The database '{Path}' is damaged ({finding}). " + (Backups.Newest(this) is { } backup
            ? $"The newest backup is '{backup}': stop all servers and run " + (IsEmpty && LeftLog is null
                ? "'memory-server restore' on it, with the same --db. To begin anew instead, remove the empty file."
                : "'memory-server restore --force' on it, with the same --db; the damaged file is moved aside.")
            : "There is no backup beside it. Keep the file; 'sqlite3 FILE .recover' can often rescue its rows.");

    private static string Final(string path)
    {
        try
        {
            return new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;
        }
        catch (IOException)
        {
            // Links in a circle: to open it fails, and says so.
            return path;
        }
    }

    private SqliteSession Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = BusyMilliseconds / 1000,
        }.ToString());
        try
        {
            connection.Open();
            // SQLite's own waiting polls every few milliseconds; the provider's retries only every 150.
            raw.sqlite3_busy_timeout(connection.Handle, BusyMilliseconds);
            // Else a statement with a bound LIMIT is planned anew each time it runs, which takes as long as a small one itself.
            raw.sqlite3_db_config(connection.Handle, StablePlans, 1, out _);
            return new SqliteSession(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
