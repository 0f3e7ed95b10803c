using System.Buffers;
using System.Globalization;
using System.Text;

namespace Memory.Server.Tools;

/// <summary>A memory in one line for a model to read: id, statement, then in brackets what it needs to judge it.</summary>
internal static class MemoryText
{
    // A caller who set a budget shall not pay for 50 ids; the data holds them all.
    private const int MaxIdsNamed = 8;
    private const int MaxExcerpt = 160;

    private static readonly SearchValues<char> LineBreaks = SearchValues.Create("\r\n\u2028\u2029");
    private static readonly SearchValues<char> Brackets = SearchValues.Create(",;()\"#");
    // Each costs tokens, and one is as good as another.
    private const int MaxAlikeNamed = 3;

    private static readonly string[] BreakStrings = ["\r\n", "\r", "\n", "\u2028", "\u2029"];

    /// <summary>The line of a result.</summary>
    /// <param name="item">The result.</param>
    /// <param name="isBrief">Whether there is no room for more than its statement and what warns of it.</param>
    public static string Line(RecallTool.RecalledItem item, bool isBrief = false)
    {
        var line = new StringBuilder().Append('[').Append(item.Id).Append("] ").Append(Indented(item.Content));
        return isBrief ? line.Append(Warnings(item)).ToString() : Described(line, item);
    }

    private static string Described(StringBuilder line, RecallTool.RecalledItem item)
    {
        line.Append(CultureInfo.InvariantCulture, $" ({item.Kind}, confidence {item.Confidence:0.00}, {item.When[..10]}, from {Quoted(item.Source)}");
        if (item.State != "active")
        {
            line.Append(", ").Append(item.State.ToUpperInvariant());
        }

        if (item.Excerpt is true)
        {
            line.Append(", ONLY ITS BEGINNING");
        }

        foreach (var tag in item.Tags)
        {
            line.Append(", #").Append(Quoted(tag));
        }

        foreach (var link in item.Lineage ?? [])
        {
            line.Append("; ").Append(link.Relation.Replace('_', ' ')).Append(' ').Append(link.Id);
        }

        foreach (var contested in item.ContestedWith ?? [])
        {
            line.Append(CultureInfo.InvariantCulture, $"; CONTESTED: {contested.Id} says otherwise, \"{contested.Content.Replace('"', '\'')}\", confidence {contested.Confidence:0.00}");
        }

        if (item.Alike is { } alike)
        {
            line.Append("; the same as ").AppendJoin(", ", alike.Take(MaxAlikeNamed)).Append(alike.Count > MaxAlikeNamed ? $" and {alike.Count - MaxAlikeNamed} more" : "");
        }

        return line.Append(')').ToString();
    }

    private static string Warnings(RecallTool.RecalledItem item)
    {
        string?[] all = [item.State == "active" ? null : item.State.ToUpperInvariant(), item.Excerpt is true ? "ONLY ITS BEGINNING" : null, item.ContestedWith is null ? null : "CONTESTED"];
        var given = string.Join(", ", all.Where(static w => w is not null));
        return given.Length == 0 ? given : $" ({given})";
    }

    /// <summary>What did not fit: how many, and the best of them by id.</summary>
    /// <param name="ids">All of them, best first.</param>
    /// <param name="anyShown">Whether anything did fit.</param>
    public static string LeftOut(IReadOnlyList<string> ids, bool anyShown) =>
        $"({ids.Count}{(anyShown ? " more" : "")} did not fit into the tokens allowed: {string.Join(", ", ids.Take(MaxIdsNamed))}{(ids.Count > MaxIdsNamed ? ", ..." : "")})";

    /// <summary>The beginning of a statement in one line.</summary>
    public static string Excerpt(string content)
    {
        var line = string.Join(' ', content.Split(BreakStrings, StringSplitOptions.None));
        return line.Length <= MaxExcerpt ? line : string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[MaxExcerpt - 1]) ? MaxExcerpt - 1 : MaxExcerpt), "…");
    }

    /// <summary>A statement of which no line can pass for a memory of its own.</summary>
    public static string Indented(string content) =>
        content.AsSpan().IndexOfAny(LineBreaks) < 0 ? content : string.Join("\n  | ", content.Split(BreakStrings, StringSplitOptions.None));

    // What could pass for more of the brackets than it is, stands in quotes.
    private static string Quoted(string name) => name.AsSpan().IndexOfAny(Brackets) < 0 ? name : $"\"{name.Replace('"', '\'')}\"";
}
