using Memory.Core.Memories;
using Memory.Server.Tools;
using ModelContextProtocol;

namespace Memory.Server.Http.Rest;

/// <summary>A consolidation that was started and not waited for.</summary>
/// <param name="id">Its name; nobody can guess it.</param>
/// <param name="ns">The namespace.</param>
internal sealed class ConsolidationJob(string id, Namespace ns) : IProgress<ProgressNotificationValue>
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id => id;

    public Namespace Namespace => ns;

    /// <summary>The last progress that was told.</summary>
    public ProgressNotificationValue? Progress { get; private set; }

    /// <summary>What became of it; <see langword="null"/> while it is at work.</summary>
    public Outcome<ToolAnswer>? Outcome { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Ends it between two units of work.</summary>
    public CancellationTokenSource Cancellation { get; } = new();

    public string State => Outcome switch
    {
        null => "running",
        { Succeeded: true, Value.Data: var data } when data.TryGetProperty("state", out var state) => state.GetString()!,
        { Succeeded: true } => "completed",
        _ => "failed",
    };

    public void Report(ProgressNotificationValue value) => Change(() => Progress = value);

    public void End(Outcome<ToolAnswer> outcome, DateTimeOffset at) => Change(() => (Outcome, EndedAt) = (outcome, at));

    /// <summary>Completes when there is something newer than what the caller has seen.</summary>
    public Task WhenChanged()
    {
        lock (_lock)
        {
            return _changed.Task;
        }
    }

    public JobItem ToItem() => new(id, ns.Value, State, Progress?.Progress, Progress?.Total, Progress?.Message, Outcome?.Problem is { } problem ? RestAnswer.Item(problem) : null);

    private void Change(Action change)
    {
        TaskCompletionSource before;
        lock (_lock)
        {
            change();
            (before, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        before.SetResult();
    }
}
