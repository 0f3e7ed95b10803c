using System.Text;
using System.Text.Json;
using Memory.Core.Access;
using Memory.Core.Consolidation;
using Memory.Core.Memories;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Memory.Server.Tools;

/// <summary><c>consolidate</c>: one logical operation, many internal steps, one tool.</summary>
internal sealed class ConsolidateTool(Consolidator consolidator) : ITool
{
    public Scopes Scope => Scopes.Consolidate;

    public Tool Definition { get; } = new()
    {
        Name = "consolidate",
        Title = "Consolidate memories",
        Description = "Tidy the memory: merge what says the same, let the newer of two contradicting statements replace the older, update confidence from evidence, archive what has faded. Runs by itself every night; call it after storing a lot. "
            + "Nothing is lost: what was merged or superseded stays in lineage, every change is journalled, and undo_run puts a run back exactly. dry_run gives a plan; pass its name as plan to carry out exactly that.",
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false },
        InputSchema = Schema.Parse($$"""
            {
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "dry_run": { "type": "boolean", "description": "Only plan what would change." },
                "plan": { "type": "string", "minLength": 22, "maxLength": 22, "description": "Carry out exactly this plan of a dry run; what has changed since is refused." },
                "force": { "type": "boolean", "description": "Do all at once, where a run else changes the state of 30% of the memories at most and leaves the rest to the next. Only when the user says so." },
                "wait": { "type": "integer", "minimum": 0, "maximum": 600, "description": "Seconds to wait for another consolidation; default 0: say who is at it." },
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
                "plan": { "type": "string", "description": "Name of the plan that a dry run made." },
                "merged": { "type": "integer" },
                "superseded": { "type": "integer" },
                "contested": { "type": "integer", "description": "Contradictions found of which neither side is clearly better." },
                "rescored": { "type": "integer" },
                "archived": { "type": "integer" },
                "changes": { "type": "array", "items": { "type": "string" } },
                "to_decide": { "type": "array", "items": { "type": "string" }, "description": "Contradictions for the user to decide, by update, forget or feedback." },
                "rolled_back": { "type": "array", "items": { "type": "string" }, "description": "What was held or put back, and why." },
                "note": { "type": "string" },
                "stages": { "type": "array", "items": {
                  "type": "object",
                  "additionalProperties": false,
                  "required": ["stage", "milliseconds"],
                  "properties": { "stage": { "type": "string" }, "milliseconds": { "type": "number" } }
                } },
                "undone_run": { "type": "string" },
                "restored": { "type": "integer" },
                "refused": { "type": "array", "items": { "type": "string" }, "description": "What was edited since and therefore not put back, or not carried out." }
              }
            }
            """),
    };

    public async Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = call.Arguments;
        var named = ConsolidateArguments.Parse(arguments);
        if (!named.Succeeded)
        {
            return named.Problem;
        }

        if (named.Value.Undo is { } run)
        {
            return await UndoAsync(call.Namespace, run, cancellationToken);
        }

        var progress = new OrderedProgress(call.Progress);
        var request = new ConsolidationRequest(
            call.Namespace,
            arguments.Text("scope") is { } scope ? Names.ParseScope(scope) : RunScope.Incremental,
            arguments.Flag("dry_run"))
        {
            Plan = named.Value.Plan, Force = arguments.Flag("force"), Wait = TimeSpan.FromSeconds(arguments.Integer("wait") ?? 0),
        };
        var outcome = await consolidator.RunAsync(request, progress, cancellationToken);
        if (!outcome.Succeeded)
        {
            return outcome.Problem;
        }

        if (outcome.Value.State == RunState.Completed)
        {
            progress.End();
        }

        return Answer(outcome.Value);
    }

    private async Task<Outcome<ToolAnswer>> UndoAsync(Namespace ns, RunId run, CancellationToken cancellationToken)
    {
        var outcome = await consolidator.UndoAsync(ns, run, cancellationToken);
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
        var counts = report.Counts;
        var text = new StringBuilder(report.Run is { } run ? $"Run {run} {Names.Of(report.State)}" : "Dry run, nothing was changed")
            .Append($": {report.Examined} examined, {counts.Merged} merged, {counts.Superseded} superseded, {counts.Contested} contested, {counts.Rescored} rescored, {counts.Archived} archived.");
        Append(text, "- ", report.Changes);
        Append(text, "To decide: ", report.Contested);
        Append(text, "Held back: ", report.RolledBack);
        Append(text, "Refused: ", report.Refused);
        Append(text, "", [.. new[] { report.Note, report.LanguageModel.Words }.OfType<string>()]);

        return new ToolAnswer(text.ToString(), JsonSerializer.SerializeToElement(
            new ConsolidateAnswer
            {
                Run = report.Run?.Value,
                DryRun = report.Run is null,
                Scope = Names.Of(report.Scope),
                State = Names.Of(report.State),
                Examined = report.Examined,
                Plan = report.Plan?.Value,
                Merged = counts.Merged,
                Superseded = counts.Superseded,
                Contested = counts.Contested,
                Rescored = counts.Rescored,
                Archived = counts.Archived,
                Changes = report.Changes,
                ToDecide = report.Contested.Count == 0 ? null : report.Contested,
                RolledBack = report.RolledBack.Count == 0 ? null : report.RolledBack,
                Refused = report.Refused.Count == 0 ? null : report.Refused,
                Note = string.Join(' ', new[] { report.Note, report.LanguageModel.Words }.OfType<string>()) is { Length: > 0 } note ? note : null,
                Stages = [.. report.Stages.Select(static s => new StageItem(s.Stage, Math.Round(s.Elapsed.TotalMilliseconds, 1)))],
            },
            ToolJson.Default.ConsolidateAnswer))
        {
            Next = counts.IsEmpty ? null
                : report.Run is not null ? $"To put this back: consolidate with undo_run {report.Run}."
                : report.Plan is { } plan ? $"To carry out exactly this: consolidate with plan {plan}." : null,
        };
    }

    private static void Append(StringBuilder text, string before, IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
        {
            text.Append('\n').Append(before).Append(line);
        }
    }

    internal sealed record ConsolidateAnswer
    {
        public string? Run { get; init; }

        public bool? DryRun { get; init; }

        public string? Scope { get; init; }

        public string? State { get; init; }

        public int? Examined { get; init; }

        public string? Plan { get; init; }

        public int? Merged { get; init; }

        public int? Superseded { get; init; }

        public int? Contested { get; init; }

        public int? Rescored { get; init; }

        public int? Archived { get; init; }

        public IReadOnlyList<string>? Changes { get; init; }

        public IReadOnlyList<string>? ToDecide { get; init; }

        public IReadOnlyList<string>? RolledBack { get; init; }

        public string? Note { get; init; }

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
        private float _total;

        public void Report(StageProgress value)
        {
            var within = value.Total > 0 ? 100.0 * value.Done / value.Total : 0;
            _total = 100 * value.StageCount;
            var progress = Math.Floor((100.0 * (value.StageNumber - 1)) + within);
            if (progress > _last)
            {
                _last = progress;
                client.Report(new ProgressNotificationValue
                {
                    Progress = (float)progress, Total = _total,
                    Message = value.Total > 0 ? $"{value.Stage} {value.Done} of {value.Total}" : value.Stage,
                });
            }
        }

        /// <summary>Tells that all of it is done, when anything was told before.</summary>
        public void End()
        {
            if (_total > _last)
            {
                client.Report(new ProgressNotificationValue { Progress = _total, Total = _total, Message = "done" });
            }
        }
    }
}
