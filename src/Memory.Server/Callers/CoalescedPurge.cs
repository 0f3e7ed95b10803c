using Memory.Core.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Memory.Server.Callers;

/// <summary>
/// Removing what an erasure leaves in the files rewrites them, and nobody else can write meanwhile. Who forgets while others do shares the next
/// rewriting with them; and while others are about, a caller that forgets again and again waits between two of its own, so that what it asks for
/// leaves the others most of the time. Nobody is told that nothing remains before a rewriting that began after its own erasure.
/// </summary>
/// <param name="purge">Does it.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where it is told when one that nobody waits for leaves traces; nowhere when left out.</param>
internal sealed partial class CoalescedPurge(Func<Task<string?>> purge, TimeProvider time, ILogger<CoalescedPurge>? logger = null)
{
    // So that at most one in fifty writes of others meets one.
    private const int RestsPerPurge = 49;

    // Who would have to wait longer is told so, and the rewriting comes when it is time.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly ILogger _logger = logger ?? NullLogger<CoalescedPurge>.Instance;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _restsUntil = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _own = new(StringComparer.Ordinal);
    private readonly HashSet<string> _later = new(StringComparer.Ordinal);
    private Task<string?> _latest = Task.FromResult<string?>(null);
    private Task<string?>? _next;

    /// <summary>Completes when what the caller erased before is nowhere in the files, or will not be for a while.</summary>
    /// <param name="caller">Who forgot.</param>
    /// <param name="rests">Whether a caller that has just had one waits.</param>
    /// <returns>Why traces may remain, or <see langword="null"/> when none do.</returns>
    public async Task<string?> RunAsync(string caller, bool rests)
    {
        if (rests && AtWork(caller) is { } own)
        {
            await own.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (rests && Rest(caller) is { Ticks: > 0 } rest)
        {
            if (rest > LongestWait)
            {
                DoLater(caller, rest);
                return $"others are at work, and the file was rewritten for this caller a moment ago; it is again within {Math.Ceiling(rest.TotalSeconds):0} seconds";
            }

            await Task.Delay(rest, time);
        }

        return await ShareAsync(caller);
    }

    private async Task<string?> ShareAsync(string caller)
    {
        Task<string?> shared;
        lock (_lock)
        {
            if (_next is null)
            {
                var before = _latest;
                _own[caller] = _latest = _next = Task.Run(() => PurgeAsync(caller, before));
            }

            shared = _next;
        }

        return await shared;
    }

    private void DoLater(string caller, TimeSpan rest)
    {
        lock (_lock)
        {
            if (!_later.Add(caller))
            {
                return;
            }
        }

        _ = LaterAsync(caller, rest);
    }

    private async Task LaterAsync(string caller, TimeSpan rest)
    {
        await Task.Delay(rest, time);
        lock (_lock)
        {
            _later.Remove(caller);
        }

        // Nobody waits for it. That it is to be done stands in the store itself: the next forget, night or start does it.
        try
        {
            if (await ShareAsync(caller) is { } reason)
            {
                TracesRemain(reason);
            }
        }
        catch (Exception error) when (error is MemoryStoreException or ObjectDisposedException)
        {
            TracesRemain(error.Message);
        }
    }

    // The caller's own, when it has begun: too late to share, and the rest comes after it.
    private Task? AtWork(string caller)
    {
        lock (_lock)
        {
            return _own.TryGetValue(caller, out var own) && own != _next ? own : null;
        }
    }

    private TimeSpan Rest(string caller)
    {
        lock (_lock)
        {
            return _restsUntil.TryGetValue(caller, out var until) ? until - time.GetUtcNow() : TimeSpan.Zero;
        }
    }

    private async Task<string?> PurgeAsync(string caller, Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            // Who erases from here on may come too late for this one.
            _next = null;
        }

        var started = time.GetTimestamp();
        try
        {
            return await purge();
        }
        finally
        {
            Note(caller, time.GetElapsedTime(started));
        }
    }

    private void Note(string caller, TimeSpan took)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            foreach (var (other, _) in _restsUntil.Where(r => r.Value <= now).ToArray())
            {
                _restsUntil.Remove(other);
            }

            foreach (var (other, _) in _own.Where(static o => o.Value.IsCompleted).ToArray())
            {
                _own.Remove(other);
            }

            _restsUntil[caller] = now + (took * RestsPerPurge);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Traces of what was forgotten may remain in the store's files for now: {Reason}")]
    private partial void TracesRemain(string reason);
}
