using System.Buffers;

namespace Memory.Core.Screening;

/// <summary>
/// Finds values of settings that are named for a secret: <c>api_key=...</c>, <c>"password": "..."</c>, <c>Authorization: Bearer ...</c>.
/// A value must look made up (letters and digits, at least six): <c>password: see the safe</c> is a sentence.
/// </summary>
internal static class Assignments
{
    private const int ShortestValue = 6;
    private const int ShortestVariable = 12;
    private const int ShortestToken = 20;
    private const int LongestName = 40;

    private static readonly SearchValues<char> InName = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");
    private static readonly SearchValues<char> ValueEnd = SearchValues.Create(" \t\r\n\"'`<>()[]{}");
    private static readonly SearchValues<char> Separators = SearchValues.Create(",;&|");
    private static readonly SearchValues<char> Symbols = SearchValues.Create("!#$%^&*");

    // How a name ends, in lower case without separators.
    private static readonly string[] Secrets =
    [
        "password", "passwd", "passphrase", "pwd", "secret", "apikey", "secretkey", "accesskey", "secretaccesskey", "privatekey", "accountkey", "authkey",
        "sharedaccesskey", "sharedaccesssignature", "clientsecret", "encryptionkey", "signingkey",
    ];

    private static readonly string[] TokenNames = ["token", "bearer", "authorization", "signature", "credential", "credentials"];

    public static void Find(ReadOnlySpan<char> text, List<SecretSpan> found)
    {
        for (var at = 0; at < text.Length && text[at..].IndexOfAny('=', ':') is >= 0 and var next; at++)
        {
            at += next;
            if (Name(text[..at]) is { } what)
            {
                FindValue(text, at + 1, what, IsCode(text, at), found);
            }
        }
    }

    private static void FindValue(ReadOnlySpan<char> text, int start, string what, bool isCode, List<SecretSpan> found)
    {
        // What may stand between: '=>', spaces, quotes, the scheme of an Authorization header.
        while (start < text.Length && text[start] is ' ' or '"' or '\'' or '`' or '>' or '=')
        {
            start++;
        }

        var rest = text[start..];
        foreach (var scheme in (ReadOnlySpan<string>)["Bearer ", "Basic ", "Token ", "ApiKey ", "SSWS "])
        {
            if (rest.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                start += scheme.Length;
                rest = text[start..];
                break;
            }
        }

        var isQuoted = start > 0 && text[start - 1] is '"' or '\'' or '`';
        var close = isQuoted ? Closing(rest, text[start - 1]) : -1;
        var value = close >= 0 ? rest[..close] : Unquoted(rest);
        // 'GH_TOKEN=...' is no word of a sentence.
        var shortest = what != "token" ? ShortestValue : start > 1 && text[start - 1] == '=' && char.IsAsciiLetterUpper(text[start - 2]) ? ShortestVariable : ShortestToken;
        if (value.Length >= shortest && !Passwords.IsPlaceholder(value) && (LooksMadeUp(value) || (isCode && close >= 0 && LooksMadeUp(value, mayHaveSpaces: true))))
        {
            found.Add(new SecretSpan(start, start + value.Length, what));
        }
    }

    // Of a JSON member or an assignment with quotes a value is one with its spaces too; of a sentence, 'password: "the one on page 4"', it is not.
    private static bool IsCode(ReadOnlySpan<char> text, int at) =>
        (at > 0 && text[at - 1] is '"' or '\'') || (text[at] == '=' && at + 1 < text.Length && text[at + 1] is '"' or '\'');

    // Where on the line a quoted value ends; -1 for nowhere.
    private static int Closing(ReadOnlySpan<char> rest, char quote)
    {
        for (var at = 0; rest[at..].IndexOfAny(quote, '\n') is >= 0 and var next; at++)
        {
            at += next;
            if (rest[at] == '\n' || at == 0 || rest[at - 1] != '\\')
            {
                return rest[at] == '\n' ? -1 : at;
            }
        }

        return -1;
    }

    // A separator ends it where another name, a space or nothing follows; elsewhere it is part of it.
    private static ReadOnlySpan<char> Unquoted(ReadOnlySpan<char> rest)
    {
        var value = rest.IndexOfAny(ValueEnd) is >= 0 and var end ? rest[..end] : rest;
        for (var at = 0; value[at..].IndexOfAny(Separators) is >= 0 and var next; at++)
        {
            at += next;
            var behind = value[(at + 1)..];
            if (behind.IsEmpty || (behind.IndexOfAnyExcept(InName) is > 0 and var name && behind[name] is '=' or ':'))
            {
                value = value[..at];
                break;
            }
        }

        return value.TrimEnd(".:,;");
    }

    // A letter, a digit or a sign, and no address or path: '1Password' is a product, and a file where it is kept is no secret.
    /// <summary>Whether a value looks made up and is no word.</summary>
    internal static bool LooksMadeUp(ReadOnlySpan<char> value, bool mayHaveSpaces = false) =>
        (value.ContainsAnyInRange('0', '9') || value.ContainsAny(Symbols)) && (mayHaveSpaces || !value.Contains(' ')) && (value.ContainsAnyInRange('a', 'z') || value.ContainsAnyInRange('A', 'Z'))
        && value[0] is not ('/' or '~' or '.' or '\\' or '@') && !value.Contains("://", StringComparison.Ordinal)
        && !value.Equals("1Password", StringComparison.OrdinalIgnoreCase);

    private static string? Name(ReadOnlySpan<char> before)
    {
        before = before.TrimEnd(" \"'`");
        var start = before.LastIndexOfAnyExcept(InName) + 1;
        var name = before[Math.Max(start, before.Length - LongestName)..];
        if (name.Length < 3)
        {
            return null;
        }

        Span<char> folded = stackalloc char[LongestName];
        var length = 0;
        foreach (var c in name)
        {
            if (c is not ('_' or '-' or '.'))
            {
                folded[length++] = char.ToLowerInvariant(c);
            }
        }

        // The signature of a shared access address of Azure: '?sv=...&sig=...'.
        if (name is "sig" && start > 0 && before[start - 1] is '&' or '?')
        {
            return "token";
        }

        return EndsWithAny(folded[..length], Secrets) ? "password" : EndsWithAny(folded[..length], TokenNames) ? "token" : null;
    }

    private static bool EndsWithAny(ReadOnlySpan<char> name, string[] ends)
    {
        foreach (var end in ends)
        {
            if (name.EndsWith(end, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
