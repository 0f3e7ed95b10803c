namespace Memory.Server.Callers;

/// <summary>
/// Lets as many read at once as there are processors, and has callers take turns: who asks a lot waits for itself, and who asks now and then
/// is next. More at once would only make each slower, the fastest and the slowest alike.
/// </summary>
/// <param name="slots">How many at once.</param>
internal sealed class FairGate(int slots)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<TaskCompletionSource>> _waiting = new(StringComparer.Ordinal);
    private readonly Queue<string> _turns = new();
    private int _free = slots;

    /// <summary>Waits for a turn.</summary>
    /// <param name="caller">Whose turn.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Ends the turn when it is disposed of.</returns>
    public async ValueTask<Turn> EnterAsync(string caller, CancellationToken cancellationToken)
    {
        TaskCompletionSource mine;
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return new Turn(this);
            }

            mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!_waiting.TryGetValue(caller, out var queue))
            {
                _waiting.Add(caller, queue = new Queue<TaskCompletionSource>());
                _turns.Enqueue(caller);
            }

            queue.Enqueue(mine);
        }

        await using (cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), mine))
        {
            await mine.Task;
        }

        return new Turn(this);
    }

    private void Leave()
    {
        lock (_lock)
        {
            while (_turns.TryDequeue(out var caller))
            {
                var queue = _waiting[caller];
                var next = queue.Dequeue();
                if (queue.Count > 0)
                {
                    _turns.Enqueue(caller);
                }
                else
                {
                    _waiting.Remove(caller);
                }

                // One that gave up waiting is passed over.
                if (next.TrySetResult())
                {
                    return;
                }
            }

            _free++;
        }
    }

    /// <summary>A turn. Dispose of it once.</summary>
    public readonly struct Turn(FairGate gate) : IDisposable
    {
        public void Dispose() => gate.Leave();
    }
}
