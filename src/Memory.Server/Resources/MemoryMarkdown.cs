using System.Globalization;
using System.Text;
using Memory.Core.Confidence;
using Memory.Core.Memories;
using Memory.Core.Recall;
using Memory.Server.Tools;

namespace Memory.Server.Resources;

/// <summary>One memory with its evidence, the arithmetic of its confidence and its lineage as Markdown.</summary>
internal static class MemoryMarkdown
{
    public static string Of(MemoryDetails details)
    {
        var memory = details.Memory;
        var text = new StringBuilder($"# Memory `{memory.Id}`\n\n");
        text.Append(memory.State == MemoryState.Forgotten ? "(forgotten: its content was erased)" : Quoted(memory.Content)).Append("\n\n");
        text.Append($"- {Names.Of(memory.Kind)}, {Names.Of(memory.State)}, from {memory.Source}{(memory.Session is { } session ? $" in {session}" : "")}\n");
        text.Append($"- stored {IsoTime.Format(memory.CreatedAt)}");
        text.Append(memory.OccurredAt is { } at ? $", occurred {IsoTime.Format(at)}" : "");
        text.Append(memory.ValidUntil is { } until ? $", valid until {IsoTime.Format(until)}" : "").Append('\n');
        var said = details.Confidence.Terms.Where(static t => t.Evidence.Kind is EvidenceKind.Asserted or EvidenceKind.Corroborated).Select(static t => t.Evidence.At).ToList();
        text.Append(said.Count > 1 ? $"- first said {IsoTime.Format(said.Min())}, last {IsoTime.Format(said.Max())}\n" : "");
        text.Append(CultureInfo.InvariantCulture, $"- importance {memory.Importance:0.##}, recalled {details.Use.Count} times\n");
        text.Append(memory.Tags.Count > 0 ? $"- tags: {string.Join(", ", memory.Tags.Select(static t => $"`{t}`"))}\n" : "");
        AppendConfidence(text, details.Confidence);
        AppendContests(text, details);
        AppendLineage(text, details);
        return text.ToString();
    }

    public static string OneLine(string content) => content.ReplaceLineEndings(" ");

    private static void AppendConfidence(StringBuilder text, ConfidenceCalculation confidence)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## Confidence {confidence.Value:0.00}\n\nLog-odds {confidence.LogOdds:0.00}, the sum of:\n\n");
        text.Append(CultureInfo.InvariantCulture, $"- {confidence.Prior:+0.00;-0.00;0.00} prior\n");
        foreach (var term in confidence.Terms)
        {
            var evidence = term.Evidence;
            text.Append(CultureInfo.InvariantCulture, $"- {term.Contribution:+0.00;-0.00;0.00} {Names.Of(evidence.Kind)}{(evidence.IsHedged ? ", hedged," : "")} by {evidence.Source}")
                .Append(evidence.Session is { } session ? $" in {session}" : "").Append($", {IsoTime.Format(evidence.At)}")
                .Append(evidence.Reason is { } note ? $": {OneLine(note)}" : "")
                .Append(evidence.Statement is { } words ? $", in the words: {OneLine(words)}" : "").Append('\n');
        }
    }

    private static void AppendContests(StringBuilder text, MemoryDetails details)
    {
        if (details.ContestedWith.Count == 0)
        {
            return;
        }

        text.Append("\n## Contested\n\n");
        foreach (var other in details.ContestedWith)
        {
            text.Append(CultureInfo.InvariantCulture, $"- `{other.Id}` says otherwise (confidence {other.Confidence:0.00}): {OneLine(other.Content)}\n");
        }
    }

    private static void AppendLineage(StringBuilder text, MemoryDetails details)
    {
        if (details.Lineage.Count == 0)
        {
            return;
        }

        text.Append("\n## Lineage\n\n");
        foreach (var link in details.Lineage.Where(l => l.From == details.Memory.Id))
        {
            text.Append($"- {(link.Kind == LinkKind.MergedInto ? "merged into" : "superseded by")} `{link.To}`, {IsoTime.Format(link.At)}\n");
        }

        foreach (var replaced in details.Replaced)
        {
            text.Append($"- holds `{replaced.Id}` ({Names.Of(replaced.State)}): {OneLine(replaced.Content)}\n");
        }
    }

    private static string Quoted(string content) => "> " + content.ReplaceLineEndings("\n> ");
}
