using Memory.Core.Consolidation.Pairs;
using Memory.Core.Memories;

namespace Memory.Training.Pairs;

/// <summary>Reads the hand-written material.</summary>
internal static class Material
{
    /// <summary>All blocks of a folder's files, by file and line.</summary>
    /// <exception cref="InvalidDataException">A line has no known form.</exception>
    public static IReadOnlyList<PairTemplate> Read(DirectoryInfo folder)
    {
        var templates = new List<PairTemplate>();
        foreach (var file in folder.GetFiles("*.txt").OrderBy(static f => f.Name, StringComparer.Ordinal))
        {
            var topic = Path.GetFileNameWithoutExtension(file.Name);
            foreach (var line in File.ReadLines(file.FullName).Where(static l => l.Length > 0))
            {
                if (line.StartsWith("@ ", StringComparison.Ordinal))
                {
                    var words = line.Split(' ');
                    templates.Add(new PairTemplate { Topic = topic, Name = words[1], Kind = Enum.Parse<MemoryKind>(words[2], ignoreCase: true), IsSingle = words[3] == "one" });
                }
                else
                {
                    Add(templates[^1], line, file.Name);
                }
            }
        }

        return templates;
    }

    private static void Add(PairTemplate template, string line, string file)
    {
        var rest = line[2..].Trim();
        switch (line[..2])
        {
            case "S:":
                template.Subjects.AddRange(rest.Split(" | "));
                break;
            case "V:":
                template.Values.AddRange(rest.Split(" | ").Select(static v => v.Split('=')));
                break;
            case "T:":
                template.Subjects.AddRange(rest.Split(" | "));
                template.SubjectIsMoment = true;
                break;
            case "= ":
                template.Plain.Add(rest);
                break;
            case "+ ":
                template.More.Add(rest);
                break;
            case "! ":
                template.Changed.Add(rest);
                break;
            case "x ":
                template.Denied.Add(rest);
                break;
            case "~ ":
                template.Beside.Add(rest);
                break;
            case "? ":
                template.Elsewhere.Add(rest);
                break;
            case ">>":
                var parts = rest.Split(" | ");
                var order = parts.Length > 3 ? parts[3].Split(' ')[^1] : null;
                template.Whole.Add((Enum.Parse<PairRelation>(parts[0], ignoreCase: true), parts[1], parts[2], order));
                break;
            default:
                throw new InvalidDataException($"{file}: '{line}' has no known form.");
        }
    }
}
