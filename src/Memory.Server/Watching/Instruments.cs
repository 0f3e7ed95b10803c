using System.Diagnostics;
using System.Diagnostics.Metrics;
using Memory.Core.Memories;

namespace Memory.Server.Watching;

/// <summary>What is counted and traced of the tools, whichever door they are called through. Costs next to nothing while nobody listens. Holds no content.</summary>
internal static class Instruments
{
    /// <summary>The name of the meter and of the source of traces.</summary>
    public const string Name = "Memory.Server";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Operations = Meter.CreateCounter<long>("memory.operations", "{call}", "Calls of tools, by tool and result.");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "memory.operation.duration", "s", "How long calls of tools took, by tool and result.", advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.5, 1, 2, 5, 10, 60, 600],
        });

    private static readonly Histogram<int> Results = Meter.CreateHistogram(
        "memory.recall.results", "{memory}", "How many memories a recall answered.", advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [0, 1, 2, 4, 8, 16, 32, 50] });

    /// <summary>Begins a span of a trace; <see langword="null"/> when nobody listens.</summary>
    public static Activity? Begin(string tool) => Source.StartActivity(tool);

    /// <summary>Counts a call that has ended.</summary>
    /// <param name="activity">Its span.</param>
    /// <param name="tool">The tool.</param>
    /// <param name="problem">Why it failed, or <see langword="null"/>.</param>
    /// <param name="took">How long it took.</param>
    public static void End(Activity? activity, string tool, Problem? problem, TimeSpan took)
    {
        var result = problem is null ? "ok" : Names.Of(problem.Code);
        activity?.SetTag("memory.result", result);
        activity?.SetStatus(problem is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
        var tags = new TagList { { "tool", tool }, { "result", result } };
        Operations.Add(1, tags);
        Duration.Record(took.TotalSeconds, tags);
    }

    /// <summary>Counts what a recall found.</summary>
    public static void Recalled(int memories) => Results.Record(memories);
}
