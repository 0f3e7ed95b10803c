using System.Diagnostics;

namespace Memory.Benchmarks.Load;

/// <summary>What a process takes of memory over time, in stretches of some seconds: how much garbage waits at one moment is chance.</summary>
/// <param name="First">The mean of the first stretch, in MB.</param>
/// <param name="Most">The mean of the stretch that takes most, in MB.</param>
internal readonly record struct MemoryWatch(double First, double Most)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Watches until work is done; at least one stretch.</summary>
    /// <param name="process">The process.</param>
    /// <param name="work">The work.</param>
    /// <param name="stretch">How long a stretch is; one that the end of the work cuts short does not count.</param>
    public static async Task<MemoryWatch> UntilAsync(LoadServer process, Task work, TimeSpan stretch)
    {
        var means = new List<double>();
        while (means.Count == 0 || !work.IsCompleted)
        {
            var samples = new List<double>();
            var began = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(began) < stretch && (means.Count == 0 || !work.IsCompleted))
            {
                samples.Add(process.MemoryMegabytes);
                await Task.Delay(Pause);
            }

            if (Stopwatch.GetElapsedTime(began) >= stretch)
            {
                means.Add(samples.Average());
            }
        }

        return new MemoryWatch(means[0], means.Max());
    }
}
