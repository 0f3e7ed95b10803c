using System.Text;
using Memory.Core.Memories;
using Memory.Core.Transfer.Markdown;

namespace Memory.Core.Transfer.Formats;

/// <summary>
/// Notes of basic-memory: observations (<c>- [category] text #tag (context)</c>) and relations (<c>- relation [[Target]]</c>, <c>- [[Target]]</c>)
/// each become a memory that names the note; the prose of each section becomes one more.
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

        if (matter.Text("created") is { } created && (when = ForeignWords.Time(created)) is null)
        {
            return Refuse(tally, file, ForeignWords.NoTime("created", created).Message);
        }

        foreach (var (line, reason) in matter.LeftOut(Known))
        {
            tally.Reject($"{file}, line {line}", reason);
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
                if (prose.ToString().Trim() is { Length: > 0 } section)
                {
                    yield return Statement($"{file}, before line {number}", About(title, heading.Length == 0 || heading == title ? section : $"{heading}: {section}"), MemoryKind.Note, tags, when);
                }

                prose.Clear();
                heading = line.TrimStart('#').Trim();
            }
            else if (!isCode && Relation(line) is var (relation, target))
            {
                yield return Statement($"{file}, line {number}", $"{title} {relation.Replace('_', ' ')} {target}.", MemoryKind.Fact, tags, when);
            }
            else if (!isCode && Observation(line) is var (category, said))
            {
                var own = Tags(said, out var content);
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

    private static (string Relation, string Target)? Relation(string line)
    {
        var open = line.IndexOf("[[", StringComparison.Ordinal);
        var close = open < 0 ? -1 : line.IndexOf("]]", open, StringComparison.Ordinal);
        // Only a bullet that is nothing but the relation: a link within an observation or a sentence is part of it.
        if (line.Length < 2 || line[0] is not ('-' or '*') || line[1] != ' ' || close <= open + 2 || (close + 2 < line.Length && line[(close + 2)..].Trim() is not ['(', .., ')']))
        {
            return null;
        }

        var (relation, target) = (line[2..open].Trim().Trim('"'), line[(open + 2)..close]);
        // '[[Page|as it is called here]]'; a relation without a name is how basic-memory writes that two notes have to do with each other.
        return relation.StartsWith('[') ? null : (relation.Length == 0 ? "relates to" : relation, target.Split('|')[0].Trim());
    }

    private static IReadOnlyList<ForeignStatement> Refuse(ImportTally tally, string place, string reason)
    {
        tally.Read++;
        tally.Reject(place, reason);
        return [];
    }

    // '#tag' at the end of words; the number of an issue or a colour is none.
    private static List<string> Tags(string text, out string content)
    {
        var tags = new List<string>();
        var kept = new List<string>();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Length > 1 && word[0] == '#' && char.IsLetter(word[1]))
            {
                tags.Add(word[1..]);
            }
            else
            {
                kept.Add(word);
            }
        }

        content = string.Join(' ', kept);
        return tags;
    }

    private static string About(string title, string text) => ForeignWords.Names(text, title) ? text : $"{title}: {text}";

    private static ForeignStatement Statement(string place, string content, MemoryKind kind, IReadOnlyList<string> tags, DateTimeOffset? when) =>
        new(place, new NewMemory { Content = content, Kind = kind, Tags = ForeignWords.Tags(tags), Source = Source, OccurredAt = when });
}
