using System.Buffers;

namespace Memory.Core.Screening;

/// <summary>
/// Tells what somebody can read from what was drawn or made up: words and short numbers that are joined (<c>see-the-wiki-2026</c>), paths that lead to
/// a value (<c>settings.API_KEY_2</c>, <c>kv/prod/db2</c>), names of algorithms (<c>argon2id</c>).
/// </summary>
internal static class ReadableWords
{
    private const int Longest = 512;
    private const int LongestWord = 24;
    private const int LongestNumber = 8;
    private const int LongestOrdinal = 4;
    private const int ShortestWord = 3;

    private static readonly SearchValues<char> Joints = SearchValues.Create("-_./:=");

    // What stands before the digits in the names of algorithms and encodings.
    private static readonly string[] Algorithms =
    [
        "aes", "argon", "base", "bcrypt", "blake", "chacha", "crc", "curve", "ecdsa", "ed", "es", "hmacsha", "hs", "md", "oauth", "pbkdf", "ps", "ripemd", "rs", "rsa", "scrypt", "sha", "utf",
    ];

    /// <summary>Whether it is words and short numbers that are joined by hyphens and their like; no part has letters and digits mixed.</summary>
    public static bool AreJoined(ReadOnlySpan<char> value) => value.ContainsAny(Joints) && AllParts(value, Joints, static p => IsWord(p) || IsNumber(p) || IsShort(p)) && HasWord(value);

    /// <summary>Whether what follows the beginning of a token can be read, which a token cannot; a word may have a number of its own.</summary>
    public static bool FollowBeginning(ReadOnlySpan<char> value) => AllParts(value, Joints, static p => IsWord(p) || IsNumber(p) || IsNumbered(p) || IsShort(p)) && HasWord(value);

    /// <summary>Whether it leads to a value: names with dots or slashes between them.</summary>
    /// <param name="value">The value.</param>
    /// <param name="fewestSlashes">How many slashes a path has at least.</param>
    public static bool AreReference(ReadOnlySpan<char> value, int fewestSlashes) =>
        value.Length <= Longest && char.IsAsciiLetter(value[0]) && (value.Contains('/') ? value.Count('/') >= fewestSlashes && FollowBeginning(value) && !value.ContainsAny("=:") : value.Contains('.') && AreNames(value));

    /// <summary>Whether it is the name of an algorithm or an encoding.</summary>
    public static bool AreAlgorithm(ReadOnlySpan<char> value)
    {
        var digit = value.IndexOfAnyInRange('0', '9');
        var behind = digit < 0 ? default : value[digit..].TrimStart("0123456789");
        if (digit <= 0 || behind.Length > 2 || value.Length - digit - behind.Length > LongestOrdinal + 1 || behind.ContainsAnyExceptInRange('a', 'z'))
        {
            return false;
        }

        foreach (var name in Algorithms)
        {
            if (value[..digit].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How often letters and digits take turns.</summary>
    public static int Turns(ReadOnlySpan<char> text)
    {
        var turns = 0;
        for (var i = 1; i < text.Length; i++)
        {
            turns += char.IsAsciiDigit(text[i]) != char.IsAsciiDigit(text[i - 1]) ? 1 : 0;
        }

        return turns;
    }

    // 'settings.OPENAI_API_KEY_2': each begins with a letter.
    private static bool AreNames(ReadOnlySpan<char> value)
    {
        foreach (var range in value.Split('.'))
        {
            var name = value[range];
            if (name.IsEmpty || !(char.IsAsciiLetter(name[0]) || name[0] == '_') || !FollowBeginning(name))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AllParts(ReadOnlySpan<char> value, SearchValues<char> joints, Func<ReadOnlySpan<char>, bool> fits)
    {
        // Nobody reads further; a text of nothing but names of settings costs the same at each.
        if (value.Length > Longest)
        {
            return false;
        }

        foreach (var range in value.SplitAny(joints))
        {
            if (value[range] is { IsEmpty: false } part && !fits(part))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasWord(ReadOnlySpan<char> value)
    {
        foreach (var range in value.SplitAny(Joints))
        {
            var letters = value[range].TrimEnd("0123456789");
            if (letters.Length >= ShortestWord && IsWord(letters))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWord(ReadOnlySpan<char> part)
    {
        foreach (var c in part)
        {
            if (!char.IsAsciiLetter(c))
            {
                return false;
            }
        }

        return part.Length <= LongestWord && !RandomLetters.Occur(part, fewestSmall: 2);
    }

    private static bool IsNumber(ReadOnlySpan<char> part) => part.Length <= LongestNumber && !part.ContainsAnyExceptInRange('0', '9');

    // 'PASSWORD1', 'runner01'.
    private static bool IsNumbered(ReadOnlySpan<char> part)
    {
        var letters = part.TrimEnd("0123456789");
        return part.Length - letters.Length <= LongestOrdinal && IsWord(letters);
    }

    // 'v2', 'k8s', '2nd', '10th'; 'sha256' too.
    private static bool IsShort(ReadOnlySpan<char> part) =>
        (part.Length < LongestOrdinal || (part.Length == LongestOrdinal && char.IsAsciiDigit(part[1]) && part[2..] is "st" or "nd" or "rd" or "th") || AreAlgorithm(part))
        && IsAlphanumeric(part);

    private static bool IsAlphanumeric(ReadOnlySpan<char> part)
    {
        foreach (var c in part)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                return false;
            }
        }

        return true;
    }
}
