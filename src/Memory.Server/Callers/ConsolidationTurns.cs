using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Server.Callers;

/// <summary>
/// Consolidation keeps a processor busy for as long as it takes: what callers asked for is done one at a time, callers take turns, and none
/// may have many waiting. The process's own nights and what its one user asks for over stdio wait for nobody.
/// </summary>
internal sealed class ConsolidationTurns(CallerContext callers, TimeProvider time)
{
    /// <summary>How many of one caller may be at work or wait.</summary>
    public const int MaxOfOne = 4;

    // Who asks again at once is told no once a second, and not as often as the machine can: others need it.
    private static readonly TimeSpan BeforeRefusal = TimeSpan.FromSeconds(1);

    private readonly FairGate _gate = new(1, time);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _asked = new(StringComparer.Ordinal);

    /// <summary>Waits for the turn of the caller at hand.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Ends the turn when it is disposed of; <see langword="null"/> for the process's own work.</returns>
    /// <exception cref="MemoryStoreException">With <see cref="ProblemCode.Busy"/>, after a second: the caller has as many as it may.</exception>
    public async ValueTask<IDisposable?> EnterAsync(CancellationToken cancellationToken)
    {
        if (callers.Current is not { Caller.Id: var caller })
        {
            return null;
        }

        if (!TryBegin(caller))
        {
            await Task.Delay(BeforeRefusal, time, cancellationToken);
            throw new MemoryStoreException(new Problem(
                ProblemCode.Busy, $"{MaxOfOne} consolidations of this caller are at work or waiting; {MaxOfOne} at once are allowed. Ask again when one of them has ended."));
        }

        try
        {
            return new Turn(this, caller, await _gate.EnterAsync(caller, cancellationToken));
        }
        catch
        {
            End(caller);
            throw;
        }
    }

    private bool TryBegin(string caller)
    {
        lock (_lock)
        {
            var asked = _asked.GetValueOrDefault(caller);
            if (asked < MaxOfOne)
            {
                _asked[caller] = asked + 1;
            }

            return asked < MaxOfOne;
        }
    }

    private void End(string caller)
    {
        lock (_lock)
        {
            if (--_asked[caller] == 0)
            {
                _asked.Remove(caller);
            }
        }
    }

    private sealed class Turn(ConsolidationTurns turns, string caller, FairGate.Turn turn) : IDisposable
    {
        public void Dispose()
        {
            turn.Dispose();
            turns.End(caller);
        }
    }
}
