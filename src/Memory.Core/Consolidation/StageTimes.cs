using System.Diagnostics;
using Memory.Core.Consolidation.Stages;
using Memory.Core.Memories;

namespace Memory.Core.Consolidation;

/// <summary>Runs stages, tells how far they have come, and how long each took in all its rounds.</summary>
internal sealed class StageTimes(IConsolidationStage[] stages, IProgress<StageProgress>? progress)
{
    private readonly TimeSpan[] _elapsed = new TimeSpan[stages.Length];
    private int _reached;

    /// <summary>The time of each stage that was begun, in order.</summary>
    public IReadOnlyList<StageTime> Times => [.. stages.Take(_reached).Select((s, i) => new StageTime(s.Name, _elapsed[i]))];

    public async Task RunAsync(IConsolidationStage stage, RunContext context, CancellationToken cancellationToken)
    {
        var place = Array.IndexOf(stages, stage);
        var started = Stopwatch.GetTimestamp();
        context.Progress = (done, total) => progress?.Report(new StageProgress(stage.Name, place + 1, stages.Length, done, total));
        context.Progress(0, 0);
        await stage.RunAsync(context, cancellationToken);
        _elapsed[place] += Stopwatch.GetElapsedTime(started);
        _reached = Math.Max(_reached, place + 1);
    }
}
