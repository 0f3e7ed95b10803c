namespace Memory.Core.Consolidation.Pairs;

/// <summary>Joins what several words say together: '16 GB', '3 pm', '5 March 2025', 'no longer'.</summary>
internal static class Joining
{
    /// <summary>Joins what belongs together.</summary>
    public static List<StatementToken> Join(List<StatementToken> words)
    {
        var joined = new List<StatementToken>(words.Count);
        for (var i = 0; i < words.Count; i++)
        {
            if (TryDate(words, ref i, out var date))
            {
                joined.Add(date);
            }
            else if (words[i].Kind == TokenKind.Date && words[i].Stem is [_, _, ':', _, _] && i + 1 < words.Count && words[i + 1].Text is "am" or "pm" or "a.m" or "p.m")
            {
                joined.Add(words[i] with { Stem = NumberShape.Time(words[i].Stem[..2], words[i].Stem[3..], words[i + 1].Text) });
                i++;
            }
            else if (words[i].Kind == TokenKind.Number)
            {
                joined.Add(Amount(words, ref i));
            }
            else if (Units.Weekday(words[i].Text, words[i].IsCapital) is { } day)
            {
                joined.Add(words[i] with { Kind = TokenKind.Date, Stem = day });
            }
            else
            {
                joined.Add(words[i]);
            }
        }

        return joined;
    }

    private static StatementToken Amount(List<StatementToken> words, ref int at)
    {
        var number = Grouped(words, ref at);
        if (at + 1 >= words.Count || number.Stem.Contains(' ', StringComparison.Ordinal))
        {
            return number;
        }

        var next = words[at + 1];
        if (next.Text is "am" or "pm" or "a.m" or "p.m" or "o'clock" && number.Stem.Length <= 2 && number.Stem.All(char.IsAsciiDigit))
        {
            at++;
            var half = next.Text[0] == 'o' ? "" : next.Text[..1];
            return number with { Kind = TokenKind.Date, Stem = NumberShape.Time(number.Stem, "", half), InList = next.InList };
        }

        if (Units.Unit(next.Text) is { } unit && next.Text is not ("a" or "k"))
        {
            at++;
            return number with { Stem = $"{number.Stem} {unit}", InList = number.InList || next.InList };
        }

        return number;
    }

    // '12 500' and '3 000 000' are one number each.
    private static StatementToken Grouped(List<StatementToken> words, ref int at)
    {
        var number = words[at];
        if (number.Stem.Length > 3 || !number.Stem.All(char.IsAsciiDigit))
        {
            return number;
        }

        while (at + 1 < words.Count && words[at + 1] is { Kind: TokenKind.Number, Text.Length: 3, InList: false, StartsSentence: false } next && next.Text.All(char.IsAsciiDigit))
        {
            number = number with { Stem = number.Stem + next.Text };
            at++;
        }

        return number;
    }

    // Day and month in either order, with or without a year; a month and a year; a month alone.
    private static bool TryDate(List<StatementToken> words, ref int at, out StatementToken date)
    {
        date = words[at];
        var end = at;
        string? day = null, month = Units.Month(words[at].Text, words[at].IsCapital);
        if (month is null)
        {
            day = Day(words[at]);
            var after = at + 1 < words.Count && words[at + 1].Text == "of" ? at + 2 : at + 1;
            if (day is null || after >= words.Count || (month = Units.Month(words[after].Text, words[after].IsCapital)) is null)
            {
                return false;
            }

            end = after;
        }
        else if (words[at].Text is "may" or "march" && words[at].StartsSentence && (at + 1 >= words.Count || Day(words[at + 1]) is null))
        {
            return false;
        }
        else if (at + 1 < words.Count && (day = Day(words[at + 1])) is not null)
        {
            end = at + 1;
        }

        var year = end + 1 < words.Count && IsYear(words[end + 1]) ? words[++end].Stem : "-";
        date = words[at] with { Kind = TokenKind.Date, Stem = day is null ? $"{year}-{month}" : $"{year}-{month}-{day}", InList = words[end].InList };
        at = end;
        return true;
    }

    private static string? Day(StatementToken word) =>
        word.Kind == TokenKind.Number && word.Stem.Length is 1 or 2 && int.TryParse(word.Stem, out var day) && day is >= 1 and <= 31 ? word.Stem.PadLeft(2, '0') : null;

    private static bool IsYear(StatementToken word) => word.Kind == TokenKind.Number && word.Stem.Length == 4 && word.Stem[0] is '1' or '2';
}
