using System.Globalization;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Finds the symbols of a text that carry meaning: comparisons, operators, arrows, the dash of a range, a minus or a flag, marks of mathematics and emoji. Emphasis,
/// bullets, hyphens between words, the dashes and strokes within dates, and '%' and '°' as units are none. Linear in the length of the text.
/// </summary>
internal static class SymbolReader
{
    private const string Operators = "<>=!~+*/%^|&-";
    private const int MaxOperator = 3;

    // Of several symbols in a row these are one.
    private static readonly HashSet<string> Compound = new(
        "<=> <-> === !== --> ==> <-- <= => >= <- -> == != += -= *= /= ~= && || << >> ** ++ -- //".Split(' '), StringComparer.Ordinal);

    private static readonly HashSet<string> Passed = new(["the", "a", "an", "is", "are", "be"], StringComparer.Ordinal);

    /// <summary>The symbols of a text, in order.</summary>
    public static IReadOnlyList<Symbol> Read(string content)
    {
        var text = SymbolSpelling.Of(content);
        var symbols = new List<Symbol>();
        var (before, open) = ("", 0);
        for (var at = 0; at < text.Length;)
        {
            if (char.IsLetterOrDigit(text[at]))
            {
                var end = WordEnd(text, at);
                var word = Word(text, at, end);
                if (word == "to" && IsBetweenNumbers(text, at, end - at))
                {
                    symbols.Add(new Symbol("-", before, "", IsSpelled: true));
                }
                else if (!Passed.Contains(word))
                {
                    open = Close(symbols, open, word);
                    before = word;
                }

                at = end;
                continue;
            }

            var length = Length(text, at);
            if (Counts(text, at, length) is { } mark)
            {
                symbols.Add(new Symbol(mark, before, "", IsSpelled: false));
            }

            if (text[at] is '.' or '!' or '?' or '\n' or '。' && char.IsWhiteSpace(At(text, at + length)))
            {
                // No symbol stands between words of two sentences.
                (before, open) = ("", symbols.Count);
            }

            at += length;
        }

        return symbols;
    }

    // The word is what stands after all symbols since the last one.
    private static int Close(List<Symbol> symbols, int open, string word)
    {
        for (; open < symbols.Count; open++)
        {
            symbols[open] = symbols[open] with { After = word };
        }

        return open;
    }

    private static int Length(string text, int at)
    {
        if (!Operators.Contains(text[at], StringComparison.Ordinal))
        {
            return char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
        }

        for (var length = Math.Min(MaxOperator, text.Length - at); length > 1; length--)
        {
            if (Compound.Contains(text.Substring(at, length)))
            {
                return length;
            }
        }

        return 1;
    }

    private static string? Counts(string text, int at, int length)
    {
        if (!Operators.Contains(text[at], StringComparison.Ordinal))
        {
            return IsSymbol(text, at, length) || (text[at] == ',' && IsBeforeThousands(text, at)) ? text.Substring(at, length) : null;
        }

        var mark = text.Substring(at, length);
        var (previous, next) = (At(text, at - 1), At(text, at + length));
        var counts = mark switch
        {
            "!" => char.IsLetterOrDigit(next) && !char.IsLetterOrDigit(previous),
            "&" or "//" => false,
            "*" or "**" => !IsEmphasis(text, at, length) && !IsBullet(text, at, length),
            "+" => !IsBullet(text, at, length),
            "/" => IsBetweenNumbers(text, at, length) && !IsInDate(text, at),
            "%" => !char.IsDigit(SkipBack(text, at)) || (previous == ' ' && IsBetweenNumbers(text, at, length)),
            "-" => (IsBetweenNumbers(text, at, length) && !IsInDate(text, at)) || IsMinusOrFlag(previous, next),
            "--" => IsMinusOrFlag(previous, next),
            _ => true,
        };
        return counts ? mark : null;
    }

    // Beside operators of the keyboard: symbols and emoji, and superscripts and fractions, which are no digits.
    private static bool IsSymbol(string text, int at, int length)
    {
        var category = length == 2 ? CharUnicodeInfo.GetUnicodeCategory(text, at) : char.GetUnicodeCategory(text[at]);
        return category is UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol or UnicodeCategory.OtherNumber && text[at] is not ('°' or '©' or '®' or '™');
    }

    // '10, 000' are two numbers, '10 000' is one.
    private static bool IsBeforeThousands(string text, int at) => char.IsDigit(At(text, at - 1)) && At(text, at + 1) == ' '
        && char.IsDigit(At(text, at + 2)) && char.IsDigit(At(text, at + 3)) && char.IsDigit(At(text, at + 4)) && !char.IsDigit(At(text, at + 5));

    private static bool IsMinusOrFlag(char previous, char next) => !char.IsLetterOrDigit(previous) && previous is not ('-' or '_' or '.') && char.IsLetterOrDigit(next);

    // '**bold**' and '*so*' touch what they emphasise on one side.
    private static bool IsEmphasis(string text, int at, int length) =>
        char.IsLetterOrDigit(At(text, at - 1)) != char.IsLetterOrDigit(At(text, at + length)) || At(text, at - 1) is ':' or '.' or '!' or ',';

    private static bool IsBullet(string text, int at, int length)
    {
        var line = at;
        while (line > 0 && text[line - 1] is ' ' or '\t')
        {
            line--;
        }

        return (line == 0 || text[line - 1] == '\n') && char.IsWhiteSpace(At(text, at + length));
    }

    // '3-5', '3 - 5', '9am-5pm'.
    private static bool IsBetweenNumbers(string text, int at, int length)
    {
        var (left, right) = (at - 1, at + length);
        while (left >= 0 && text[left] == ' ')
        {
            left--;
        }

        while (right < text.Length && text[right] == ' ')
        {
            right++;
        }

        if (left < 0 || right >= text.Length || !char.IsDigit(text[right]))
        {
            return false;
        }

        while (left > 0 && char.IsLetterOrDigit(text[left]) && char.IsLetterOrDigit(text[left - 1]))
        {
            left--;
        }

        return char.IsDigit(text[left]);
    }

    private static bool IsInDate(string text, int at)
    {
        var (from, to) = (at, at + 1);
        while (from > 0 && IsOfDate(text[from - 1]))
        {
            from--;
        }

        while (to < text.Length && IsOfDate(text[to]))
        {
            to++;
        }

        return NumberShape.TryRead(text[from..to].TrimEnd('.', ':').ToLowerInvariant(), out var kind, out _) && kind == TokenKind.Date;
    }

    private static bool IsOfDate(char c) => char.IsAsciiDigit(c) || c is '-' or '/' or ':' or '.' or 'T' or 'Z';

    private static char SkipBack(string text, int at)
    {
        while (at > 0 && text[at - 1] == ' ')
        {
            at--;
        }

        return At(text, at - 1);
    }

    private static char At(string text, int at) => at >= 0 && at < text.Length ? text[at] : ' ';

    // Letters or digits, not both: '5GB' is written '5 GB' too.
    private static int WordEnd(string text, int at)
    {
        var (end, isNumber) = (at + 1, char.IsDigit(text[at]));
        while (end < text.Length && (isNumber ? char.IsDigit(text[end]) || (text[end] is '.' or ',' && char.IsDigit(At(text, end + 1))) : char.IsLetter(text[end])))
        {
            end++;
        }

        return end;
    }

    private static string Word(string text, int at, int end) => text[at..end].Replace(",", "", StringComparison.Ordinal).ToUpperInvariant().ToLowerInvariant();
}
