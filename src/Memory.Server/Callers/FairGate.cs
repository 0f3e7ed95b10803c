namespace Memory.Server.Callers;

/// <summary>
/// Lets so many work at once, and has callers take turns: who asks a lot waits for itself, and who asks now and then is next. While several
/// callers are about, none has all the slots, so that who asks now and then need not even wait for what another asked for to end; what that
/// costs is a slot that may stand empty. A caller may be given a rest by what its turn has cost: then it has no turn until that is over, and keeps no slot from others.
/// </summary>
/// <param name="slots">How many at once.</param>
/// <param name="time">Tells when a caller was here last.</param>
/// <param name="share">How many of one caller at once while others are about; all but one when left out.</param>
/// <param name="about">For how long after it last asked for a turn a caller counts as being about; a second when left out.</param>
internal sealed class FairGate(int slots, TimeProvider time, int? share = null, TimeSpan? about = null)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<TaskCompletionSource>> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _held = new(StringComparer.Ordinal);
    private readonly Queue<string> _turns = new();
    private readonly Dictionary<string, long> _restsUntil = new(StringComparer.Ordinal);
    private (string Caller, long At) _latest = (string.Empty, 0);
    private (string Caller, long At) _other = (string.Empty, 0);
    private readonly int _share = share ?? Math.Max(1, slots - 1);
    private readonly TimeSpan _about = about ?? TimeSpan.FromSeconds(1);
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
            NoteSeen(caller);
            if (MayTake(caller))
            {
                Take(caller);
                return new Turn(this, caller);
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

        return new Turn(this, caller);
    }

    /// <summary>Notes that a caller is about, without a turn.</summary>
    /// <param name="caller">Who.</param>
    public void See(string caller)
    {
        lock (_lock)
        {
            NoteSeen(caller);
        }
    }

    /// <summary>Whether somebody else asked for a turn a moment ago.</summary>
    /// <param name="caller">Who asks.</param>
    public bool AreOthersAbout(string caller)
    {
        lock (_lock)
        {
            return OthersAreAbout(caller);
        }
    }

    /// <summary>How many of a caller wait for a turn.</summary>
    /// <param name="caller">Whose.</param>
    public int WaitingOf(string caller)
    {
        lock (_lock)
        {
            return _waiting.TryGetValue(caller, out var queue) ? queue.Count : 0;
        }
    }

    private void Leave(string caller, TimeSpan rest)
    {
        var until = 0L;
        lock (_lock)
        {
            _free++;
            if (--_held[caller] == 0)
            {
                _held.Remove(caller);
            }

            if (rest > TimeSpan.Zero)
            {
                // One rest after the other, as long as each of its turns would have had one at its side.
                var now = time.GetTimestamp();
                _restsUntil[caller] = until = Math.Max(now, _restsUntil.GetValueOrDefault(caller, now)) + (long)(rest.TotalSeconds / _share * time.TimestampFrequency);
                rest = time.GetElapsedTime(now, until);
            }

            LetNextIn();
        }

        if (rest > TimeSpan.Zero)
        {
            _ = EndRestAsync(caller, rest, until);
        }
    }

    private async Task EndRestAsync(string caller, TimeSpan rest, long until)
    {
        await Task.Delay(rest, time);
        lock (_lock)
        {
            // Unless it was given another meanwhile.
            if (_restsUntil.GetValueOrDefault(caller) == until)
            {
                _restsUntil.Remove(caller);
                LetNextIn();
            }
        }
    }

    // Once around at most: whoever has its share already is passed over, and goes on when it leaves one of its own.
    private void LetNextIn()
    {
        for (var left = _turns.Count; left > 0 && _free > 0; left--)
        {
            var next = _turns.Dequeue();
            if (MayTake(next) && LetIn(next))
            {
                left = _turns.Count + 1;
            }
            else if (_waiting.ContainsKey(next))
            {
                _turns.Enqueue(next);
            }
        }
    }

    // One that gave up waiting is passed over.
    private bool LetIn(string caller)
    {
        var queue = _waiting[caller];
        var entered = false;
        while (!entered && queue.TryDequeue(out var next))
        {
            entered = next.TrySetResult();
        }

        if (entered)
        {
            Take(caller);
        }

        if (queue.Count == 0)
        {
            _waiting.Remove(caller);
        }
        else if (entered)
        {
            _turns.Enqueue(caller);
        }

        return entered;
    }

    private bool MayTake(string caller) => _free > 0 && !_restsUntil.ContainsKey(caller) && (_held.GetValueOrDefault(caller) < _share || !OthersAreAbout(caller));

    private void Take(string caller)
    {
        _free--;
        _held[caller] = _held.GetValueOrDefault(caller) + 1;
    }

    private void NoteSeen(string caller)
    {
        if (_latest.Caller != caller)
        {
            _other = _latest;
        }

        _latest = (caller, time.GetTimestamp());
    }

    private bool OthersAreAbout(string caller)
    {
        var (other, at) = _latest.Caller == caller ? _other : _latest;
        return other.Length > 0 && time.GetElapsedTime(at) < _about;
    }

    /// <summary>A turn. End it once.</summary>
    public readonly struct Turn(FairGate gate, string caller) : IDisposable
    {
        /// <summary>Ends it, and lets the caller have no other until it has rested.</summary>
        public void Leave(TimeSpan rest) => gate.Leave(caller, rest);

        public void Dispose() => Leave(TimeSpan.Zero);
    }
}
