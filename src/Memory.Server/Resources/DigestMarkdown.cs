using System.Globalization;
using System.Text;
using Memory.Core.Consolidation;
using Memory.Core.Memories;
using Memory.Server.Tools;

namespace Memory.Server.Resources;

/// <summary>What the last night's consolidation did, as Markdown.</summary>
internal static class DigestMarkdown
{
    public static string Of(Namespace ns, ConsolidationDigest digest)
    {
        var text = new StringBuilder($"# Last night in `{ns}`\n\n");
        if (digest.Run is not { } run)
        {
            return text.Append("Never consolidated.\n").ToString();
        }

        var counts = run.Counts;
        text.Append($"Run `{run.Id}`, {(run.Cause == RunCause.Schedule ? "by the schedule" : "by request")}, {Names.Of(run.State)}, began {IsoTime.Format(run.StartedAt)}: ")
            .Append($"{run.Outcome?.Examined ?? 0} examined, {counts.Merged} merged, {counts.Superseded} superseded, {counts.Contested} contested, {counts.Rescored} rescored, {counts.Archived} archived.\n");
        Append(text, "Changes", digest.Changes);
        Append(text, "To decide", digest.Contested);
        Append(text, "Held back", run.Outcome?.RolledBack ?? []);
        if (run.Outcome?.LanguageModel is { } words)
        {
            text.Append('\n').Append(words).Append('\n');
        }

        if (run.Outcome is { Stages.Count: > 0 } outcome)
        {
            text.Append("\n## Time\n\n").AppendJoin(", ", outcome.Stages.Select(static s => string.Create(CultureInfo.InvariantCulture, $"{s.Stage} {s.Elapsed.TotalSeconds:0.00} s"))).Append('\n');
        }

        return text.Append(run.State == RunState.Undone || counts.IsEmpty ? "" : $"\nTo put it back: `consolidate` with `undo_run` `{run.Id}`.\n").ToString();
    }

    private static void Append(StringBuilder text, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        text.Append($"\n## {title}\n\n");
        foreach (var line in lines)
        {
            text.Append("- ").Append(line).Append('\n');
        }
    }
}
