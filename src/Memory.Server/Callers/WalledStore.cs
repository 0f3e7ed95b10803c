using Memory.Core.Access;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Microsoft.Extensions.Logging;

namespace Memory.Server.Callers;

/// <summary>
/// The one place where a caller is held against its namespaces: everything that reads or writes memories, whatever the door it came through
/// and whatever it knows (ids, cursors, plans, runs), goes through this store. Quotas are held here too, inside the transaction that would break them,
/// and callers take turns in reading and in writing.
/// </summary>
/// <exception cref="MemoryStoreException">Thrown by every method with <see cref="ProblemCode.Forbidden"/> when the caller may not do this, or not there.</exception>
internal sealed class WalledStore(IMemoryStore inner, CallerContext callers, Quota quota, TimeProvider time, ILogger<CoalescedPurge>? logger = null) : IMemoryStore
{
    private const Scopes Changing = Scopes.Write | Scopes.Consolidate;

    // So many share a commit, and whoever comes has no more than these before it. While others write too each caller has one.
    private const int WritesAtOnce = 8;

    // Somebody who stores once every few seconds shall not find hundreds before it either.
    private static readonly TimeSpan AboutWriting = TimeSpan.FromSeconds(10);

    // A write that worked for longer than this is followed by a rest, so that at most one in fifty writes of others meets one. It counts until its
    // commit is on disk, for so long nobody else could write. But all that a caller has waiting must come through before requests have taken too long.
    private static readonly TimeSpan ShortWrite = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan AllThrough = TimeSpan.FromSeconds(24);
    private const int RestsPerWrite = 49;

    // A check of a small store takes the writer's lock for a moment: however many ask, it is made now and then.
    private static readonly TimeSpan HealthLifetime = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _checking = new(1, 1);
    private (StoreHealth Health, DateTimeOffset At)? _checked;
    private readonly TimeProvider _time = time;

    // More at once than there are processors would only make each slower, the fastest and the slowest alike.
    private readonly FairGate _reading = new(Environment.ProcessorCount, time);
    private readonly FairGate _writing = new(WritesAtOnce, time, share: 1, AboutWriting);
    private readonly ConsolidationThrottle _throttle = new(time);
    private readonly CoalescedPurge _purging = new(() => inner.PurgeAsync(CancellationToken.None), time, logger);

    public async Task<T> ReadAsync<T>(Namespace ns, Func<IMemoryReader, T> read, CancellationToken cancellationToken = default)
    {
        if (callers.Current is not { Caller: var caller })
        {
            return await inner.ReadAsync(ns, read, cancellationToken);
        }

        Require(caller.Refuse(Scopes.Read, ns));
        var turn = await _reading.EnterAsync(caller.Id, cancellationToken);
        var started = _time.GetTimestamp();
        T result;
        try
        {
            result = await inner.ReadAsync(ns, read, cancellationToken);
        }
        finally
        {
            turn.Leave(_reading.WaitingOf(caller.Id) is > 0 and var waiting && _reading.AreOthersAbout(caller.Id) ? CallerTurns.RestAfter(_time.GetElapsedTime(started), waiting) : TimeSpan.Zero);
        }

        await RestIfConsolidatingAsync(cancellationToken);
        return result;
    }

    // Where there are several callers, what one of them reads would keep the others' writes waiting.
    public Task<T> ReadBeforeWriteAsync<T>(Namespace ns, Func<IMemoryReader, T> read, CancellationToken cancellationToken = default) =>
        callers.Current is null ? inner.ReadBeforeWriteAsync(ns, read, cancellationToken) : ReadAsync(ns, read, cancellationToken);

    public async Task<T> WriteAsync<T>(Namespace ns, Func<IMemoryWriter, T> write, CancellationToken cancellationToken = default)
    {
        if (callers.Current is not { } request)
        {
            return await inner.WriteAsync(ns, write, cancellationToken);
        }

        var caller = request.Caller.Id;
        Require(request.Caller.Refuse(request.Operation & Changing, ns) ?? RefuseWritingWhileReading(request));
        var turn = await _writing.EnterAsync(caller, cancellationToken);
        var isOwn = request.Operation == Scopes.Write;
        var metered = isOwn && quota != Quota.None ? Metered(write) : write;
        var (started, worked) = (0L, TimeSpan.Zero);
        T result;
        try
        {
            result = await inner.WriteAsync(
                ns,
                writer =>
                {
                    started = _time.GetTimestamp();
                    try
                    {
                        return metered(writer);
                    }
                    finally
                    {
                        worked = _time.GetElapsedTime(started);
                    }
                },
                cancellationToken);
        }
        finally
        {
            // The units of a consolidation are short, and there may be thousands.
            turn.Leave(
                isOwn && worked > ShortWrite && (_writing.AreOthersAbout(caller) || _reading.AreOthersAbout(caller)) ? RestAfter(_time.GetElapsedTime(started), _writing.WaitingOf(caller)) : TimeSpan.Zero);
        }

        await RestIfConsolidatingAsync(cancellationToken);
        return result;
    }

    /// <summary>The caller's own namespaces among those that hold a memory.</summary>
    public async Task<IReadOnlyList<Namespace>> NamespacesAsync(CancellationToken cancellationToken = default)
    {
        var all = await inner.NamespacesAsync(cancellationToken);
        return callers.Current is { Caller: var caller } ? [.. all.Where(ns => caller.Refuse(Scopes.Read, ns) is null)] : all;
    }

