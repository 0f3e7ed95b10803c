using System.Buffers;

namespace Memory.Core.Screening;

/// <summary>Finds private keys: as they are kept in files, and as settings hold such a file in base64.</summary>
internal static class PrivateKeys
{
    private const string Name = "PRIVATE KEY";
    private const int LongestName = 64;

    // '-----BEGIN ' in base64, as far as it does not depend on what follows.
    private const string EncodedBegin = "LS0tLS1CRUdJTi";

    private static readonly SearchValues<char> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    public static void Find(ReadOnlySpan<char> text, List<SecretSpan> found)
    {
        FindFiles(text, "-----BEGIN ", "-----END ", "-----", found);
        FindFiles(text, "---- BEGIN ", "---- END ", " ----", found);
        FindEncoded(text, found);
        FindPuttyKeys(text, found);
    }

    // From '-----BEGIN ... PRIVATE KEY-----' to its end, or to the end of the text when it is cut off.
    private static void FindFiles(ReadOnlySpan<char> text, string begin, string end, string close, List<SecretSpan> found)
    {
        for (var at = 0; text[at..].IndexOf(begin, StringComparison.Ordinal) is >= 0 and var next;)
        {
            var start = at + next;
            var name = text[(start + begin.Length)..];
            var nameEnd = name.IndexOf(close, StringComparison.Ordinal);
            if (nameEnd is < 0 or > LongestName || !name[..nameEnd].Contains(Name, StringComparison.Ordinal) || name[..nameEnd].Contains('['))
            {
                at = start + begin.Length;
                continue;
            }

            var body = start + begin.Length + nameEnd + close.Length;
            var bodyEnd = text[body..].IndexOf(end, StringComparison.Ordinal);
            var keyEnd = bodyEnd < 0 ? -1 : text[(body + bodyEnd + end.Length)..].IndexOf(close, StringComparison.Ordinal);
            at = keyEnd < 0 ? text.Length : body + bodyEnd + end.Length + keyEnd + close.Length;
            found.Add(new SecretSpan(start, at, "private key"));
        }
    }

    private static void FindEncoded(ReadOnlySpan<char> text, List<SecretSpan> found)
    {
        Span<byte> decoded = stackalloc byte[LongestName];
        for (var at = 0; text[at..].IndexOf(EncodedBegin, StringComparison.Ordinal) is >= 0 and var next;)
        {
            var start = at + next;
            var length = text[start..].IndexOfAnyExcept(Base64) is >= 0 and var end ? end : text.Length - start;
            var head = text.Slice(start, Math.Min(length, LongestName) / 4 * 4);
            if (Convert.TryFromBase64Chars(head, decoded, out var size) && decoded[..size].IndexOf("PRIVATE KEY"u8) >= 0)
            {
                found.Add(new SecretSpan(start, start + length, "private key"));
            }

            at = start + length;
        }
    }

    // The private lines of a key as PuTTY keeps it.
    private static void FindPuttyKeys(ReadOnlySpan<char> text, List<SecretSpan> found)
    {
        const string Begin = "\nPrivate-Lines:", End = "\nPrivate-MAC:";
        for (var at = 0; text.Contains("PuTTY-User-Key-File-", StringComparison.Ordinal) && text[at..].IndexOf(Begin, StringComparison.Ordinal) is >= 0 and var next;)
        {
            var start = at + next + 1;
            at = text[start..].IndexOf(End, StringComparison.Ordinal) is >= 0 and var end ? start + end : text.Length;
            found.Add(new SecretSpan(start, at, "private key"));
        }
    }
}
