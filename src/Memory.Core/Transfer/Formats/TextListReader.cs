using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Memory.Core.Memories;

namespace Memory.Core.Transfer.Formats;

/// <summary>
/// A list as ChatGPT and Claude give it when asked what they remember: a line or bullet a memory, with or without a date before it
/// (<c>[2025-03-01] - Prefers tea</c>). Headings (<c># Food</c>), fences of code blocks, rules, empty lines and bullets without a text say nothing; a line
/// that may be a heading (<c>Food:</c>, <c>**Food**</c>) is told; an indented line goes on from the one before.
/// </summary>
internal static class TextListReader
{
    public const string Source = "import:list";

    private static readonly SearchValues<char> Between = SearchValues.Create("-–—.:,;|");

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

            if (content.Length > 0 && HeadingSign(line.AsSpan().Trim()) is { } sign)
            {
                tally.Read++;
                tally.Reject($"line {lines.Number}", $"The line {sign} and may be a heading; it is not taken. If it is to be remembered, put '- ' before it.");
                content = "";
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
        if (text.IsEmpty || IsHeading(text) || IsFence(text))
        {
            return "";
        }

        var said = (IsBullet(text) ? text[(text.IndexOf(' ') + 1)..] : text).Trim();
        return IsMark(text) || IsSignsAlone(said) ? "" : said.ToString();
    }

    private static bool IsHeading(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExcept('#') is var end && end != 0 && (end < 0 || (end <= 6 && char.IsWhiteSpace(text[end])));

    // Of code within a line, the fence is ended in the line.
    private static bool IsFence(ReadOnlySpan<char> text) => text.StartsWith("```", StringComparison.Ordinal) && !text[3..].TrimStart('`').Contains('`');

    // What may be a heading or a memory, without a bullet: nobody but its author knows.
    private static string? HeadingSign(ReadOnlySpan<char> text) => IsBullet(text) || text[0] == '[' ? null
        : text.TrimEnd('*')[^1] == ':' ? "ends in a colon"
        : text.Length > 4 && text.StartsWith("**", StringComparison.Ordinal) && text[2..].IndexOf("**", StringComparison.Ordinal) == text.Length - 4 ? "is bold as a whole"
        : null;

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
            var (date, rest) = (text[1..close].Trim(), text[(close + 1)..]);
            when = ForeignWords.Time(date);
            if (when is not null || NoDate.Contains(date))
            {
                text = AfterDate(rest);
            }
            else if (rest.TrimStart().StartsWith("- ", StringComparison.Ordinal) && date.Length > 4 && !date.AsSpan(0, 4).ContainsAnyExceptInRange('0', '9'))
            {
                tally.Read++;
                tally.Reject($"line {line}", $"[{Screening.VisibleText.Of(date)}] is no date; one such as [2026-05-31], [unknown], or none is allowed.");
                return [];
            }
        }

        return [new($"line {line}", new NewMemory { Content = text, Source = Source, OccurredAt = when })];
    }

    // The sign between a date and what was said then stands right after the date or by itself: '. User likes tea', not '-5 degrees' or '.NET'.
    private static string AfterDate(string rest)
    {
        while (true)
        {
            var text = rest.TrimStart();
            var sign = text.AsSpan().IndexOfAnyExcept(Between);
            var length = sign < 0 ? text.Length : sign;
            if (length == 0 || (length < text.Length && text.Length < rest.Length && !char.IsWhiteSpace(text[length])))
            {
                return text;
            }

            rest = text[length..];
        }
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
