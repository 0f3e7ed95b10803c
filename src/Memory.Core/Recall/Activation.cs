using Memory.Core.Memories;

namespace Memory.Core.Recall;

/// <summary>How likely a memory is to be needed now, judged by when it was used before.</summary>
public static class Activation
{
    /// <summary>A use in this very second counts as one second old; the power law has no value at zero.</summary>
    private const double YoungestSeconds = 1;

    /// <summary>
    /// ACT-R's base-level activation <c>B = ln(sum over uses of t^-0.5)</c>, t in seconds since the use
    /// (Anderson and Schooler, <i>Reflections of the environment in memory</i>, 1991), storing and each recall being a use.
    /// Only the first, the last and the number of uses are kept; the ones between are taken to lie evenly
    /// (Petrov, <i>Computationally efficient approximation of the base-level learning equation in ACT-R</i>, 2006, with k = 1).
    /// </summary>
    /// <param name="storedAt">When the memory was stored: its first use.</param>
    /// <param name="use">How often and when last it was recalled.</param>
    /// <param name="now">The time for which it is calculated.</param>
    /// <returns>A logarithm: 0 for one use a second ago, about -9 for one use two years ago; more is more active.</returns>
    public static double BaseLevel(DateTimeOffset storedAt, RecallUse use, DateTimeOffset now)
    {
        var first = Seconds(now - storedAt);
        var last = use is { Count: > 0, LastAt: { } lastAt } ? Math.Min(first, Seconds(now - lastAt)) : first;
        var sum = 1 / Math.Sqrt(last);
        if (use.Count > 0)
        {
            // The mean of t^-0.5 between the two ends is 2 (sqrt(first) - sqrt(last)) / (first - last).
            var mean = first - last < 1e-6 ? 1 / Math.Sqrt(first) : 2 * (Math.Sqrt(first) - Math.Sqrt(last)) / (first - last);
            sum += use.Count * mean;
        }

        return Math.Log(sum);
    }

    private static double Seconds(TimeSpan age) => Math.Max(YoungestSeconds, age.TotalSeconds);
}
