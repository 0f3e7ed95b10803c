using System.Buffers;
using System.Buffers.Text;

namespace Memory.Core.Screening;

/// <summary>Credentials without a beginning of their own, known by how they are divided: by dots, or by letters that the vendor put at a fixed place.</summary>
internal static class PartedToken
{
    /// <summary>No credential of these is shorter.</summary>
    public const int Shortest = 36;

    private const int LongestId = 28;

    // No more is looked at: of a text that is one endless word each place costs the same.
    private const int Longest = 192;

    private static readonly SearchValues<char> Url = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("abcdef0123456789");

    // Where in a credential which letters stand, and how long it is.
    private static readonly (int At, string Mark, int Length, string What)[] Marked =
    [
        (76, "AZDO", 84, "Azure DevOps token"),
        (52, "JQQJ9", 84, "Azure key"),
    ];

    /// <summary>How many characters of a credential the text holds at a place, and what it is; 0 when it is none.</summary>
    public static (int Length, string What) At(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, Longest)];
        if (!IsMarked(text))
        {
            return (0, "");
        }

        var first = Run(text, Url);
        if (first < text.Length && text[first] == '.')
        {
            return Dotted(text, first);
        }

        foreach (var (at, mark, length, what) in Marked)
        {
            if (first == length && text[at..].StartsWith(mark, StringComparison.Ordinal))
            {
                return (length, what);
            }
        }

        return first > 32 && text[32] == '-' && Run(text, Hexadecimal) == 32 ? Hashed(text, first) : AzureSecret(text);
    }

    // Of all words these few characters are looked at, of nearly none the rest.
    private static bool IsMarked(ReadOnlySpan<char> text) =>
        text[5] == '~' || text[14] == '.' || text[17] == '.' || text[23..(LongestId + 1)].Contains('.') || text[32] == '-'
        || (text.Length > 80 && (text[76] == 'A' || text[52] == 'J'));

    private static (int Length, string What) Dotted(ReadOnlySpan<char> text, int first)
    {
        var second = Run(text[(first + 1)..], Url);
        var end = first + 1 + second;
        var third = end < text.Length && text[end] == '.' ? Run(text[(end + 1)..], Url) : 0;
        return first is >= 23 and <= LongestId && second == 6 && third is >= 27 and <= 42 && IsNumber(text[..first]) ? (end + 1 + third, "Discord token")
            : first == 14 && third >= 60 && text[(first + 1)..end] is "atlasv1" ? (end + 1 + third, "Terraform token")
            : first == 17 && second == 64 && text.StartsWith("pat", StringComparison.Ordinal) && Run(text[18..], Hexadecimal) == 64 ? (end, "Airtable token")
            : (0, "");
    }

    // The first part of a Discord token is the bot's number in base64url. Never by TryDecodeFromChars, which throws where there is none.
    private static bool IsNumber(ReadOnlySpan<char> part)
    {
        Span<byte> number = stackalloc byte[LongestId];
        return Base64Url.DecodeFromChars(part, number, out _, out var length) == OperationStatus.Done && length >= 17 && number[..length].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
    }

    // 32 hexadecimal digits and what a hash or a UUID has not: '-us12' of Mailchimp's data centre, two times eight more of Mailgun's.
    private static (int Length, string What) Hashed(ReadOnlySpan<char> text, int first)
    {
        var tail = text[33..first];
        return tail.Length is 3 or 4 && tail.StartsWith("us", StringComparison.Ordinal) && tail[2..].IndexOfAnyExceptInRange('0', '9') < 0 ? (first, "Mailchimp key")
            : tail.Length == 17 && tail[8] == '-' && Run(tail, Hexadecimal) == 8 && Run(tail[9..], Hexadecimal) == 8 ? (first, "Mailgun key")
            : (0, "");
    }

    // The client secret of Entra ID: three characters, a digit, 'Q~', 31 to 34 more.
    private static (int Length, string What) AzureSecret(ReadOnlySpan<char> text)
    {
        if (text.Length < 37 || text[4] != 'Q' || text[5] != '~' || !char.IsAsciiDigit(text[3]))
        {
            return (0, "");
        }

        var length = 6;
        while (length < text.Length && (Url.Contains(text[length]) || text[length] is '.' or '~'))
        {
            length++;
        }

        length -= text[length - 1] == '.' ? 1 : 0;
        return length is >= 37 and <= 40 ? (length, "Azure client secret") : (0, "");
    }

    private static int Run(ReadOnlySpan<char> text, SearchValues<char> allowed) => text.IndexOfAnyExcept(allowed) is >= 0 and var end ? end : text.Length;
}
