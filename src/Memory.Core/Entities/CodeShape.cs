namespace Memory.Core.Entities;

/// <summary>Tells versions, issue keys, domains and identifiers from other words with digits and signs.</summary>
internal static class CodeShape
{
    private const int MaxIssueProject = 10;
    private const int MaxIssueNumber = 7;

    /// <summary>'v1.2.3', 'v2', '2.0', '1.0.0-beta.2', 'net10.0', 'python3.12'. A date such as 8.5.2023 is none.</summary>
    public static bool IsVersion(ReadOnlySpan<char> word)
    {
        var start = 0;
        while (start < word.Length && char.IsAsciiLetter(word[start]))
        {
            start++;
        }

        var prefix = word[..start];
        var at = start;
        int dots = 0, digits = 0, last = 0;
        for (; at < word.Length && (char.IsAsciiDigit(word[at]) || (word[at] == '.' && digits > 0)); at++)
        {
            if (word[at] == '.')
            {
                dots++;
                digits = 0;
            }
            else
            {
                last = ++digits;
            }
        }

        if (last == 0 || digits == 0 || digits > 6)
        {
            return false;
        }

        var v = prefix is "v" or "V";
        if (at < word.Length)
        {
            // '1.0.0-beta.2+build', '1.2a1', '3.12rc1'
            return dots > 0 && (prefix.IsEmpty || v) && word[at] is '-' or '+' or 'a' or 'b' or 'r' && char.IsAsciiLetterOrDigit(word[^1]) && !IsRange(word[at..]);
        }

        var date = dots == 2 && digits == 4 && prefix.IsEmpty;
        return !date && (dots > 0 || v);
    }

    /// <summary>'ABC-123': two to ten capitals or digits, a hyphen, up to seven digits.</summary>
    public static bool IsIssueKey(ReadOnlySpan<char> word)
    {
        var hyphen = word.IndexOf('-');
        if (hyphen is < 2 or > MaxIssueProject || word.Length - hyphen - 1 is < 1 or > MaxIssueNumber || !char.IsAsciiLetterUpper(word[0]))
        {
            return false;
        }

        foreach (var c in word[1..hyphen])
        {
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c))
            {
                return false;
            }
        }

        return !word[(hyphen + 1)..].ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>'example.com', in small letters, with one of the endings that are hardly ever anything else.</summary>
    public static bool IsDomain(ReadOnlySpan<char> word)
    {
        var dot = word.LastIndexOf('.');
        return dot > 1 && word[(dot + 1)..] is "com" or "org" or "net" or "io" or "dev" or "ai" or "edu" or "gov" or "app"
            && !word.ContainsAnyInRange('A', 'Z') && !word.ContainsAny('(', '_');
    }

    /// <summary>Names from code, of words with a digit or sign.</summary>
    public static bool IsIdentifier(ReadOnlySpan<char> word, WordFeatures features)
    {
        if (word.EndsWith("()"))
        {
            return char.IsLetter(word[0]) || word[0] == '_';
        }

        if (word is [>= 'A' and <= 'Z', '#'] || (word is [.., '+', '+'] && char.IsLetter(word[0])))
        {
            return true;
        }

        if (word.ContainsAny('\'', '’', '&') || word.ContainsAny('*', '%', '$') || word[^1] is '#' or '+')
        {
            return false;
        }

        if (word[0] == '.')
        {
            return char.IsAsciiLetterUpper(word[1]);
        }

        if (char.IsDigit(word[0]))
        {
            return IsHash(word);
        }

        if (features.HasUnderscore || word.Contains("::", StringComparison.Ordinal))
        {
            return true;
        }

        if (features.HasDot)
        {
            return IsDotted(word);
        }

        if (features.HasHyphen)
        {
            return features.HasDigit && IsKebab(word);
        }

        return features.HasDigit && !(word is ['Q' or 'H', _]);
    }

    // '-2.0' after '1.0' is a range and no pre-release.
    private static bool IsRange(ReadOnlySpan<char> tail) => tail.Length > 1 && char.IsAsciiDigit(tail[1]);

    // A commit: seven hexadecimal digits or more, of both sorts.
    private static bool IsHash(ReadOnlySpan<char> word)
    {
        var letters = 0;
        foreach (var c in word)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return false;
            }

            letters += char.IsAsciiLetter(c) ? 1 : 0;
        }

        return word.Length >= 7 && letters > 1;
    }

    // 'e.g', 'U.S', 'a.m' and 'done.Then' (a space forgotten) are no names from code.
    private static bool IsDotted(ReadOnlySpan<char> word)
    {
        int longest = 0, parts = 0;
        foreach (var range in word.Split('.'))
        {
            var part = word[range];
            parts++;
            if (part.IsEmpty || !(char.IsLetter(part[0]) || part[0] == '_' || (parts > 1 && char.IsDigit(part[0]))))
            {
                return false;
            }

            longest = Math.Max(longest, part.Length);
        }

        var last = word[(word.LastIndexOf('.') + 1)..];
        return longest > 2 && last.Length > 1 && !(parts == 2 && char.IsLower(word[0]) && char.IsUpper(last[0]) && EntityWords.IsCommon(last));
    }

    // 'gpt-4o', 'all-minilm-l6-v2'; 'mid-2022' and 'top-10' are words before a number.
    private static bool IsKebab(ReadOnlySpan<char> word)
    {
        var prefix = word[..word.IndexOf('-')];
        return word[^1] != '-' && !(prefix is "mid" or "pre" or "post" or "top" or "early" or "late" or "sub" or "non" or "ages" or "year" or "day");
    }
}
