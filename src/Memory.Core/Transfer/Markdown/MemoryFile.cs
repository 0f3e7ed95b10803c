using System.Globalization;
using System.Text;
using Memory.Core.Memories;

namespace Memory.Core.Transfer.Markdown;

/// <summary>One memory as a Markdown file: front matter for what surrounds the statement, then the statement.</summary>
/// <param name="Id">The memory, when the file names one.</param>
/// <param name="Namespace">The namespace, when the file names one.</param>
/// <param name="Statement">What it says, and the kind, tags, importance, source, session and time of the front matter.</param>
/// <param name="State">Active or archived.</param>
/// <param name="StateIsNamed">Whether the file names its state; one that does not is of an active memory.</param>
/// <param name="CreatedAt">When it was stored, when the file says so.</param>
/// <param name="LeftOut">The lines of the front matter of which nothing is taken, with the reason.</param>
internal sealed record MemoryFile(
    MemoryId? Id, Namespace? Namespace, NewMemory Statement, MemoryState State, bool StateIsNamed, DateTimeOffset? CreatedAt, IReadOnlyList<(int Line, string Reason)> LeftOut)
{
    public const string Source = "import:markdown";

    /// <summary>Why a file is not taken whose front matter is not ended.</summary>
    public const string Unclosed = "The front matter that begins in line 1 is not ended by a line '---'.";

    private const string OnlyRules = "The file says nothing: it has rules ('---', '***', '___') and nothing else.";
    private const int MaxSlug = 50;
    private static readonly string[] Known = ["id", "namespace", "kind", "tags", "importance", "source", "session", "occurred_at", "state", "created_at"];

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    /// <summary>The name of a memory's file: the beginning of what it says, for people, and the id, which makes it unique.</summary>
    public static string NameOf(MemoryRecord memory)
    {
        var slug = new StringBuilder();
        foreach (var c in memory.Content.AsSpan(0, Math.Min(memory.Content.Length, 4 * MaxSlug)))
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(char.ToLowerInvariant(c));
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }

            if (slug.Length == MaxSlug)
            {
                break;
            }
        }

        var words = slug.ToString().Trim('-');
        return words.Length == 0 ? $"{memory.Id}.md" : $"{words}-{memory.Id}.md";
    }

    /// <summary>The memory of whose file this may be the name; <see langword="null"/> when it is no name that <see cref="NameOf"/> gives.</summary>
    public static MemoryId? IdOfName(string name)
    {
        var stem = Path.GetFileNameWithoutExtension(name);
        var start = stem.Length - MemoryId.Length;
        return start >= 0 && (start == 0 || stem[start - 1] == '-') && MemoryId.TryParse(stem[start..], out var id) ? id : null;
    }

    public static string Write(MemoryRecord memory)
    {
        var text = new StringBuilder("---\n")
            .Append("id: ").Append(memory.Id).Append('\n')
            .Append("namespace: ").Append(FrontMatter.Quoted(memory.Namespace.Value)).Append('\n')
            .Append("kind: ").Append(Names.Of(memory.Kind)).Append('\n');
        if (memory.Tags.Count > 0)
        {
            text.Append("tags: [").AppendJoin(", ", memory.Tags.Select(FrontMatter.Quoted)).Append("]\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"importance: {memory.Importance:R}\n").Append("source: ").Append(FrontMatter.Quoted(memory.Source)).Append('\n');
        if (memory.Session is { } session)
        {
            text.Append("session: ").Append(FrontMatter.Quoted(session)).Append('\n');
        }

        if (memory.OccurredAt is { } occurred)
        {
            text.Append("occurred_at: ").Append(Written(occurred)).Append('\n');
        }

        if (memory.State == MemoryState.Archived)
        {
            text.Append("state: archived\n");
        }

        return text.Append("created_at: ").Append(Written(memory.CreatedAt)).Append("\n---\n").Append(memory.Content).Append('\n').ToString();
    }

    public static Outcome<MemoryFile> Read(string text)
    {
        var matter = FrontMatter.Read(text);
        if (matter.IsUnclosed)
        {
            return Problem.Invalid(Unclosed);
        }

        if (matter.Twice(Known) is { } twice)
        {
            return twice;
        }

        // Of an export, it is what somebody stored.
        if (!matter.Has("id") && ThematicBreak.IsAllOf(matter.Body))
        {
            return Problem.Invalid(OnlyRules);
        }

        MemoryId? id = null;
        if (matter.Has("id"))
        {
            if (!MemoryId.TryParse(matter.Text("id"), out var named))
            {
                return Problem.Invalid("id is not the id of a memory; leave it out for a new one.");
            }

            id = named;
        }

        Namespace? ns = null;
        if (matter.Has("namespace"))
        {
            if (!Memories.Namespace.TryParse(matter.Text("namespace"), out var home))
            {
                return Problem.Invalid($"namespace is '{Shortened(matter.Text("namespace") ?? "")}'; {Memories.Namespace.Allowed} are allowed. Without it the file goes where the import goes.");
            }

            ns = home;
        }

        var (importance, kind) = ((double?)null, MemoryKind.Fact);
        if (matter.Text("importance") is { } number)
        {
            if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed))
            {
                return Problem.Invalid($"importance is '{Shortened(number)}'; a number from 0 to 1 is allowed.");
            }

            importance = parsed;
        }

        if (matter.Text("kind") is { } word)
        {
            if (!Enum.GetValues<MemoryKind>().Any(k => Names.Of(k) == word))
            {
                return Problem.Invalid($"kind is '{Shortened(word)}'; {string.Join(", ", Enum.GetValues<MemoryKind>().Select(Names.Of))} are allowed.");
            }

            kind = Names.ParseKind(word);
        }

        if (matter.Text("state") is not (null or "active" or "archived"))
        {
            return Problem.Invalid("state is neither active nor archived.");
        }

        if (!Time(matter, "occurred_at", out var occurred) || !Time(matter, "created_at", out var created))
        {
            return Problem.Invalid("occurred_at or created_at is not a time such as 2026-05-31T18:00:00Z.");
        }

        var statement = new NewMemory
        {
            Content = WithoutLastBreak(matter.Body), Kind = kind, Tags = matter.List("tags"), Importance = importance, Source = matter.Text("source") ?? Source,
            Session = matter.Text("session"), OccurredAt = occurred,
        };
        return new MemoryFile(id, ns, statement, matter.Text("state") == "archived" ? MemoryState.Archived : MemoryState.Active, matter.Text("state") is not null, created, [.. matter.LeftOut(Known)]);
    }

    /// <summary>What the file says otherwise than its memory and is not taken from it, each with the reason: who said it, where and when it was stored.</summary>
    /// <param name="there">The memory that the file names.</param>
    public IEnumerable<string> NotTakenBy(MemoryRecord there)
    {
        (string Name, string? InFile, string InStore)[] fields =
        [
            ("source", Statement.Source == Source ? null : Statement.Source, there.Source),
            ("session", Statement.Session, there.Session ?? ""),
            // Consolidation changes states too: only what the file says is told, not what it leaves out.
            ("state", StateIsNamed ? Names.Of(State) : null, Names.Of(there.State)),
            ("created_at", CreatedAt is { } created ? Written(created) : null, Written(there.CreatedAt)),
        ];
        return fields.Where(static f => f.InFile is not null && f.InFile != f.InStore)
            .Select(static f => $"{f.Name} is '{Shortened(f.InFile!)}' here and {(f.InStore.Length == 0 ? "is not given" : $"'{Shortened(f.InStore)}'")} in the store, where it stays so: of a memory that is there it is not taken.");
    }

    // Editors end a file with a line break; the one that was written is not part of the statement.
    private static string WithoutLastBreak(string body) => body.EndsWith("\r\n", StringComparison.Ordinal) ? body[..^2] : body.EndsWith('\n') ? body[..^1] : body;

    private static bool Time(FrontMatter matter, string name, out DateTimeOffset? time)
    {
        time = matter.Text(name) is { } text
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var parsed) ? Instant.Whole(parsed) : null;
        return time is not null || matter.Text(name) is null;
    }

    private static string Written(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static string Shortened(string text) => Screening.VisibleText.Of(text.Length <= 40 ? text : text[..40]);
}
