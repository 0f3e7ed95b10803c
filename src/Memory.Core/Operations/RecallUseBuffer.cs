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

    private readonly IMemoryStore _store;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private Dictionary<Namespace, Dictionary<MemoryId, RecallUse>> _pending = [];

    public RecallUseBuffer(IMemoryStore store, TimeProvider time, ILogger logger)
    {
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

    public async Task FlushAsync()
    {
        Dictionary<Namespace, Dictionary<MemoryId, RecallUse>> pending;
        lock (_lock)
        {
            (pending, _pending) = (_pending, []);
        }

        foreach (var (ns, uses) in pending)
        {
            try
            {
                await _store.WriteAsync(ns, writer =>
                {
                    writer.AddRecallUses(uses);
                    return true;
                });
            }
            catch (Exception error) when (error is MemoryStoreException or ObjectDisposedException)
            {
                // Recall itself succeeded; how often it did is worth no failure.
                NotNoted(uses.Count, error.Message);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await FlushAsync();
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The use of {Count} memories could not be noted: {Reason}")]
    private partial void NotNoted(int count, string reason);
}
