using Memory.Core.Access;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Microsoft.Extensions.Logging;

namespace Memory.Server.Callers;

/// <summary>
/// Writes down what callers did. Looking and storing are noted a fifth of a second later, many in one transaction, so that nobody waits for it;
/// what cannot be repeated or concerns all (forget, consolidate, undo) is on disk before it is answered, unless the store takes nothing then: lines
/// that could not be written are kept and tried again. Of the process's own work its nights are noted, and what is typed on the command line; what the
/// one client does that it serves over stdio is not.
/// </summary>
internal sealed partial class AuditLog : IAsyncDisposable
{
    /// <summary>The caller of what the schedule did.</summary>
    public const string Schedule = "schedule";

    private const string CommandLine = "command line";
    private const int MaxPending = 20_000;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    private readonly IAccessStore _store;
    private readonly CallerContext _callers;
    private readonly TimeProvider _time;
    private readonly TimeSpan _retention;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private List<AuditEntry> _pending = [];
    private int _lost;
    private bool _ending;
    private bool _hasNoted;
    private string? _typist;

    public AuditLog(IAccessStore store, CallerContext callers, TimeProvider time, TimeSpan retention, ILogger<AuditLog> logger)
    {
        _retention = retention;
        _store = store;
        _callers = callers;
        _time = time;
        _logger = logger;
        _timer = time.CreateTimer(_ => _ = FlushAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>From here on the process's own work is what its user typed.</summary>
    /// <param name="user">The user of the operating system; empty when it has no name for it.</param>
    public void BeginCommand(string user) => _typist = user.Length > 0 ? $"{CommandLine} ({user})" : CommandLine;

    /// <summary>Whether what the caller at hand does is noted: whoever knows need not find out what a call was about.</summary>
    public bool IsNoting => Who is not null;

    private string? Who => _callers.Current?.Caller.Name ?? _typist;

    /// <summary>Notes what the caller at hand did.</summary>
    /// <param name="action">What.</param>
    /// <param name="ns">Where, when it is known.</param>
    /// <param name="subject">The ids it was about.</param>
    /// <param name="problem">Why it did not succeed; <see langword="null"/> when it did.</param>
    /// <param name="atOnce">Whether it must be on disk before the caller has its answer.</param>
    public async ValueTask NoteAsync(string action, string? ns, string? subject, Problem? problem, bool atOnce = false)
    {
        if (Who is not { } who)
        {
            return;
        }

        Add(new AuditEntry(_time.GetUtcNow(), who, _callers.Address, action, ns, subject, Result(problem)));
        if (atOnce)
        {
            await FlushAsync();
        }
    }

    /// <summary>Notes that the schedule consolidated a namespace, or could not.</summary>
    /// <param name="ns">Where; <see langword="null"/> when it is not known.</param>
    /// <param name="run">The run, when there is one.</param>
    /// <param name="problem">Why it did not succeed; <see langword="null"/> when it did.</param>
    public async ValueTask NoteNightAsync(string? ns, string? run, Problem? problem = null)
    {
        Add(new AuditEntry(_time.GetUtcNow(), Schedule, null, "consolidate", ns, run, Result(problem)));
        await FlushAsync();
    }

    /// <summary>Removes the lines whose retention has passed. What prevents it is logged; the next time makes up for it.</summary>
    /// <param name="cancellationToken">Prevents it if it has not begun.</param>
    public async Task TrimAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await _store.RemoveAuditBeforeAsync(_time.GetUtcNow() - _retention, cancellationToken) is > 0 and var removed)
            {
                Removed(removed, _retention.TotalDays);
            }
        }
        catch (MemoryStoreException error)
        {
            NotRemoved(error.Problem.Message);
        }
    }

    /// <summary>Writes down what is pending, after what is being written.</summary>
    /// <returns>Whether it is on disk.</returns>
    public async Task<bool> FlushAsync()
    {
        // The lines of who calls may be in another's hands: they are on disk only when that one has finished.
        await _writing.WaitAsync();
        try
        {
            return await WriteAsync();
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _ending = true;
        await _timer.DisposeAsync();
        await FlushAsync();
        if (_typist is not null && _hasNoted)
        {
            // Where nothing but commands is run, nobody else does.
            await TrimAsync(CancellationToken.None);
        }
    }

    private async Task<bool> WriteAsync()
    {
        var isWritten = true;
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
            isWritten = false;
            lost += error is MemoryStoreException ? KeepForLater(pending) : pending.Count;
            Failed(pending.Count, error.Message);
        }

        if (lost > 0)
        {
            NotNoted(lost);
        }

        return isWritten;
    }

    private static string Result(Problem? problem) => problem is null ? "ok" : Names.Of(problem.Code);

    // In front of what came since, as far as there is room.
    private int KeepForLater(List<AuditEntry> lines)
    {
        lock (_lock)
        {
            var room = _ending ? 0 : Math.Min(lines.Count, MaxPending - _pending.Count);
            _pending = [.. lines.Take(room), .. _pending];
            if (room > 0)
            {
                _timer.Change(AfterFailure, Timeout.InfiniteTimeSpan);
            }

            return lines.Count - room;
        }
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
            _hasNoted = true;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} lines of the audit log were older than {Days} days and are removed")]
    private partial void Removed(int count, double days);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old lines of the audit log could not be removed: {Reason}")]
    private partial void NotRemoved(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} lines of the audit log could not be written now: {Reason}")]
    private partial void Failed(int count, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} lines of the audit log are lost: the store did not take them while they could be kept")]
    private partial void NotNoted(int count);
}
