using System.Buffers;

namespace Memory.Core.Screening;

/// <summary>Finds passwords in addresses that are written within another address: <c>https%3A%2F%2Fuser%3Apassword%40host</c>.</summary>
internal static class EncodedAddresses
{
    private const string Begin = "%3A%2F%2F", Colon = "%3A", At = "%40", Slash = "%2F";
    private const int Longest = 384;

    private static readonly SearchValues<char> InAddress = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.~%+!*");

    public static void Find(ReadOnlySpan<char> text, List<SecretSpan> found)
    {
        for (var at = 0; text[at..].IndexOf(Begin, StringComparison.OrdinalIgnoreCase) is >= 0 and var next;)
        {
            at += next + Begin.Length;
            var authority = text[at..Math.Min(text.Length, at + Longest)];
            authority = authority.IndexOfAnyExcept(InAddress) is >= 0 and var end ? authority[..end] : authority;
            authority = authority.IndexOf(Slash, StringComparison.OrdinalIgnoreCase) is >= 0 and var path ? authority[..path] : authority;
            var host = authority.LastIndexOf(At, StringComparison.Ordinal);
            var colon = host < 0 ? -1 : authority[..host].IndexOf(Colon, StringComparison.OrdinalIgnoreCase);
            var password = colon < 0 ? default : authority[(colon + Colon.Length)..host];
            if (!password.IsEmpty && !Passwords.IsPlaceholder(password))
            {
                found.Add(new SecretSpan(at + colon + Colon.Length, at + host, "password"));
            }
        }
    }
}
