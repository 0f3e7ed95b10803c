using System.Globalization;
using System.Text;
using System.Text.Json;
using Memory.Core;
using Memory.Core.Access;
using Memory.Core.Consolidation;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Server.Scheduling;
using ModelContextProtocol.Protocol;

namespace Memory.Server.Tools;

/// <summary><c>status</c>: how the store is doing.</summary>
internal sealed class StatusTool(MemoryService memories, IMemoryStore store, NightlySchedule schedule, TimeProvider time) : ITool
{
    public Scopes Scope => Scopes.Read;

    public Tool Definition { get; } = new()
    {
        Name = "status",
        Title = "Status of the memory",
        Description = "How many memories there are by state and kind, how sure they are, when consolidation last ran and runs next, and whether the database is healthy.",
        Annotations = new() { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false },
        InputSchema = Schema.Parse($$"""{ "type": "object", "additionalProperties": false, "properties": { {{Schema.Namespace}} } }"""),
        OutputSchema = Schema.Parse("""
            {
              "type": "object",
              "additionalProperties": false,
              "required": ["namespace", "states", "kinds", "confidence_histogram", "database", "embeddings", "healthy"],
              "properties": {
                "namespace": { "type": "string" },
                "states": { "type": "object", "properties": {}, "description": "Number of memories by state." },
                "kinds": { "type": "object", "properties": {}, "description": "Number of active memories by kind." },
                "confidence_histogram": { "type": "array", "items": { "type": "integer" }, "description": "Active memories with confidence in [0, 0.1), [0.1, 0.2), ... [0.9, 1]." },
                "last_consolidation": {
                  "type": "object",
                  "additionalProperties": false,
                  "required": ["run", "state", "started_at", "merged", "rescored", "archived"],
                  "properties": {
                    "run": { "type": "string" }, "state": { "type": "string" }, "started_at": { "type": "string" },
                    "merged": { "type": "integer" }, "superseded": { "type": "integer" }, "contested": { "type": "integer" }, "rescored": { "type": "integer" }, "archived": { "type": "integer" }
                  }
                },
                "contested": { "type": "integer", "description": "Pairs that contradict each other and wait for a decision." },
                "learned": {
                  "type": "object",
                  "additionalProperties": false,
                  "required": ["corrections", "duplicate_shift", "contradiction_shift"],
                  "description": "What corrections have taught: by how much surer a judgement of a pair must be.",
                  "properties": { "corrections": { "type": "integer" }, "duplicate_shift": { "type": "number" }, "contradiction_shift": { "type": "number" } }
                },
                "next_consolidation": { "type": "string", "description": "Absent when the schedule is off." },
                "database": {
                  "type": "object",
                  "additionalProperties": false,
                  "required": ["schema_version"],
                  "properties": { "location": { "type": "string" }, "size_bytes": { "type": "number" }, "schema_version": { "type": "integer" } }
                },
                "embeddings": {
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {
                    "model": { "type": "string", "description": "What recall finds meaning by; absent: words only." },
                    "configured": { "type": "string", "description": "The configured model, while memories lack its vectors." },
                    "embedded": { "type": "integer", "description": "Memories with its vector; absent while not known." },
                    "missing": { "type": "integer", "description": "Memories whose vectors are still to be made." },
                    "unread": { "type": "integer" },
                    "problem": { "type": "string" }
                  }
                },
                "healthy": { "type": "boolean" },
                "damage": { "type": "string", "description": "What is wrong and what to do, when not healthy." }
              }
            }
            """),
    };

