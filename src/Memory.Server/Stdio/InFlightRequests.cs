using ModelContextProtocol.Protocol;

namespace Memory.Server.Stdio;

/// <summary>The requests that were received and not yet answered.</summary>
internal sealed class InFlightRequests
{
    private readonly Lock _lock = new();
    private readonly HashSet<RequestId> _ids = [];
    private readonly HashSet<RequestId> _lasting = [];
    private TaskCompletionSource? _drained;

    /// <summary>Whether there are any that are answered only when somebody ends them.</summary>
    public bool AnyLasting
    {
        get
        {
            lock (_lock)
            {
                return _lasting.Count > 0;
            }
        }
    }

    /// <summary>How many there are that an answer is due to.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _ids.Count - _lasting.Count;
            }
        }
    }

    /// <summary>Notes a request.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="lasts">Whether it is answered only when somebody ends it, so that nobody waits for its answer.</param>
    /// <returns>Whether its id was free.</returns>
    public bool TryAdd(RequestId id, bool lasts = false)
    {
        lock (_lock)
        {
            var isFree = _ids.Add(id);
            if (isFree && lasts)
            {
                _lasting.Add(id);
            }

            return isFree;
        }
    }

    /// <summary>Frees an id; nothing happens when it is not in use.</summary>
    /// <returns>Whether it was in use.</returns>
    public bool Remove(RequestId id)
    {
        lock (_lock)
        {
            var wasInUse = _ids.Remove(id);
            _lasting.Remove(id);
            if (_ids.Count == _lasting.Count)
            {
                _drained?.TrySetResult();
            }

            return wasInUse;
        }
    }

    /// <summary>Completes when every request is answered but those that last. No more are added once this was called.</summary>
    public Task WhenDrainedAsync()
    {
        lock (_lock)
        {
            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_ids.Count == _lasting.Count)
            {
                _drained.TrySetResult();
            }

            return _drained.Task;
        }
    }
}
