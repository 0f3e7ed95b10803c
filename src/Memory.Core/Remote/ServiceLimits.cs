using Memory.Core.Memories;

namespace Memory.Core.Remote;

/// <summary>How patiently a service is asked.</summary>
/// <param name="Timeout">How long one attempt may take.</param>
/// <param name="TotalTimeout">How long all attempts may take, with the pauses between them.</param>
/// <param name="Retries">How often a request is repeated after a failure that may pass, 1 to 10.</param>
/// <param name="RetryDelay">The pause before the first repetition; it doubles with each, and is varied at random.</param>
/// <param name="FailuresToBreak">After how many failed attempts within the window, at least as many as succeeded, the service is left alone; at least 2.</param>
/// <param name="FailureWindow">How long a failed attempt counts.</param>
/// <param name="BreakDuration">How long the service is left alone; then one request tries it.</param>
internal sealed record ServiceLimits(
    TimeSpan Timeout, TimeSpan TotalTimeout, int Retries, TimeSpan RetryDelay, int FailuresToBreak, TimeSpan FailureWindow, TimeSpan BreakDuration)
{
    /// <summary>What is wrong with the values, or <see langword="null"/>.</summary>
    public Problem? Check() =>
        Retries is < 1 or > 10 ? Problem.Invalid($"A request cannot be repeated {Retries} times; allowed is 1 to 10.")
        : FailuresToBreak < 2 ? Problem.Invalid($"At least 2 failures break the circuit, not {FailuresToBreak}.")
        : !InRange(Timeout) || !InRange(TotalTimeout) || !InRange(FailureWindow) || !InRange(BreakDuration) || RetryDelay < TimeSpan.Zero || RetryDelay > TimeSpan.FromHours(1)
            ? Problem.Invalid("Times must be from 0.5 seconds to 1 hour, the pause before a repetition from 0.")
        : null;

    private static bool InRange(TimeSpan time) => time >= TimeSpan.FromSeconds(0.5) && time <= TimeSpan.FromHours(1);
}
