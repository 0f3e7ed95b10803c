namespace Memory.Core.Recall.Time;

/// <summary>Numbers and dates in digits: '2023-05-08', '2023-05', '2023/5/8', '8.5.2023', '5/8/2023'.</summary>
internal static class TimeDigits
{
    private const int FirstYear = 1900;
    private const int LastYear = 2099;

    /// <summary>Whether a number of four digits is read as a year: 1900 to 2099.</summary>
    public static bool IsYear(int value) => value is >= FirstYear and <= LastYear;

    public static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c == '_' || char.IsSurrogate(c);

    public static int EndOfDigits(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>The end of whatever hangs together: a version, a path, an amount, a time of day. Final punctuation does not belong to it.</summary>
    public static int EndOfBlob(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && (IsWordPart(text[at]) || text[at] is '.' or ',' or ':' or '/' or '\\' or '-' or '+' or '%' or '@' or '#' or '='))
        {
            at++;
        }

        while (text[at - 1] is '.' or ',' or ':')
        {
            at--;
        }

        return at;
    }

    /// <summary>The value of at most nine digits.</summary>
    public static int Value(ReadOnlySpan<char> digits)
    {
        var value = 0;
        foreach (var c in digits)
        {
            value = (value * 10) + (c - '0');
        }

        return value;
    }

    /// <summary>Reads a date in digits.</summary>
    /// <param name="text">The query.</param>
    /// <param name="at">Where the digits begin.</param>
    /// <param name="end">The end of the date, with a time of day in ISO form that hangs on it.</param>
    /// <param name="date">yyyymmdd; the day is 0 when it is a month.</param>
    /// <param name="ambiguous">Whether day and month could be the other way around.</param>
    public static bool TryReadDate(ReadOnlySpan<char> text, int at, out int end, out int date, out bool ambiguous)
    {
        date = 0;
        ambiguous = false;
        end = at;
        if (!TryPart(text, at, out var first, out var firstEnd) || firstEnd >= text.Length || text[firstEnd] is not ('-' or '/' or '.'))
        {
            return false;
        }

        var sign = text[firstEnd];
        if (!TryPart(text, firstEnd + 1, out var second, out var secondEnd) || secondEnd - firstEnd > 3)
        {
            return false;
        }

        var third = 0;
        end = secondEnd;
        var whole = secondEnd < text.Length && text[secondEnd] == sign && TryPart(text, secondEnd + 1, out third, out end);
        int year, month, day;
        if (firstEnd - at == 4)
        {
            // 2023.1 is a version; 2023-05 and 2023/05 are months, written with two digits.
            if (sign == '.' || (!whole && (secondEnd - firstEnd != 3 || sign != '-')) || (whole && end - secondEnd > 3))
            {
                return false;
            }

            (year, month, day) = (first, second, third);
        }
        else
        {
            if (!whole || sign == '-' || end - secondEnd != 5 || firstEnd - at > 2)
            {
                return false;
            }

            // With slashes the world does not agree; the month comes first unless it cannot.
            (year, month, day) = sign == '/' && first <= 12 ? (third, first, second) : (third, second, first);
            ambiguous = sign == '/' && first <= 12 && second <= 12 && first != second;
        }

        date = (year * 10_000) + (month * 100) + day;
        if (!IsYear(year) || month is < 1 or > 12 || (whole && (day < 1 || day > DateTime.DaysInMonth(year, month))))
        {
            return false;
        }

        if (whole && end + 1 < text.Length && text[end] is 'T' && char.IsAsciiDigit(text[end + 1]))
        {
            end = EndOfBlob(text, end);
        }

        // What hangs on with more signs or letters is a serial number or a file name.
        return end >= text.Length || !(IsWordPart(text[end]) || text[end] is '/' or '\\'
            || (text[end] is '-' or '.' or ':' && end + 1 < text.Length && char.IsLetterOrDigit(text[end + 1])));
    }

    private static bool TryPart(ReadOnlySpan<char> text, int at, out int value, out int end)
    {
        end = EndOfDigits(text, at);
        value = end - at is > 0 and <= 4 ? Value(text[at..end]) : 0;
        return end - at is > 0 and <= 4;
    }
}
