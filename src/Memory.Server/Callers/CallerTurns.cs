namespace Memory.Server.Callers;

/// <summary>
/// Has what a caller looks at wait for what else the same caller looks at, while others are about: of each caller no more at once than all
/// processors but one can do, and with a rest between that grows with what it cost. All of the work counts, from the arguments to the answer, and not only what is read from
/// the store: a long question, a long list and explanations cost most outside of it. No caller ever waits here for another.
/// </summary>
/// <param name="callers">Whose work it is.</param>
/// <param name="time">The clock.</param>
internal sealed class CallerTurns(CallerContext callers, TimeProvider time)
{
    private const double RestsAtLeast = 2;
    private const double RestsAtMost = 20;

    // What takes no longer disturbs others hardly more than what they do themselves.
    private static readonly TimeSpan Cheap = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(250);

    // All that a caller has waiting must come through before requests have taken too long.
    private static readonly TimeSpan AllThrough = TimeSpan.FromSeconds(24);

    private readonly FairGate _gate = new(int.MaxValue, time, Math.Max(1, Environment.ProcessorCount - 1));

    /// <summary>Does what the caller at hand looks at when it is its turn; at once when it is the process's own work.</summary>
    /// <param name="work">Does it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        if (callers.Current is not { Caller.Id: var caller })
        {
            return await work();
        }

        var turn = await _gate.EnterAsync(caller, cancellationToken);
        var started = time.GetTimestamp();
        try
        {
            return await work();
        }
        finally
        {
            turn.Leave(_gate.WaitingOf(caller) is > 0 and var waiting && _gate.AreOthersAbout(caller) ? RestAfter(time.GetElapsedTime(started), waiting) : TimeSpan.Zero);
        }
    }

    /// <summary>Does what is no looking, and waits elsewhere: it only counts as that its caller is about.</summary>
    /// <param name="work">Does it.</param>
    public Task<T> PassAsync<T>(Func<Task<T>> work)
    {
        if (callers.Current is { Caller.Id: var caller })
        {
            _gate.See(caller);
        }

        return work();
    }

    /// <summary>How long a caller rests after its work: twice as long, and up to twenty times when it took long, as that disturbs others most.</summary>
    /// <param name="worked">How long it worked.</param>
    /// <param name="waiting">How many more of its own wait.</param>
    public static TimeSpan RestAfter(TimeSpan worked, int waiting) =>
        TimeSpan.FromTicks(Math.Min((worked * Math.Clamp(worked / Cheap, RestsAtLeast, RestsAtMost)).Ticks, Math.Min(LongestRest.Ticks, (AllThrough / (1 + waiting)).Ticks)));
}
