using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Tests.Operations;

/// <summary>A store that tells before each write how many there were.</summary>
internal sealed class WatchedStore(IMemoryStore store, Action<int> beforeWrite) : IMemoryStore
{
    private int _writes;

    public Task<T> ReadAsync<T>(Namespace ns, Func<IMemoryReader, T> read, CancellationToken cancellationToken = default) => store.ReadAsync(ns, read, cancellationToken);

    public Task<T> ReadBeforeWriteAsync<T>(Namespace ns, Func<IMemoryReader, T> read, CancellationToken cancellationToken = default) => store.ReadBeforeWriteAsync(ns, read, cancellationToken);

    public Task<T> WriteAsync<T>(Namespace ns, Func<IMemoryWriter, T> write, CancellationToken cancellationToken = default)
    {
        beforeWrite(_writes++);
        return store.WriteAsync(ns, write, cancellationToken);
    }

    public Task<IReadOnlyList<Namespace>> NamespacesAsync(CancellationToken cancellationToken = default) => store.NamespacesAsync(cancellationToken);

    public Task<StoreHealth> HealthAsync(CancellationToken cancellationToken = default) => store.HealthAsync(cancellationToken);

    public Task RequireReadyAsync(CancellationToken cancellationToken = default) => store.RequireReadyAsync(cancellationToken);

    public Task<DateTimeOffset> LastNightAsync(CancellationToken cancellationToken = default) => store.LastNightAsync(cancellationToken);

    public Task SetLastNightAsync(DateTimeOffset at, CancellationToken cancellationToken = default) => store.SetLastNightAsync(at, cancellationToken);

    public Task<string?> PurgeAsync(CancellationToken cancellationToken = default) => store.PurgeAsync(cancellationToken);

    public Task<bool> AddNewMentionsAsync(CancellationToken cancellationToken = default) => store.AddNewMentionsAsync(cancellationToken);

    public Task<bool> AddMissingMentionsAsync(CancellationToken cancellationToken = default) => store.AddMissingMentionsAsync(cancellationToken);

    public Task<string> BackupAsync(CancellationToken cancellationToken = default) => store.BackupAsync(cancellationToken);

    public Task<Outcome<BackupReport>> BackupToAsync(string? path, bool overwrite = false, CancellationToken cancellationToken = default) => store.BackupToAsync(path, overwrite, cancellationToken);

    public DateTimeOffset? LastBackupAt => store.LastBackupAt;

    public Task<IReadOnlyList<Finding>> ExamineAsync(bool repair, CancellationToken cancellationToken = default) => store.ExamineAsync(repair, cancellationToken);

    public Task<Lease> AcquireLeaseAsync(string name, string holder, TimeSpan duration, CancellationToken cancellationToken = default) =>
        store.AcquireLeaseAsync(name, holder, duration, cancellationToken);

    public Task<Lease?> FindLeaseAsync(string name, CancellationToken cancellationToken = default) => store.FindLeaseAsync(name, cancellationToken);

    public Task ReleaseLeaseAsync(string name, string holder, CancellationToken cancellationToken = default) => store.ReleaseLeaseAsync(name, holder, cancellationToken);

    /// <summary>Leaves the store open: it belongs to whoever made it.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
