using System.Buffers;

namespace Memory.Core.Screening;

/// <summary>
/// Finds credentials that stand in a text as one long word: tokens of known vendors, JSON Web Tokens, bot tokens.
/// Words of prose are short, so nearly all of a text is passed over by its length alone.
/// </summary>
internal static class Tokens
{
    private const int ShortestToken = 20;
    private const int MinJwt = 36;

    private static readonly SearchValues<char> InToken =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.~");

    private static readonly SearchValues<char> Base64Url =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    // By the first two characters, so that a word is held against few forms.
    private static readonly TokenShape[][] ByBeginning = Divided();

    public static void Find(ReadOnlySpan<char> text, List<SecretSpan> found)
    {
        for (var start = 0; start < text.Length;)
        {
            var begin = text[start..].IndexOfAny(InToken);
            if (begin < 0)
            {
                return;
            }

            start += begin;
            var length = text[start..].IndexOfAnyExcept(InToken) is >= 0 and var end ? end : text.Length - start;
            if (length >= ShortestToken)
            {
                FindInWord(text, start, length, found);
            }

            start += length;
        }
    }

    private static void FindInWord(ReadOnlySpan<char> text, int start, int length, List<SecretSpan> found)
    {
        // A token may follow a separator: 'prod-AKIA...', 'x.ghp_...'.
        for (var i = start; i < start + length - 1; i++)
        {
            if (i > start && (char.IsAsciiLetterOrDigit(text[i - 1]) || !char.IsAsciiLetterOrDigit(text[i])))
            {
                continue;
            }

            var word = text[i..];
            var (size, what) = Jwt(word) is > 0 and var jwt ? (jwt, "JSON Web Token") : Telegram(text, i, start + length) is > 0 and var bot ? (bot, "bot token")
                : TokensBehindSigns.At(text, i) is { Length: > 0 } behind ? behind : Known(word, start + length - i);
            if (size > 0)
            {
                found.Add(new SecretSpan(i, i + size, what));
                i += size;
            }
        }
    }

    private static (int Length, string What) Known(ReadOnlySpan<char> word, int left) =>
        Vendor(word) is { Length: > 0 } vendor ? vendor : left >= PartedToken.Shortest ? PartedToken.At(word) : (0, "");

    private static (int Length, string What) Vendor(ReadOnlySpan<char> word)
    {
        foreach (var shape in ByBeginning[PlaceOf(word)])
        {
            if (shape.LengthAt(word) is > 0 and var length)
            {
                return (length, shape.What);
            }
        }

        return (0, "");
    }

    private static TokenShape[][] Divided()
    {
        var places = new TokenShape[1024][];
        Array.Fill(places, []);
        foreach (var place in VendorTokens.All.GroupBy(static s => PlaceOf(s.Prefix)))
        {
            places[place.Key] = [.. place];
        }

        return places;
    }

    private static int PlaceOf(ReadOnlySpan<char> beginning) => ((beginning[0] & 31) << 5) | (beginning[1] & 31);

    // Three parts of base64url, of which the first two are JSON objects: they begin with {" and so with eyJ.
    private static int Jwt(ReadOnlySpan<char> word)
    {
        if (!word.StartsWith("eyJ", StringComparison.Ordinal))
        {
            return 0;
        }

        var first = PartLength(word);
        if (first >= word.Length || word[first] != '.')
        {
            return 0;
        }

        if (!word[(first + 1)..].StartsWith("eyJ", StringComparison.Ordinal))
        {
            return Encrypted(word);
        }

        var second = first + 1 + PartLength(word[(first + 1)..]);
        // Of 'alg: none' the third part is empty.
        var end = second < word.Length && word[second] == '.' ? second + 1 + PartLength(word[(second + 1)..]) : second;
        return end >= MinJwt ? end : 0;
    }

    // Encrypted (RFC 7516): a header, a key that may be empty, and three parts that nobody can read.
    private static int Encrypted(ReadOnlySpan<char> word)
    {
        const int Parts = 5;
        var end = 0;
        for (var part = 0; part < Parts; part++)
        {
            var length = PartLength(word[end..]);
            if ((length == 0 && part != 1) || (part < Parts - 1 && (end + length >= word.Length || word[end + length] != '.')))
            {
                return 0;
            }

            end += length + (part < Parts - 1 ? 1 : 0);
        }

        return end >= MinJwt ? end : 0;
    }

    private static int PartLength(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(Base64Url) is >= 0 and var end ? end : text.Length;

    // Telegram: the number of the bot, a colon, 34 or 35 characters that begin with A.
    private static int Telegram(ReadOnlySpan<char> text, int at, int wordEnd)
    {
        const int Secret = 34;
        if (text[at] != 'A' || wordEnd - at < Secret || at < 2 || text[at - 1] != ':' || !char.IsAsciiDigit(text[at - 2]))
        {
            return 0;
        }

        var number = text[..(at - 1)];
        var digits = number.Length - 1 - number.LastIndexOfAnyExceptInRange('0', '9');
        var length = PartLength(text[at..]);
        return digits is >= 6 and <= 12 && length is Secret or Secret + 1 && (text.Slice(at, length).ContainsAnyInRange('0', '9') || RandomLetters.Occur(text.Slice(at, length))) ? length : 0;
    }
}
