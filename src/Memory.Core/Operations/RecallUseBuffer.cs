using Memory.Core.Memories;
using Memory.Core.Storage;
using Microsoft.Extensions.Logging;

namespace Memory.Core.Operations;

/// <summary>
/// Collects which memories were recalled and writes that down every few seconds, so that reading does not wait for the disk.
/// A crash loses at most those seconds of use, never a memory.
/// </summary>
internal sealed partial class RecallUseBuffer : IAsyncDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(2);

    // Whoever ends the process waits no longer for another one that writes.
    private static readonly TimeSpan LastFlush = TimeSpan.FromMilliseconds(200);

    private readonly IMemoryStore _store;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly int _remembered;
    private Dictionary<Namespace, Dictionary<MemoryId, RecallUse>> _pending = [];
    private Dictionary<Namespace, List<RememberedQuery>> _queries = [];

    /// <param name="store">Where it is written down.</param>
    /// <param name="time">The clock.</param>
    /// <param name="remembered">How many queries of a namespace are kept.</param>
    /// <param name="logger">Where failures are told.</param>
    public RecallUseBuffer(IMemoryStore store, TimeProvider time, int remembered, ILogger logger)
    {
        _remembered = remembered;
        _store = store;
        _logger = logger;
        _timer = time.CreateTimer(_ => _ = FlushAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(Namespace ns, IEnumerable<MemoryId> ids, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_pending.Count == 0)
            {
                _timer.Change(Delay, Timeout.InfiniteTimeSpan);
            }

            if (!_pending.TryGetValue(ns, out var uses))
            {
                _pending.Add(ns, uses = []);
            }

            foreach (var id in ids)
            {
                uses[id] = new RecallUse(uses.GetValueOrDefault(id).Count + 1, now);
            }
        }
    }

    /// <summary>Keeps a query that was answered, to be written down with the uses of its results.</summary>
    public void Remember(Namespace ns, RememberedQuery query)
    {
        lock (_lock)
        {
            if (!_queries.TryGetValue(ns, out var queries))
            {
                _queries.Add(ns, queries = []);
            }

            if (queries.Count < _remembered)
            {
                queries.Add(query);
            }
        }
    }

    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        Dictionary<Namespace, Dictionary<MemoryId, RecallUse>> pending;
        Dictionary<Namespace, List<RememberedQuery>> queries;
        lock (_lock)
        {
            (pending, _pending) = (_pending, []);
            (queries, _queries) = (_queries, []);
        }

        foreach (var (ns, uses) in pending)
        {
            try
            {
                await _store.WriteAsync(ns, writer =>
                {
                    writer.AddRecallUses(uses);
                    foreach (var query in queries.GetValueOrDefault(ns, []))
                    {
                        writer.RememberQuery(query, _remembered);
                    }

                    return true;
                }, cancellationToken);
            }
            catch (Exception error) when (error is MemoryStoreException or ObjectDisposedException or OperationCanceledException)
            {
                // Recall itself succeeded; how often it did is worth no failure.
                NotNoted(uses.Count, error.Message);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        using var end = new CancellationTokenSource(LastFlush);
        await FlushAsync(end.Token);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The use of {Count} memories could not be noted: {Reason}")]
    private partial void NotNoted(int count, string reason);
}
