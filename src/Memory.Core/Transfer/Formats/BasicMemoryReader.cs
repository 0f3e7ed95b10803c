using System.Text;
using Memory.Core.Memories;
using Memory.Core.Transfer.Markdown;

namespace Memory.Core.Transfer.Formats;

/// <summary>
/// Notes of basic-memory: observations (<c>- [category] text #tag (context)</c>) and relations (<c>- relation [[Target]] #tag (context)</c>,
/// <c>- [[Target]]</c>) each become a memory that names the note; the prose of each section becomes one more.
/// </summary>
internal static class BasicMemoryReader
{
    public const string Source = "import:basic-memory";

    private static readonly string[] Known = ["title", "type", "permalink", "tags", "created", "modified"];

    /// <summary>Whether a file looks like a note of basic-memory.</summary>
    public static bool IsNote(FrontMatter matter) => !matter.Has("id") && (matter.Has("permalink") || (matter.Has("title") && matter.Has("type")));

    /// <summary>What one note says.</summary>
    public static IReadOnlyList<ForeignStatement> Note(string file, string text, ImportTally tally)
    {
        var matter = FrontMatter.Read(text);
        DateTimeOffset? when = null;
        if (matter.IsUnclosed)
        {
            return Refuse(tally, file, MemoryFile.Unclosed);
        }

        if (matter.Twice(Known) is { } twice)
        {
            return Refuse(tally, file, twice.Message);
        }

        if (matter.Text("created") is { } created && (when = ForeignWords.Time(created)) is null)
        {
            return Refuse(tally, file, ForeignWords.NoTime("created", created).Message);
        }

        foreach (var (line, reason) in matter.LeftOut(Known))
        {
            tally.LeaveOut($"{file}, line {line}", reason);
        }

        ForeignStatement[] said = [.. Statements(file, matter, when)];
        return said.Length > 0 ? said : Refuse(tally, file, "The note says nothing: it has neither observations nor relations nor prose.");
    }

    private static IEnumerable<ForeignStatement> Statements(string file, FrontMatter matter, DateTimeOffset? when)
    {
        var title = matter.Text("title") ?? Path.GetFileNameWithoutExtension(file);
        var tags = matter.List("tags");
        var (prose, heading, isCode) = (new StringBuilder(), "", false);
        var number = matter.BodyLine - 1;
        foreach (var raw in matter.Body.Split('\n').Append(null))
        {
            var line = raw?.Trim() ?? "";
            number++;
            isCode ^= line.StartsWith("```", StringComparison.Ordinal);
            if (raw is null || (!isCode && line.StartsWith('#') && (line.Length == 1 || line.TrimStart('#').StartsWith(' '))))
            {
                if (prose.ToString().Trim() is { Length: > 0 } section && !ThematicBreak.IsAllOf(section))
                {
                    yield return Statement($"{file}, before line {number}", About(title, heading.Length == 0 || heading == title ? section : $"{heading}: {section}"), MemoryKind.Note, tags, when);
                }

                prose.Clear();
                heading = line.TrimStart('#').Trim();
            }
            else if (!isCode && BasicMemoryRelation.Read(line) is { } relation)
            {
                yield return Statement($"{file}, line {number}", relation.Of(title), MemoryKind.Fact, [.. relation.Tags, .. tags], when);
            }
            else if (!isCode && Observation(line) is var (category, said))
            {
                var own = BasicMemoryTags.Of(said, out var content);
                yield return Statement($"{file}, line {number}", About(title, content), ForeignWords.Kind(category), [.. own, category, .. tags], when);
            }
            else
            {
                prose.Append(raw.TrimEnd()).Append('\n');
            }
        }
    }

    private static (string Category, string Text)? Observation(string line)
    {
        var close = line.IndexOf(']', StringComparison.Ordinal);
        return line.StartsWith("- [", StringComparison.Ordinal) && close > 3 && close + 1 < line.Length && line[close + 1] == ' ' && line[3..close] is not ("x" or "X" or " " or "-") && line[3] != '['
            ? (line[3..close].Trim(), line[(close + 1)..].Trim())
            : null;
    }

    private static IReadOnlyList<ForeignStatement> Refuse(ImportTally tally, string place, string reason)
    {
        tally.Read++;
        tally.Reject(place, reason);
        return [];
    }

    private static string About(string title, string text) => ForeignWords.Names(text, title) ? text : $"{title}: {text}";

    private static ForeignStatement Statement(string place, string content, MemoryKind kind, IReadOnlyList<string> tags, DateTimeOffset? when) =>
        new(place, new NewMemory { Content = content, Kind = kind, Tags = ForeignWords.Tags(tags), Source = Source, OccurredAt = when });
}
