namespace Memory.Benchmarks.Processes;

/// <summary>
/// The machine itself, measured in the same run as the server: machines differ by a factor of two, and a promise says something only together
/// with the speed of the machine it was made on. Figures are printed as they are and never scaled.
/// </summary>
internal static class Yardstick
{
    /// <summary>What <see cref="BareStart"/> was on the machine that the promises were made on, in milliseconds.</summary>
    public const double PromisedBareStart = 190;

    /// <summary>What <see cref="BareCommit"/> was on the machine that the promises were made on, in milliseconds.</summary>
    public const double PromisedBareCommit = 0.2;

    public static string BareStart(double p50) => $"bare server {p50:N0} ms (where promised: {PromisedBareStart:N0} ms)";

    public static string BareCommit(double p50) => $"bare commit {p50:N2} ms (where promised: {PromisedBareCommit:N1} ms)";
}
