namespace Memory.Server.Callers;

/// <summary>
/// Has what works for seconds leave the processors to others: after each piece of its work it rests four times as long as it worked, so that it has a
/// fifth of one processor. What is short is added up until it is worth a rest.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class ConsolidationThrottle(TimeProvider time)
{
    private const int RestsPerSlice = 4;
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(5);

    // What it did before it last rested is forgotten: it may have waited for something else meanwhile.
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(500);

    private long _rested = time.GetTimestamp();

    /// <summary>Rests, when it is time.</summary>
    /// <param name="cancellationToken">Ends the rest, without a failure.</param>
    public async ValueTask RestAsync(CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(Interlocked.Read(ref _rested)) is var worked && worked >= Slice)
        {
            var rest = worked * RestsPerSlice;
            // What was done is done: who cancels is heard before the next piece.
            await Task.Delay(rest < LongestRest ? rest : LongestRest, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Interlocked.Exchange(ref _rested, time.GetTimestamp());
        }
    }
}