    /// <summary>How the store is; where it lies and how large it is (which tells of others' memories) only to an administrator.</summary>
    public async Task<StoreHealth> HealthAsync(CancellationToken cancellationToken = default)
    {
        if (callers.Current is null)
        {
            return await inner.HealthAsync(cancellationToken);
        }

        var health = await RecentHealthAsync(cancellationToken);
        return callers.Current is not { Caller: var caller } || caller.RefuseAdministration() is null
            ? health
            : health with { Location = string.Empty, SizeBytes = 0, Damage = health.Damage is null ? null : "The database is damaged; whoever runs the server is told more." };
    }

    public Task RequireReadyAsync(CancellationToken cancellationToken = default) => inner.RequireReadyAsync(cancellationToken);

    public Task<DateTimeOffset> LastNightAsync(CancellationToken cancellationToken = default) => inner.LastNightAsync(cancellationToken);

    public Task SetLastNightAsync(DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        RequireScope(Scopes.Admin);
        return inner.SetLastNightAsync(at, cancellationToken);
    }

    public Task<string?> PurgeAsync(CancellationToken cancellationToken = default)
    {
        RequireScope(Scopes.Write);
        return callers.Current is { Caller.Id: var caller }
            ? _purging.RunAsync(caller, rests: _writing.AreOthersAbout(caller) || _reading.AreOthersAbout(caller))
            : inner.PurgeAsync(cancellationToken);
    }

    // What follows from texts that are stored already is nobody's change, and nobody is told of it.
    public Task<bool> AddNewMentionsAsync(CancellationToken cancellationToken = default) => inner.AddNewMentionsAsync(cancellationToken);

    public Task<bool> AddMissingMentionsAsync(CancellationToken cancellationToken = default)
    {
        RequireScope(Scopes.Admin);
        return inner.AddMissingMentionsAsync(cancellationToken);
    }

    public Task<string> BackupAsync(CancellationToken cancellationToken = default)
    {
        RequireScope(Scopes.Admin);
        return inner.BackupAsync(cancellationToken);
    }

    public Task<Outcome<BackupReport>> BackupToAsync(string? path, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        RequireScope(Scopes.Admin);
        return inner.BackupToAsync(path, overwrite, cancellationToken);
    }

    public DateTimeOffset? LastBackupAt => inner.LastBackupAt;

    public Task<IReadOnlyList<Finding>> ExamineAsync(bool repair, CancellationToken cancellationToken = default)
    {
        RequireScope(Scopes.Admin);
        return inner.ExamineAsync(repair, cancellationToken);
    }

    /// <summary>The lease; who else holds it, and since when, (which tells of others' work) only to an administrator.</summary>
    public async Task<Lease> AcquireLeaseAsync(string name, string holder, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        RequireScope(Scopes.Consolidate);
        var lease = await inner.AcquireLeaseAsync(name, holder, duration, cancellationToken);
        return lease.Holder == holder || callers.Current is not { Caller: var caller } || caller.RefuseAdministration() is null
            ? lease
            : lease with { Holder = "another", AcquiredAt = default };
    }

    public Task<Lease?> FindLeaseAsync(string name, CancellationToken cancellationToken = default)
    {
        RequireScope(Scopes.Admin);
        return inner.FindLeaseAsync(name, cancellationToken);
    }

    public Task ReleaseLeaseAsync(string name, string holder, CancellationToken cancellationToken = default)
    {
        RequireScope(Scopes.Consolidate);
        return inner.ReleaseLeaseAsync(name, holder, cancellationToken);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private async Task<StoreHealth> RecentHealthAsync(CancellationToken cancellationToken)
    {
        // What was found sound a moment ago may be gone.
        await inner.RequireReadyAsync(cancellationToken);
        await _checking.WaitAsync(cancellationToken);
        try
        {
            if (_checked is not { } recent || _time.GetUtcNow() - recent.At > HealthLifetime)
            {
                _checked = recent = (await inner.HealthAsync(cancellationToken), _time.GetUtcNow());
            }

            return recent.Health;
        }
        finally
        {
            _checking.Release();
        }
    }

    private static TimeSpan RestAfter(TimeSpan held, int waiting) => held * RestsPerWrite is var rest && AllThrough / (1 + waiting) is var longest && rest < longest ? rest : longest;

    // Between two pieces of its work, while it holds neither a turn nor a lock.
    private ValueTask RestIfConsolidatingAsync(CancellationToken cancellationToken) =>
        callers.Current is { Operation: Scopes.Consolidate, Caller.Id: var caller } && _reading.AreOthersAbout(caller) ? _throttle.RestAsync(cancellationToken) : ValueTask.CompletedTask;

    // What was admitted as reading stays reading.
    private static Problem? RefuseWritingWhileReading(CallerContext.CallerRequest request) =>
        (request.Operation & Changing) == 0 ? new Problem(ProblemCode.Forbidden, "This call was admitted to read only.") : null;

    private Func<IMemoryWriter, T> Metered<T>(Func<IMemoryWriter, T> write) => writer =>
    {
        var before = writer.Usage();
        var result = write(writer);
        var after = writer.Usage();
        Require(Over(quota.Memories, before.Memories, after.Memories, "memories", writer.Namespace) ?? Over(quota.Bytes, before.Bytes, after.Bytes, "bytes of content, tags and evidence", writer.Namespace));
        return result;
    };

    private static Problem? Over(long? limit, long before, long after, string what, Namespace ns) => after > limit && after > before
        ? new Problem(ProblemCode.QuotaExceeded, FormattableString.Invariant(
            $"Namespace '{ns}' would hold {after:N0} {what}; {limit:N0} are allowed. Nothing was stored. Forget something, or ask whoever runs the server for more."))
        : null;

    private void RequireScope(Scopes needed) => Require(callers.Current?.Caller.RefuseScope(needed));

    private static void Require(Problem? problem)
    {
        if (problem is not null)
        {
            throw new MemoryStoreException(problem);
        }
    }
}
