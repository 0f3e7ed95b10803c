using System.Globalization;
using System.Text;
using Memory.Core.Memories;
using Memory.Core.Operations;

namespace Memory.Server.Resources;

/// <summary>The overview of a namespace as Markdown.</summary>
internal static class SnapshotMarkdown
{
    public static string Of(NamespaceOverview overview)
    {
        var status = overview.Status;
        var text = new StringBuilder($"# Memory of `{status.Namespace}`\n\n");
        var states = status.Counts.ByState.OrderBy(static s => s.Key).Select(static s => $"{s.Value} {Names.Of(s.Key)}");
        text.Append(status.Counts.ByState.Count == 0 ? "No memories yet." : string.Join(", ", states) + ".");
        text.Append(status.LastRun is { } run
            ? $" Last consolidation: {run.Id}, {Names.Of(run.State)}, {run.Counts.Merged} merged, {run.Counts.Superseded} superseded, {run.Counts.Contested} contested, {run.Counts.Rescored} rescored, {run.Counts.Archived} archived.\n"
            : " Never consolidated.\n");
        foreach (var (kind, memories) in overview.MostActive)
        {
            text.Append($"\n## {Names.Of(kind)} ({status.Counts.ActiveByKind.GetValueOrDefault(kind)})\n\n");
            foreach (var memory in memories)
            {
                text.Append("- ").Append(MemoryMarkdown.OneLine(memory.Content))
                    .Append(CultureInfo.InvariantCulture, $" (`{memory.Id}`, confidence {memory.Confidence:0.00})\n");
            }
        }

        if (overview.Tags.Count > 0)
        {
            text.Append("\n## Tags\n\n").AppendJoin(", ", overview.Tags.Select(static t => $"`{t}`")).Append('\n');
        }

        return text.ToString();
    }
}
