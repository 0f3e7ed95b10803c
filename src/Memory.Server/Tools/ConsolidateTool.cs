using System.Text;
using System.Text.Json;
using Memory.Core.Consolidation;
using Memory.Core.Memories;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Memory.Server.Tools;

/// <summary><c>consolidate</c>: one logical operation, many internal steps, one tool.</summary>
internal sealed class ConsolidateTool(Consolidator consolidator) : ITool
{
    public Tool Definition { get; } = new()
    {
        Name = "consolidate",
        Title = "Consolidate memories",
        Description = "Tidy the memory: merge what says the same, update confidence from evidence, archive what has faded. Runs by itself every night; call it after storing a lot. "
            + "Nothing is lost: merged memories stay in lineage, every change is journalled, and undo_run puts a run back exactly. dry_run only tells what would change.",
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false },
        InputSchema = Schema.Parse($$"""
            {
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "dry_run": { "type": "boolean", "description": "Only tell what would change." },
                "scope": { "type": "string", "enum": ["incremental", "full"], "description": "incremental (default): duplicates of what changed since the last run; full: everything." },
                "undo_run": { "type": "string", "minLength": 22, "maxLength": 22, "description": "Put back what this run changed." },
                {{Schema.Namespace}}
              }
            }
            """),
        OutputSchema = Schema.Parse("""
            {
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "run": { "type": "string", "description": "Name of the run, for undo_run. Absent for a dry run." },
                "dry_run": { "type": "boolean" },
                "scope": { "type": "string" },
                "state": { "type": "string", "enum": ["completed", "cancelled"] },
                "examined": { "type": "integer" },
                "merged": { "type": "integer" },
                "rescored": { "type": "integer" },
                "archived": { "type": "integer" },
                "changes": { "type": "array", "items": { "type": "string" } },
                "stages": { "type": "array", "items": {
                  "type": "object",
                  "additionalProperties": false,
                  "required": ["stage", "milliseconds"],
                  "properties": { "stage": { "type": "string" }, "milliseconds": { "type": "number" } }
                } },
                "undone_run": { "type": "string" },
                "restored": { "type": "integer" },
                "refused": { "type": "array", "items": { "type": "string" }, "description": "What was edited since and therefore not put back." }
              }
            }
            """),
    };

    public async Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = call.Arguments;
        if (arguments.Text("undo_run") is { } undo)
        {
            return await UndoAsync(call, undo, cancellationToken);
        }

        var progress = new OrderedProgress(call.Progress);
        var request = new ConsolidationRequest(
            call.Namespace,
            arguments.Text("scope") is { } scope ? Names.ParseScope(scope) : RunScope.Incremental,
            arguments.Flag("dry_run"));
        var outcome = await consolidator.RunAsync(request, progress, cancellationToken);
        return outcome.Succeeded ? Answer(outcome.Value) : outcome.Problem;
    }

    private async Task<Outcome<ToolAnswer>> UndoAsync(ToolCall call, string undo, CancellationToken cancellationToken)
    {
        if (call.Arguments.Flag("dry_run") || call.Arguments.Has("scope"))
        {
            return new Problem(ProblemCode.Invalid, "undo_run stands alone; dry_run and scope are not allowed beside it.");
        }

        if (!RunId.TryParse(undo, out var run))
        {
            return new Problem(ProblemCode.Invalid, $"undo_run is '{undo}'; the name of a run such as 20261124-030000-k3m9x7 is allowed. consolidate and status give it.");
        }

        var outcome = await consolidator.UndoAsync(call.Namespace, run, cancellationToken);
        if (!outcome.Succeeded)
        {
            return outcome.Problem;
        }

        var report = outcome.Value;
        var text = new StringBuilder($"Undid run {run}: {report.Restored} memories are as they were.");
        foreach (var refused in report.Refused)
        {
            text.Append("\nNot put back: ").Append(refused).Append('.');
        }

        return new ToolAnswer(text.ToString(), JsonSerializer.SerializeToElement(
            new ConsolidateAnswer { UndoneRun = run.Value, Restored = report.Restored, Refused = report.Refused }, ToolJson.Default.ConsolidateAnswer));
    }

    private static ToolAnswer Answer(ConsolidationReport report)
    {
        var (merged, rescored, archived) = report.Counts;
        var text = new StringBuilder(report.Run is { } run ? $"Run {run} {Names.Of(report.State)}" : "Dry run, nothing was changed")
            .Append($": {report.Examined} examined, {merged} merged, {rescored} rescored, {archived} archived.");
        foreach (var change in report.Changes)
        {
            text.Append("\n- ").Append(change);
        }

        if (report.Run is not null && merged + rescored + archived > 0)
        {
            text.Append($"\nTo put this back: consolidate with undo_run {report.Run}.");
        }

        return new ToolAnswer(text.ToString(), JsonSerializer.SerializeToElement(
            new ConsolidateAnswer
            {
                Run = report.Run?.Value,
                DryRun = report.Run is null,
                Scope = Names.Of(report.Scope),
                State = Names.Of(report.State),
                Examined = report.Examined,
                Merged = merged,
                Rescored = rescored,
                Archived = archived,
                Changes = report.Changes,
                Stages = [.. report.Stages.Select(static s => new StageItem(s.Stage, Math.Round(s.Elapsed.TotalMilliseconds, 1)))],
            },
            ToolJson.Default.ConsolidateAnswer));
    }

    internal sealed record ConsolidateAnswer
    {
        public string? Run { get; init; }

        public bool? DryRun { get; init; }

        public string? Scope { get; init; }

        public string? State { get; init; }

        public int? Examined { get; init; }

        public int? Merged { get; init; }

        public int? Rescored { get; init; }

        public int? Archived { get; init; }

        public IReadOnlyList<string>? Changes { get; init; }

        public IReadOnlyList<StageItem>? Stages { get; init; }

        public string? UndoneRun { get; init; }

        public int? Restored { get; init; }

        public IReadOnlyList<string>? Refused { get; init; }
    }

    internal sealed record StageItem(string Stage, double Milliseconds);

    /// <summary>Turns stages and units into the one number that must only grow, as the protocol asks: 100 a stage.</summary>
    private sealed class OrderedProgress(IProgress<ProgressNotificationValue> client) : IProgress<StageProgress>
    {
        private double _last = -1;

        public void Report(StageProgress value)
        {
            var within = value.Total > 0 ? 100.0 * value.Done / value.Total : 0;
            var progress = Math.Floor((100.0 * (value.StageNumber - 1)) + within);
            if (progress > _last)
            {
                _last = progress;
                client.Report(new ProgressNotificationValue
                {
                    Progress = (float)progress, Total = 100 * value.StageCount,
                    Message = value.Total > 0 ? $"{value.Stage} {value.Done} of {value.Total}" : value.Stage,
                });
            }
        }
    }
}
