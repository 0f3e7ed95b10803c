namespace Memory.Benchmarks.Processes;

/// <summary>Durations, by their nearest-rank percentiles.</summary>
internal sealed class Samples
{
    private readonly List<double> _milliseconds = [];

    public void Add(TimeSpan took) => _milliseconds.Add(took.TotalMilliseconds);

    /// <summary>Milliseconds that this percentage of the samples did not exceed.</summary>
    /// <param name="percentage">1 to 100.</param>
    public double Percentile(int percentage)
    {
        _milliseconds.Sort();
        return _milliseconds[(int)Math.Ceiling(_milliseconds.Count * percentage / 100.0) - 1];
    }
}