    public async Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var status = await memories.StatusAsync(call.Namespace, cancellationToken);
        var health = await store.HealthAsync(cancellationToken);
        var next = schedule.NextRun(time.GetUtcNow());
        var data = new StatusAnswer(
            status.Namespace.Value,
            status.Counts.ByState.OrderBy(static s => s.Key).ToDictionary(static s => Names.Of(s.Key), static s => s.Value),
            status.Counts.ActiveByKind.OrderBy(static s => s.Key).ToDictionary(static s => Names.Of(s.Key), static s => s.Value),
            status.Counts.ConfidenceHistogram,
            status.LastRun is { } run
                ? new LastRunItem(run.Id.Value, Names.Of(run.State), IsoTime.Format(run.StartedAt), run.Counts.Merged, run.Counts.Superseded, run.Counts.Contested, run.Counts.Rescored, run.Counts.Archived)
                : null,
            status.Contested == 0 ? null : status.Contested,
            Learned(status.Corrections),
            next is { } at ? IsoTime.Format(at) : null,
            health.Location.Length == 0 ? new DatabaseItem(null, null, health.SchemaVersion) : new DatabaseItem(health.Location, health.SizeBytes, health.SchemaVersion),
            new EmbeddingsItem(status.Embeddings.Model, status.Embeddings.Chosen, status.Embeddings.Embedded, status.Embeddings.Missing, status.Embeddings.Unread, status.Embeddings.Problem),
            health.Damage is null,
            health.Damage);
        return new ToolAnswer(Text(data), JsonSerializer.SerializeToElement(data, ToolJson.Default.StatusAnswer))
        {
            Next = data.Contested is null ? null : $"What waits for a decision: resource memory://{data.Namespace}/digest.",
        };
    }

    private static string Text(StatusAnswer status) => new StringBuilder()
        .Append($"Namespace {status.Namespace}: {Join(status.States, "no memories")}; active by kind: {Join(status.Kinds, "none")}.\n")
        .Append($"Confidence, active memories from [0, 0.1) to [0.9, 1]: {string.Join(' ', status.ConfidenceHistogram)}.\n")
        .Append(status.LastConsolidation is { } run
            ? $"Last consolidation: {run.Run}, {run.State}, {run.Merged} merged, {run.Superseded} superseded, {run.Contested} contested, {run.Rescored} rescored, {run.Archived} archived. "
            : "Never consolidated. ")
        .Append($"Next: {status.NextConsolidation ?? "not scheduled"}.\n")
        .Append(status.Contested is { } contested ? $"{contested} contradictions wait for a decision.\n" : "")
        .Append(status.Learned is { } learned
            ? string.Create(CultureInfo.InvariantCulture, $"Learned from {learned.Corrections} corrections: duplicates {learned.DuplicateShift:+0.00;-0.00;0.00}, contradictions {learned.ContradictionShift:+0.00;-0.00;0.00} in the probability asked for.\n")
            : "")
        .Append(CultureInfo.InvariantCulture, $"Database: {(status.Database is { Location: { } at, SizeBytes: { } bytes } ? $"{at}, {bytes / 1024.0 / 1024.0:0.0} MB, " : "")}schema {status.Database.SchemaVersion}, ")
        .Append(status.Damage is null ? "healthy." : $"NOT HEALTHY. {status.Damage}")
        .Append(Meaning(status.Embeddings))
        .ToString();

    private static string Meaning(EmbeddingsItem embeddings) =>
        $"\nMeaning: {embeddings.Model ?? "words only"}{(embeddings.Configured is { } configured ? $", {configured} to come" : "")}, "
        + $"{(embeddings.Embedded is { } embedded ? $"{embedded} memories embedded, {embeddings.Missing} to do." : "how many memories the configured model has embedded is not known yet.")}{(embeddings.Unread is > 0 and var unread ? $" The encoder has yet to read {unread}." : "")}{(embeddings.Problem is { } problem ? $" {problem}" : "")}";

    private static string Join(IReadOnlyDictionary<string, int> counts, string none) =>
        counts.Count == 0 ? none : string.Join(", ", counts.Select(static c => $"{c.Value} {c.Key}"));

    internal sealed record StatusAnswer(
        string Namespace,
        IReadOnlyDictionary<string, int> States,
        IReadOnlyDictionary<string, int> Kinds,
        IReadOnlyList<int> ConfidenceHistogram,
        LastRunItem? LastConsolidation,
        int? Contested,
        LearnedItem? Learned,
        string? NextConsolidation,
        DatabaseItem Database,
        EmbeddingsItem Embeddings,
        bool Healthy,
        string? Damage);

    private static LearnedItem? Learned(IReadOnlyDictionary<PairMarkKind, int> corrections)
    {
        var shift = ThresholdShift.Of(corrections, ConsolidationOptions.Default);
        return corrections.Count == 0 ? null : new LearnedItem(corrections.Values.Sum(), Rounded.Of(shift.Duplicate), Rounded.Of(shift.Contradiction));
    }

    internal sealed record LastRunItem(string Run, string State, string StartedAt, int Merged, int Superseded, int Contested, int Rescored, int Archived);

    internal sealed record LearnedItem(int Corrections, double DuplicateShift, double ContradictionShift);

    internal sealed record EmbeddingsItem(string? Model, string? Configured, int? Embedded, int? Missing, int? Unread, string? Problem);

    internal sealed record DatabaseItem(string? Location, long? SizeBytes, int SchemaVersion);
}
