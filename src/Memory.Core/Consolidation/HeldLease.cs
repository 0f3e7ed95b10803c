using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Consolidation;

/// <summary>A lease on consolidation while this process holds it, kept alive by a heartbeat. Disposing gives it back.</summary>
internal sealed class HeldLease : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly IMemoryStore _store;
    private readonly string _name;
    private readonly TimeSpan _duration;
    private readonly ITimer _heartbeat;

    private HeldLease(IMemoryStore store, string name, string holder, TimeSpan duration, TimeProvider time)
    {
        _store = store;
        _name = name;
        Holder = holder;
        _duration = duration;
        _heartbeat = time.CreateTimer(_ => _ = BeatAsync(), null, duration / 3, duration / 3);
    }

    /// <summary>Who holds it: this process and a random part, so that two callers within one process exclude each other too.</summary>
    public string Holder { get; }

    /// <summary>The lease of whoever consolidates a namespace.</summary>
    public static string NameOf(Namespace ns) => $"{Consolidator.NightLeaseName}/{ns}";

    /// <summary>Takes the lease on a namespace, or says who has it and since when.</summary>
    public static Task<(HeldLease? Lease, Problem? Problem)> TakeAsync(
        IMemoryStore store, Namespace ns, TimeSpan duration, TimeProvider time, Random random, CancellationToken cancellationToken, TimeSpan wait = default) =>
        TakeAsync(store, NameOf(ns), $"Another consolidation of namespace '{ns}' is at work", duration, time, random, wait, cancellationToken);

    /// <summary>Takes the lease on the night's work, or says who has it and since when.</summary>
    public static Task<(HeldLease? Lease, Problem? Problem)> TakeNightAsync(
        IMemoryStore store, TimeSpan duration, TimeProvider time, Random random, CancellationToken cancellationToken) =>
        TakeAsync(store, Consolidator.NightLeaseName, "The night's consolidation is at work already", duration, time, random, wait: TimeSpan.Zero, cancellationToken);

    private static async Task<(HeldLease? Lease, Problem? Problem)> TakeAsync(
        IMemoryStore store, string name, string busy, TimeSpan duration, TimeProvider time, Random random, TimeSpan wait, CancellationToken cancellationToken)
    {
        var holder = $"{ProcessIdentity.Current}/{MemoryId.New(random)}";
        var started = time.GetTimestamp();
        var lease = await store.AcquireLeaseAsync(name, holder, duration, cancellationToken);
        while (lease.Holder != holder && time.GetElapsedTime(started) < wait)
        {
            await Task.Delay(Pause, time, cancellationToken);
            lease = await store.AcquireLeaseAsync(name, holder, duration, cancellationToken);
        }

        return lease.Holder == holder
            ? (new HeldLease(store, name, holder, duration, time), null)
            : (null, new Problem(ProblemCode.Busy, $"{busy}{Who(lease)}. Try again when it is done."));
    }

    public async ValueTask DisposeAsync()
    {
        await _heartbeat.DisposeAsync();
        try
        {
            await _store.ReleaseLeaseAsync(_name, Holder, CancellationToken.None);
        }
        catch (MemoryStoreException)
        {
            // A disk may be full. What was done under the lease has said so, and nobody has to wait for whoever is done.
            ProcessIdentity.GiveUp(Holder);
        }
    }

    // A holder that is no process is one that the caller may not know.
    private static string Who(Lease lease) => lease.Holder.Split('/') is [_, var pid, ..] ? $": process {pid} since {lease.AcquiredAt:yyyy-MM-dd HH:mm:ss} UTC" : string.Empty;

    private async Task BeatAsync()
    {
        try
        {
            await _store.AcquireLeaseAsync(_name, Holder, _duration);
        }
        catch (Exception error) when (error is MemoryStoreException or ObjectDisposedException)
        {
            // The next beat tries again; every unit of work checks who holds the lease before it writes.
        }
    }
}
