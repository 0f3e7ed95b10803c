using System.Globalization;
using System.Text.RegularExpressions;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>Reads the words that are numbers, dates, times of day or versions, and brings them to one spelling.</summary>
internal static partial class NumberShape
{
    // A year of two digits is of this century.
    private const int Century = 2000;
    private const int MaxLength = 40;

    /// <summary>Reads a word in lower case that holds a digit.</summary>
    /// <param name="word">The word, without punctuation around it.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="value">Its canonical value.</param>
    /// <returns>Whether it is one of them.</returns>
    public static bool TryRead(string word, out TokenKind kind, out string value)
    {
        (kind, value) = (TokenKind.Number, word);
        if (word.Length > MaxLength)
        {
            return false;
        }

        if (Iso().Match(word) is { Success: true } iso)
        {
            (kind, value) = (TokenKind.Date, word[..10]);
            return true;
        }

        if (SlashedIso().IsMatch(word))
        {
            (kind, value) = (TokenKind.Date, word.Replace('/', '-'));
            return true;
        }

        if (Clock().Match(word) is { Success: true } clock)
        {
            (kind, value) = (TokenKind.Date, Time(clock.Groups[1].Value, clock.Groups[2].Value, clock.Groups[3].Value));
            return true;
        }

        if (Dotted().Match(word) is { Success: true } dotted)
        {
            var year = int.Parse(dotted.Groups[3].Value, CultureInfo.InvariantCulture);
            (kind, value) = (TokenKind.Date, FormattableString.Invariant($"{(year < 100 ? year + Century : year)}-{dotted.Groups[2].Value.PadLeft(2, '0')}-{dotted.Groups[1].Value.PadLeft(2, '0')}"));
            return true;
        }

        if (Slashed().IsMatch(word))
        {
            kind = TokenKind.Date;
            return true;
        }

        if (Versioned().Match(word) is { Success: true } version)
        {
            (kind, value) = (TokenKind.Version, version.Groups[1].Value);
            return true;
        }

        if (Amount().Match(word) is not { Success: true } amount)
        {
            return false;
        }

        return TryAmount(amount, ref kind, ref value);
    }

    /// <summary>The time of day in 24 hours: '15:30'.</summary>
    public static string Time(string hour, string minute, string half)
    {
        var hours = int.Parse(hour, CultureInfo.InvariantCulture);
        hours = half.Length == 0 ? hours : half[0] == 'p' && hours < 12 ? hours + 12 : half[0] == 'a' && hours == 12 ? 0 : hours;
        return FormattableString.Invariant($"{hours:00}:{(minute.Length == 0 ? "00" : minute)}");
    }

    private static bool TryAmount(Match amount, ref TokenKind kind, ref string value)
    {
        var (sign, currency, digits, suffix) = (amount.Groups[1].Value, amount.Groups[2].Value, Plain(amount.Groups[3].Value), amount.Groups[4].Value);
        switch (suffix)
        {
            case "st" or "nd" or "rd" or "th" or "":
                break;
            case "am" or "pm" when digits.Length <= 2:
                (kind, value) = (TokenKind.Date, Time(digits, "", suffix));
                return true;
            default:
                if (Units.Unit(suffix) is not { } unit)
                {
                    return false;
                }

                value = currency.Length > 0 ? $"{digits} {unit} {Units.Unit(currency)}" : $"{sign}{digits} {unit}";
                return true;
        }

        value = currency.Length > 0 ? $"{sign}{digits} {Units.Unit(currency)}" : sign + digits;
        return true;
    }

    // '1,000' is '1000' and '.5' is '0.5'; '007' stays: it may be a code.
    private static string Plain(string digits) => (digits[0] == '.' ? "0" : "") + digits.Replace(",", "", StringComparison.Ordinal);

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}(t[\d:.]+z?)?$")]
    private static partial Regex Iso();

    [GeneratedRegex(@"^\d{4}/\d{2}/\d{2}$")]
    private static partial Regex SlashedIso();

    [GeneratedRegex(@"^(\d{1,2}):(\d{2})(?::\d{2})?(am|pm)?$")]
    private static partial Regex Clock();

    [GeneratedRegex(@"^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})$")]
    private static partial Regex Dotted();

    [GeneratedRegex(@"^\d{1,4}/\d{1,2}/\d{1,4}$")]
    private static partial Regex Slashed();

    [GeneratedRegex(@"^v?(\d+(?:\.\d+){2,}[-+.\w]*)$|^v(?<1>\d+(?:\.\d+)?[-+.\w]*)$")]
    private static partial Regex Versioned();

    [GeneratedRegex(@"^([-+]?)([$€£¥]?)(\d+(?:,\d{3})*(?:\.\d+)?|\.\d+)([a-z%°]*(?:/[a-z]+)?)$")]
    private static partial Regex Amount();
}
