using ModelContextProtocol.Protocol;

namespace Memory.Server.Stdio;

/// <summary>The requests that were received and not yet answered.</summary>
internal sealed class InFlightRequests
{
    private readonly Lock _lock = new();
    private readonly HashSet<RequestId> _ids = [];
    private TaskCompletionSource? _drained;

    /// <summary>Notes a request.</summary>
    /// <returns>Whether its id was free.</returns>
    public bool TryAdd(RequestId id)
    {
        lock (_lock)
        {
            return _ids.Add(id);
        }
    }

    /// <summary>Frees an id; nothing happens when it is not in use.</summary>
    /// <returns>Whether it was in use.</returns>
    public bool Remove(RequestId id)
    {
        lock (_lock)
        {
            var wasInUse = _ids.Remove(id);
            if (_ids.Count == 0)
            {
                _drained?.TrySetResult();
            }

            return wasInUse;
        }
    }

    /// <summary>Completes when every request is answered. No more are added once this was called.</summary>
    public Task WhenDrainedAsync()
    {
        lock (_lock)
        {
            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_ids.Count == 0)
            {
                _drained.TrySetResult();
            }

            return _drained.Task;
        }
    }
}
