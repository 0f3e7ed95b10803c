using System.Runtime.CompilerServices;
using System.Text;
using Memory.Core.Memories;

namespace Memory.Core.Transfer.Formats;

/// <summary>
/// A list as ChatGPT and Claude give it when asked what they remember: a line or bullet a memory, with or without a date before it
/// (<c>[2025-03-01] - Prefers tea</c>). Headings, fences of code blocks, empty lines and bullets without a text say nothing; an indented line goes on from
/// the one before.
/// </summary>
internal static class TextListReader
{
    public const string Source = "import:list";

    // What stands for a date that nobody knows.
    private static readonly HashSet<string> NoDate = new(["unknown", "unknown date", "date unknown", "no date", "undated", "n/a", "?", "-"], StringComparer.OrdinalIgnoreCase);

    public static async IAsyncEnumerable<ForeignStatement> ReadAsync(Stream stream, ImportTally tally, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = new LineSource(stream);
        var (start, text) = (0, new StringBuilder());
        while (await lines.NextAsync(cancellationToken) is var (bytes, tooLong))
        {
            string? line = null;
            var unreadable = tooLong || !TryDecode(bytes.Span, out line);
            if (unreadable)
            {
                tally.Read++;
                tally.Reject($"line {lines.Number}", tooLong ? "The line is too long." : "The line is not UTF-8.");
            }

            var content = line is null ? "" : Content(line);
            if (content.Length > 0 && text.Length > 0 && char.IsWhiteSpace(line![0]) && !IsBullet(line.AsSpan().Trim()))
            {
                text.Append(' ').Append(content);
                continue;
            }

            if (text.Length > 0)
            {
                foreach (var statement in Statement(start, text.ToString(), tally))
                {
                    yield return statement;
                }

                text.Clear();
            }

            if (content.Length > 0)
            {
                (start, _) = (lines.Number, text.Append(content));
            }
        }

        foreach (var statement in text.Length > 0 ? Statement(start, text.ToString(), tally) : [])
        {
            yield return statement;
        }
    }

    // What a line says without bullet or number; nothing for a heading, a fence, or signs alone.
    private static string Content(string line)
    {
        var text = line.AsSpan().Trim();
        if (text.IsEmpty || text[0] == '#' || text.StartsWith("```", StringComparison.Ordinal) || text.StartsWith("---", StringComparison.Ordinal)
            || (text[^1] == ':' && !IsBullet(text)) || (text.StartsWith("**", StringComparison.Ordinal) && text.EndsWith("**", StringComparison.Ordinal)))
        {
            return "";
        }

        var said = (IsBullet(text) ? text[(text.IndexOf(' ') + 1)..] : text).Trim();
        return IsMark(text) || IsSignsAlone(said) ? "" : said.ToString();
    }

    private static bool IsBullet(ReadOnlySpan<char> text)
    {
        var space = text.IndexOf(' ');
        return space > 0 && IsMark(text[..space]);
    }

    private static bool IsMark(ReadOnlySpan<char> mark) =>
        mark is "-" or "*" or "+" or "•" or "–" || (mark[^1] is '.' or ')' && mark.Length is > 1 and <= 5 && !mark[..^1].ContainsAnyExceptInRange('0', '9'));

    // An empty box to tick, a rule under a heading.
    private static bool IsSignsAlone(ReadOnlySpan<char> text)
    {
        foreach (var sign in text)
        {
            if (!char.IsPunctuation(sign) && !char.IsWhiteSpace(sign) && sign is not ('=' or '+'))
            {
                return false;
            }
        }

        return true;
    }

    private static IReadOnlyList<ForeignStatement> Statement(int line, string text, ImportTally tally)
    {
        DateTimeOffset? when = null;
        if (text[0] == '[' && text.IndexOf(']', StringComparison.Ordinal) is > 0 and <= 40 and var close)
        {
            var (date, rest) = (text[1..close].Trim(), text[(close + 1)..].TrimStart());
            when = ForeignWords.Time(date);
            if (when is not null || NoDate.Contains(date))
            {
                text = rest.TrimStart('-', '–', ' ');
            }
            else if (rest.StartsWith("- ", StringComparison.Ordinal) && date.Length > 4 && !date.AsSpan(0, 4).ContainsAnyExceptInRange('0', '9'))
            {
                tally.Read++;
                tally.Reject($"line {line}", $"[{Screening.VisibleText.Of(date)}] is no date; one such as [2026-05-31], [unknown], or none is allowed.");
                return [];
            }
        }

        return [new($"line {line}", new NewMemory { Content = text, Source = Source, OccurredAt = when })];
    }

    private static bool TryDecode(ReadOnlySpan<byte> bytes, out string? line)
    {
        try
        {
            line = Strict.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            line = null;
            return false;
        }
    }

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
