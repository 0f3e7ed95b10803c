using Memory.Core.Memories;
using Microsoft.Data.Sqlite;

namespace Memory.Core.Storage.Sqlite;

/// <summary>
/// The store in one SQLite file: write-ahead log, flushed before anybody is answered, one writer a process with group commit, pooled readers.
/// The file is opened (and created, or migrated after a backup) at first use; when that fails, the next use tries again.
/// </summary>
public sealed partial class SqliteMemoryStore : IMemoryStore
{
    private const long MaxComparedBytes = 50_000_000;

    private readonly DatabaseFile _file;
    private readonly TimeProvider _time;
    private readonly int _backupsKept;
    private readonly ReaderPool _readers;
    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile WriteQueue? _writes;
    private bool _disposed;

    /// <summary>Names the file; nothing is opened yet.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="time">The clock.</param>
    /// <param name="backupsKept">How many backups beside the file are kept, at least 1.</param>
    public SqliteMemoryStore(string path, TimeProvider time, int backupsKept = Backups.Kept)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(backupsKept, 1);
        _backupsKept = backupsKept;
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _file = new DatabaseFile(path);
        _time = time ?? throw new ArgumentNullException(nameof(time));
        _readers = new ReaderPool(_file);
    }

    /// <inheritdoc/>
    public async Task<T> ReadAsync<T>(Namespace ns, Func<IMemoryReader, T> read, CancellationToken cancellationToken = default)
    {
        await OpenAsync(cancellationToken);
        return await _readers.ReadAsync(session => read(new SqliteReader(session, ns)), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<T> ReadBeforeWriteAsync<T>(Namespace ns, Func<IMemoryReader, T> read, CancellationToken cancellationToken = default)
    {
        var writes = await OpenAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return writes.TryRead(session => read(new SqliteReader(session, ns)), out var found) ? found : await ReadAsync(ns, read, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<T> WriteAsync<T>(Namespace ns, Func<IMemoryWriter, T> write, CancellationToken cancellationToken = default)
    {
        var writes = await OpenAsync(cancellationToken);
        return await writes.EnqueueAsync(
            session =>
            {
                var writer = new SqliteWriter(session, ns);
                var result = write(writer);
                writer.IndexWords();
                return result;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Namespace>> NamespacesAsync(CancellationToken cancellationToken = default)
    {
        await OpenAsync(cancellationToken);
        // Jumps from one namespace to the next along the index instead of reading every row.
        return await _readers.ReadAsync(static session => session.Query(
            """
            WITH RECURSIVE names (name) AS (
              SELECT min(namespace) FROM memories
              UNION ALL SELECT (SELECT min(namespace) FROM memories WHERE namespace > name) FROM names WHERE name IS NOT NULL)
            SELECT name FROM names WHERE name IS NOT NULL ORDER BY name
            """,
            static r => Namespace.FromStore(r.GetString(0))), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<StoreHealth> HealthAsync(CancellationToken cancellationToken = default)
    {
        var writes = await OpenAsync(cancellationToken);
        _file.RequirePresence();
        // FTS5's part of the check trusts the connection's memory of the index, without asking whether another process has merged its segments
        // since, and would call a sound index damaged.
        var (version, created, damage) = await _readers.ReadFreshAsync(static session => (
            Migrator.Version(session), Properties.CreatedAt(session), Integrity.Check(session)), cancellationToken);
        var wal = new FileInfo(_file.Path + "-wal");
        var size = new FileInfo(_file.Path).Length + (wal.Exists ? wal.Length : 0);
        // SQLite wants the writer's lock to compare index and rows, and takes about a second for each 50 MB: others would wait for it.
        if (size <= MaxComparedBytes)
        {
            damage ??= await writes.EnqueueAsync(Integrity.CheckIndexes, cancellationToken, isLong: true);
        }

        return new StoreHealth(
            _file.Path,
            size,
            version,
            created,
            damage is null ? null : _file.DamageMessage(damage));
    }

    /// <inheritdoc/>
    public async Task RequireReadyAsync(CancellationToken cancellationToken = default)
    {
        await OpenAsync(cancellationToken);
        _file.RequirePresence();
        await _readers.ReadAsync(Properties.CreatedAt, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset> LastNightAsync(CancellationToken cancellationToken = default)
    {
        await OpenAsync(cancellationToken);
        return await _readers.ReadAsync(Properties.LastNight, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task SetLastNightAsync(DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        var writes = await OpenAsync(cancellationToken);
        await writes.EnqueueAsync(session => Properties.SetLastNight(session, at), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<string?> PurgeAsync(CancellationToken cancellationToken = default)
    {
        var writes = await OpenAsync(cancellationToken);
        return await new Purge(_file, _time).RunAsync(_readers, writes, () => BackupAsync(CancellationToken.None), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> AddNewMentionsAsync(CancellationToken cancellationToken = default)
    {
        var writes = await OpenAsync(cancellationToken);
        return await _readers.ReadAsync(Mentions.AreMissing, cancellationToken)
            && await writes.EnqueueAsync(Mentions.WriteSomeNew, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> AddMissingMentionsAsync(CancellationToken cancellationToken = default)
    {
        var writes = await OpenAsync(cancellationToken);
        return await _readers.ReadAsync(static session => Properties.MentionsMissingTo(session) is not null, cancellationToken)
            && await writes.EnqueueAsync(Mentions.WriteSomeMissing, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Lease> AcquireLeaseAsync(string name, string holder, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        var writes = await OpenAsync(cancellationToken);
        return await writes.EnqueueAsync(session => Leases.Acquire(session, name, holder, duration, _time.GetUtcNow()), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Lease?> FindLeaseAsync(string name, CancellationToken cancellationToken = default)
    {
        await OpenAsync(cancellationToken);
        return await _readers.ReadAsync(session => Leases.Find(session, name), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task ReleaseLeaseAsync(string name, string holder, CancellationToken cancellationToken = default)
    {
        var writes = await OpenAsync(cancellationToken);
        await writes.EnqueueAsync(session => Leases.Release(session, name, holder), cancellationToken);
    }

    /// <summary>From now on no write waits longer than 0.2 seconds for another process that writes: for when the process is about to end.</summary>
    public void Hasten() => _writes?.Hasten();

    /// <summary>Finishes the writes that are queued and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _opening.WaitAsync();
        _disposed = true;
        _opening.Release();
        _readers.Dispose();
        if (_writes is { } writes)
        {
            await writes.DisposeAsync();
        }
    }

    private async ValueTask<WriteQueue> OpenAsync(CancellationToken cancellationToken)
    {
        if (_writes is { } open)
        {
            return open;
        }

        await _opening.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _writes ??= Thread.CurrentThread.IsThreadPoolThread ? Open() : await Task.Run(Open, cancellationToken);
        }
        finally
        {
            _opening.Release();
        }
    }

    private WriteQueue Open()
    {
        SqliteSession? session = null;
        try
        {
            if ((DatabaseFiles.Unusable(_file.Path) ?? EmptyDatabase.FindLoss(_file)) is { } problem)
            {
                throw new MemoryStoreException(problem);
            }

            _file.Create();
            session = _file.OpenWriter();
            Migrator.Migrate(session, _file, _time);
            return new WriteQueue(_file, session, new LogFlush(session, _file.Path));
        }
        catch (Exception error)
        {
            session?.Dispose();
            throw error is SqliteException or IOException or UnauthorizedAccessException ? _file.Explain(error) : error;
        }
    }
}
