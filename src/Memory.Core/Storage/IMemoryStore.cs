using Memory.Core.Memories;

namespace Memory.Core.Storage;

/// <summary>
/// Where memories live. Every read and write names its namespace, and the reader or writer it is given sees nothing else:
/// this is the one place where the wall between namespaces stands.
/// Any number of threads and processes may use one store at once.
/// </summary>
/// <remarks>Every method may throw <see cref="MemoryStoreException"/> when the store itself cannot be used.</remarks>
public interface IMemoryStore : IAsyncDisposable
{
    /// <summary>Reads from one consistent snapshot of a namespace.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="ns">The namespace.</param>
    /// <param name="read">Does the reading; must not keep the reader.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    Task<T> ReadAsync<T>(Namespace ns, Func<IMemoryReader, T> read, CancellationToken cancellationToken = default);

    /// <summary>Reads as <see cref="ReadAsync"/> does what the caller needs for a write right after: where that write will find it read already, if it can.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="ns">The namespace.</param>
    /// <param name="read">Does the reading; must be quick, must not keep the reader.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    Task<T> ReadBeforeWriteAsync<T>(Namespace ns, Func<IMemoryReader, T> read, CancellationToken cancellationToken = default);

    /// <summary>Writes in one transaction: all of it is on disk when the task completes, or none of it ever is.</summary>
    /// <typeparam name="T">What the writing yields.</typeparam>
    /// <param name="ns">The namespace.</param>
    /// <param name="write">Does the writing; must be quick, must not keep the writer. An exception undoes what it wrote.</param>
    /// <param name="cancellationToken">Prevents the write if it has not begun; a write that has begun is finished.</param>
    Task<T> WriteAsync<T>(Namespace ns, Func<IMemoryWriter, T> write, CancellationToken cancellationToken = default);

    /// <summary>Every namespace that holds a memory, in ordinal order.</summary>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    Task<IReadOnlyList<Namespace>> NamespacesAsync(CancellationToken cancellationToken = default);

    /// <summary>The size, version and soundness of the store as a whole.</summary>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    Task<StoreHealth> HealthAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes sure that the store can be used, without looking at what it holds: for whoever asks every few seconds.</summary>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <exception cref="MemoryStoreException">It cannot be read, or what would be written now would be lost.</exception>
    Task RequireReadyAsync(CancellationToken cancellationToken = default);

    /// <summary>When the last night's run over the whole store was completed, UTC; the store's creation when there was none.</summary>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    Task<DateTimeOffset> LastNightAsync(CancellationToken cancellationToken = default);

    /// <summary>Notes that a night's run over the whole store was completed.</summary>
    /// <param name="at">When.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    Task SetLastNightAsync(DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes sure that forgotten content is nowhere in the store's files, its write-ahead log and its backups included.
    /// Quick when nothing was erased since the last time.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait for the store; what is left is done the next time.</param>
    /// <returns>Why traces may remain for now, or <see langword="null"/> when none do.</returns>
    Task<string?> PurgeAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Notes which entities some of the newest memories mention: a store leaves that for later. Quick when all are noted.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <returns>Whether there may be more of them.</returns>
    Task<bool> AddNewMentionsAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Finds the entities of some memories that were stored before stores knew entities. Quick when there are none.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <returns>Whether there may be more of them.</returns>
    Task<bool> AddMissingMentionsAsync(CancellationToken cancellationToken = default);

    /// <summary>Writes a verified copy of the whole store beside it.</summary>
    /// <param name="cancellationToken">Ends the copying.</param>
    /// <returns>The path of the copy.</returns>
    Task<string> BackupAsync(CancellationToken cancellationToken = default);

    /// <summary>Writes a verified copy of the whole store while it is in use: the copy was opened again, checked and counted.</summary>
    /// <param name="path">Where to; beside the store with its other backups when left out, and of those only the newest stay.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <returns>The copy, or why there is none.</returns>
    Task<Outcome<BackupReport>> BackupToAsync(string? path, bool overwrite = false, CancellationToken cancellationToken = default);

    /// <summary>When the newest backup beside the store was made, UTC; <see langword="null"/> when there is none.</summary>
    DateTimeOffset? LastBackupAt { get; }

    /// <summary>Looks for what should not be in a sound store.</summary>
    /// <param name="repair">Whether to put right what can be put right without losing anything.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <returns>What was found; nothing when all is well.</returns>
    Task<IReadOnlyList<Finding>> ExamineAsync(bool repair, CancellationToken cancellationToken = default);

    /// <summary>Takes a lease that no other process holds, or extends one's own.</summary>
    /// <param name="name">What is leased.</param>
    /// <param name="holder">Who asks.</param>
    /// <param name="duration">How long it lasts without being extended.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <returns>Who holds the lease now; compare <see cref="Lease.Holder"/> with <paramref name="holder"/>.</returns>
    Task<Lease> AcquireLeaseAsync(string name, string holder, TimeSpan duration, CancellationToken cancellationToken = default);

    /// <summary>Who holds a lease, or held it last without giving it back; <see langword="null"/> for nobody.</summary>
    /// <param name="name">What is leased.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    Task<Lease?> FindLeaseAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Gives a lease back; nothing happens when it is not held by <paramref name="holder"/>.</summary>
    /// <param name="name">What is leased.</param>
    /// <param name="holder">Who gives it back.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    Task ReleaseLeaseAsync(string name, string holder, CancellationToken cancellationToken = default);
}
