using System.Text;
using System.Text.Json;
using Memory.Core.Memories;

namespace Memory.Core.Transfer.Markdown;

/// <summary>
/// The lines between two <c>---</c> at the beginning of a Markdown file: a small part of YAML, <c>name: value</c>, with lists in brackets or a
/// line an entry. Nothing of YAML that can do more than name values (anchors, tags, references) has a meaning here: a value that holds it is told and not taken.
/// </summary>
internal sealed class FrontMatter
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _texts = new(StringComparer.OrdinalIgnoreCase);

    private readonly List<(int Line, string? Name, bool IsReference)> _lines = [];

    private readonly List<string> _twice = [];

    private FrontMatter(string body) => Body = body;

    /// <summary>What follows.</summary>
    public string Body { get; private set; }

    /// <summary>The number of the line with which <see cref="Body"/> begins, from 1.</summary>
    public int BodyLine { get; private set; } = 1;

    /// <summary>Whether the file begins as front matter does, and no line ends it.</summary>
    public bool IsUnclosed { get; private set; }

    public string? Text(string name) => _values.TryGetValue(name, out var values) && values is [{ Length: > 0 } value] ? value : null;

    /// <summary>The entries of a list, or of a text with commas.</summary>
    public IReadOnlyList<string> List(string name) =>
        !_values.TryGetValue(name, out var values) ? [] : _texts.Contains(name) && values is [var one] ? [.. one.Split(',').Select(static v => v.Trim()).Where(static v => v.Length > 0)] : values;

    /// <summary>The lines of which nothing is taken, with the reason: those that name nothing, or what is not among the names that are known.</summary>
    public IEnumerable<(int Line, string Reason)> LeftOut(IReadOnlyCollection<string> known) => _lines
        .Where(l => l.IsReference || l.Name is null || !known.Contains(l.Name, StringComparer.OrdinalIgnoreCase))
        .Select(l => (l.Line, (l.Name is null ? "The line is no 'name: value' and no entry of a list"
            : l.IsReference && known.Contains(l.Name, StringComparer.OrdinalIgnoreCase) ? "An anchor (&), a reference (*) or a tag (!) of YAML has no meaning here; write the value itself, in quotes if it begins so"
            : $"'{Screening.VisibleText.Of(l.Name.Length <= 40 ? l.Name : l.Name[..40])}' has no meaning here; {string.Join(", ", known)} have")
            + ". It is left out; the rest of the file is taken."));

    /// <summary>That one of the names that are known stands twice, of which only one value could be taken.</summary>
    /// <returns>The problem, or <see langword="null"/> when each stands once.</returns>
    public Problem? Twice(IReadOnlyCollection<string> known) => _twice.Find(n => known.Contains(n, StringComparer.OrdinalIgnoreCase)) is { } name
        ? Problem.Invalid($"{known.First(k => k.Equals(name, StringComparison.OrdinalIgnoreCase))} stands twice in the front matter.")
        : null;

    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>Reads a file. Without front matter all of it is body.</summary>
    public static FrontMatter Read(string text)
    {
        var matter = new FrontMatter(text);
        var lines = new StringReader(text);
        if (lines.ReadLine()?.TrimEnd() != "---")
        {
            return matter;
        }

        string? name = null;
        for (var number = 2; lines.ReadLine() is { } line; number++)
        {
            if (line.TrimEnd() is "---" or "...")
            {
                (matter.Body, matter.BodyLine) = (lines.ReadToEnd(), number + 1);
                return matter;
            }

            name = matter.Take(line, number, name);
        }

        // A file may as well begin with a rule; then what follows it names nothing.
        matter.IsUnclosed = matter._lines is [{ Name: not null }, ..];
        matter._values.Clear();
        matter._lines.Clear();
        matter._twice.Clear();
        return matter;
    }

    private string? Take(string line, int number, string? name)
    {
        var text = line.Trim();
        if (text.Length == 0 || text[0] == '#')
        {
            return name;
        }

        if (text.StartsWith("- ", StringComparison.Ordinal) && name is not null)
        {
            if (IsReference(text[2..].TrimStart()))
            {
                _lines.Add((number, name, true));
            }
            else
            {
                _values[name].Add(Unquoted(text[2..]));
            }

            return name;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
        {
            _lines.Add((number, null, false));
            return name;
        }

        var value = text[(colon + 1)..].Trim();
        name = text[..colon].Trim();
        var isList = value is ['[', .., ']'];
        List<string> values = value.Length == 0 ? [] : isList ? Entries(value[1..^1]) : [value];
        var isReference = values.Any(IsReference);
        _lines.Add((number, name, isReference));
        _ = value.Length > 0 && value[0] != '[' ? _texts.Add(name) : _texts.Remove(name);
        if (_values.ContainsKey(name))
        {
            _twice.Add(name);
        }

        _values[name] = isReference ? [] : [.. values.Select(Unquoted).Where(v => !isList || v.Length > 0)];
        return name;
    }

    private static bool IsReference(string value) => value is ['&' or '*' or '!', ..];

    // As they are written, in their quotes.
    private static List<string> Entries(string list)
    {
        var entries = new List<string>();
        for (var at = 0; at < list.Length;)
        {
            var end = at;
            var quote = '\0';
            for (; end < list.Length && (quote != '\0' || list[end] != ','); end++)
            {
                if (list[end] == '\\' && quote == '"')
                {
                    end++;
                }
                else if (list[end] is '"' or '\'')
                {
                    quote = quote == '\0' ? list[end] : quote == list[end] ? '\0' : quote;
                }
            }

            end = Math.Min(end, list.Length);
            entries.Add(list[at..end].Trim());
            at = end + 1;
        }

        return entries;
    }

    private static string Unquoted(string value)
    {
        value = value.Trim();
        if (value.Length > 1 && value[0] == '\'' && value[^1] == '\'')
        {
            return value[1..^1].Replace("''", "'", StringComparison.Ordinal);
        }

        if (value.Length < 2 || value[0] != '"' || value[^1] != '"')
        {
            return value;
        }

        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(value));
            return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString()! : value[1..^1];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return value[1..^1];
        }
    }

    /// <summary>A value as it is written: plain where YAML leaves it alone, else in double quotes as JSON has them, which YAML reads too.</summary>
    public static string Quoted(string value)
    {
        var plain = value.Length > 0 && char.IsLetterOrDigit(value[0]) && char.IsLetterOrDigit(value[^1])
            && value.All(static c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_' or '.' or '/')
            && value.ToUpperInvariant() is not ("TRUE" or "FALSE" or "NULL" or "YES" or "NO" or "ON" or "OFF") && !value.Contains("  ", StringComparison.Ordinal);
        return plain ? value : $"\"{JsonEncodedText.Encode(value, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
    }
}
