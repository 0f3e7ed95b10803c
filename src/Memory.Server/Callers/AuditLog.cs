using Memory.Core.Access;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Microsoft.Extensions.Logging;

namespace Memory.Server.Callers;

/// <summary>
/// Writes down what callers did. Looking and storing are noted a fifth of a second later, many in one transaction, so that nobody waits for it;
/// what cannot be repeated or concerns all (forget, consolidate, undo) is on disk before it is answered. The process's own work is not noted.
/// </summary>
internal sealed partial class AuditLog : IAsyncDisposable
{
    private const int MaxPending = 20_000;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(200);

    private readonly IAccessStore _store;
    private readonly CallerContext _callers;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private List<AuditEntry> _pending = [];
    private int _lost;

    public AuditLog(IAccessStore store, CallerContext callers, TimeProvider time, ILogger<AuditLog> logger)
    {
        _store = store;
        _callers = callers;
        _time = time;
        _logger = logger;
        _timer = time.CreateTimer(_ => _ = FlushAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Notes what the caller at hand did.</summary>
    /// <param name="action">What.</param>
    /// <param name="ns">Where, when it is known.</param>
    /// <param name="subject">The ids it was about.</param>
    /// <param name="problem">Why it did not succeed; <see langword="null"/> when it did.</param>
    /// <param name="atOnce">Whether it must be on disk before the caller has its answer.</param>
    public async ValueTask NoteAsync(string action, string? ns, string? subject, Problem? problem, bool atOnce = false)
    {
        if (_callers.Current is not { } standing)
        {
            return;
        }

        Add(new AuditEntry(
            _time.GetUtcNow(), standing.Caller.Name, standing.Address, action, ns, subject, problem is null ? "ok" : Names.Of(problem.Code)));
        if (atOnce)
        {
            await FlushAsync();
        }
    }

    /// <summary>Writes down what is pending.</summary>
    public async Task FlushAsync()
    {
        List<AuditEntry> pending;
        int lost;
        lock (_lock)
        {
            (pending, _pending) = (_pending, []);
            (lost, _lost) = (_lost, 0);
        }

        try
        {
            if (pending.Count > 0)
            {
                await _store.AppendAuditAsync(pending);
            }
        }
        catch (Exception error) when (error is MemoryStoreException or ObjectDisposedException)
        {
            NotNoted(pending.Count + lost, error.Message);
            lost = 0;
        }

        if (lost > 0)
        {
            NotNoted(lost, "more came in than the disk could take");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await FlushAsync();
    }

    private void Add(AuditEntry entry)
    {
        lock (_lock)
        {
            if (_pending.Count >= MaxPending)
            {
                _lost++;
                return;
            }

            if (_pending.Count == 0)
            {
                _timer.Change(Delay, Timeout.InfiniteTimeSpan);
            }

            _pending.Add(entry);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} lines of the audit log could not be written: {Reason}")]
    private partial void NotNoted(int count, string reason);
}
