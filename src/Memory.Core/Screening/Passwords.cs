using System.Buffers;

namespace Memory.Core.Screening;

/// <summary>Finds passwords and tokens in addresses, and tells what stands in their place in documents.</summary>
internal static class Passwords
{
    private const int LongestPassword = 256;
    private const int LongestUser = 128;

    private static readonly SearchValues<char> TextEnd = SearchValues.Create(" \t\r\n\"'<>`");
    private static readonly SearchValues<char> AuthorityEnd = SearchValues.Create("/?#");

    /// <summary><c>scheme://user:password@host</c>: only the password, and the user where it is a token, as in <c>scheme://token@host</c>.</summary>
    public static void FindInAddresses(ReadOnlySpan<char> text, List<SecretSpan> found)
    {
        for (var at = 0; text[at..].IndexOf("://", StringComparison.Ordinal) is >= 0 and var next;)
        {
            at += next + 3;
            var authority = Authority(text[at..]);
            var colon = authority.IndexOf(':');
            // A password may hold the sign that ends it: the last one counts.
            var password = colon < 0 ? -1 : authority[(colon + 1)..].LastIndexOf('@');
            var host = password < 0 ? authority.IndexOf('@') : colon + 1 + password;
            if (host < 0)
            {
                continue;
            }

            var user = authority[..(password < 0 ? host : colon)];
            if (AddressToken.Is(user))
            {
                found.Add(new SecretSpan(at, at + user.Length, "token"));
            }

            if (password > 0 && user.Length <= LongestUser && !IsPlaceholder(authority[(colon + 1)..host]))
            {
                found.Add(new SecretSpan(at + colon + 1, at + host, "password"));
            }
        }
    }

    // As far as it goes by its specification, and further where a password was written that should have been encoded.
    private static ReadOnlySpan<char> Authority(ReadOnlySpan<char> address)
    {
        address = address[..Math.Min(address.Length, LongestUser + LongestPassword)];
        address = address.IndexOfAny(TextEnd) is >= 0 and var end ? address[..end] : address;
        var specified = address.IndexOfAny(AuthorityEnd) is >= 0 and var path ? address[..path] : address;
        var port = specified.LastIndexOf(':') + 1;
        return specified.Contains('@') || port == 0 || specified.StartsWith("[") || specified[port..].IndexOfAnyExceptInRange('0', '9') < 0 || !address.Contains('@')
            ? specified
            : address[..(address.LastIndexOf('@') + 1)];
    }

    /// <summary>What stands in documents in place of a password: ***, &lt;password&gt;, ${PASSWORD}, password, our own mark.</summary>
    public static bool IsPlaceholder(ReadOnlySpan<char> value) =>
        value[0] is '<' or '{' or '$' or '[' or '%' or '('
        || (value[0] is '*' or 'x' or 'X' or '.' or '•' or '_' or '-' or '#' or '?' && value.IndexOfAnyExcept(value[0]) < 0)
        || IsMasked(value)
        || value.Equals("password", StringComparison.OrdinalIgnoreCase)
        || value.Equals("pass", StringComparison.OrdinalIgnoreCase)
        || value.Equals("pwd", StringComparison.OrdinalIgnoreCase)
        || value.StartsWith("your", StringComparison.OrdinalIgnoreCase)
        || value.StartsWith("example", StringComparison.OrdinalIgnoreCase);

    // 'xxxxxxxx1', '****-****-1234': what was there is told by its length or its last characters.
    private static bool IsMasked(ReadOnlySpan<char> value)
    {
        const int FewestMarks = 4, LongestRest = 4;
        if (value[0] is not ('*' or 'x' or 'X' or '•' or '#') || value.Length < FewestMarks || value[..FewestMarks].IndexOfAnyExcept(value[0]) >= 0)
        {
            return false;
        }

        return value.Length - value.Count(value[0]) - value.Count('-') <= LongestRest;
    }
}
