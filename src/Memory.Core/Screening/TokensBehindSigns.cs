using System.Buffers;

namespace Memory.Core.Screening;

/// <summary>Credentials that are one word only from a sign on that stands within them: what is before it is told by looking back.</summary>
internal static class TokensBehindSigns
{
    private const int Hash = 32;
    private const int ShortestOfGoogle = 40;

    private static readonly SearchValues<char> Url = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("abcdef0123456789");

    /// <summary>How many characters of a credential the text holds at a place, and what it is; 0 when it is none.</summary>
    public static (int Length, string What) At(ReadOnlySpan<char> text, int at)
    {
        if (at < 3)
        {
            return (0, "");
        }

        return text[at - 1] switch
        {
            '/' => Google(text, at),
            ':' => Asana(text, at),
            '$' => PayPal(text, at),
            _ => (0, ""),
        };
    }

    // '1//0' and 40 or more.
    private static (int Length, string What) Google(ReadOnlySpan<char> text, int at) =>
        text[at] == '0' && text[at - 2] == '/' && text[at - 3] == '1' && (at == 3 || !char.IsAsciiLetterOrDigit(text[at - 4]))
        && Run(text[at..], Url) is > ShortestOfGoogle and var length && !ReadableWords.FollowBeginning(text.Slice(at, length)) ? (length, "Google refresh token") : (0, "");

    // '1/', the number of the user, a colon, 32 hexadecimal digits.
    private static (int Length, string What) Asana(ReadOnlySpan<char> text, int at)
    {
        var number = text[..(at - 1)].TrimEnd("0123456789");
        return at - 1 - number.Length >= 8 && number.Length > 1 && number[^1] == '/' && number[^2] is '1' or '2' && IsHash(text[at..]) ? (Hash, "Asana token") : (0, "");
    }

    // 'access_token$production$', the merchant, a dollar sign, 32 hexadecimal digits.
    private static (int Length, string What) PayPal(ReadOnlySpan<char> text, int at)
    {
        var before = text[..(at - 1)];
        before = before.LastIndexOf('$') is >= 0 and var merchant ? before[..merchant] : default;
        return before.EndsWith("access_token$production", StringComparison.Ordinal) && IsHash(text[at..]) ? (Hash, "PayPal token") : (0, "");
    }

    private static bool IsHash(ReadOnlySpan<char> text) => Run(text, Url) == Hash && Run(text, Hexadecimal) == Hash;

    private static int Run(ReadOnlySpan<char> text, SearchValues<char> allowed) => text.IndexOfAnyExcept(allowed) is >= 0 and var end ? end : text.Length;
}
