using System.Buffers;

namespace Memory.Core.Screening;

/// <summary>
/// Finds what <c>curl</c> is given to authenticate with: <c>-u name:secret</c>, <c>--user name:secret</c>, and the same for a proxy. Only of this
/// command: of others the option names a user and group (<c>docker run -u 1000:1000</c>).
/// </summary>
internal static class CommandCredentials
{
    private const string Command = "curl";

    // No command is looked through any further: a text of nothing but its name costs the same at each place.
    private const int LongestCommand = 2_048;

    private static readonly SearchValues<char> InName = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");
    private static readonly SearchValues<char> CommandEnd = SearchValues.Create("\n|;`");
    private static readonly SearchValues<char> BeforeValue = SearchValues.Create(" \t=\\\r\n");
    private static readonly SearchValues<char> FlagsWithoutValue = SearchValues.Create("sSkLfivgqnN#0123456789");
    private static readonly SearchValues<char> WordEnd = SearchValues.Create(" \t\r\n|;`\"'");

    public static void Find(ReadOnlySpan<char> text, List<SecretSpan> found)
    {
        for (var at = 0; text[at..].IndexOf(Command, StringComparison.OrdinalIgnoreCase) is >= 0 and var next;)
        {
            at += next;
            var start = at + Command.Length;
            start += text[start..].StartsWith(".exe", StringComparison.OrdinalIgnoreCase) ? 4 : 0;
            if ((at == 0 || !InName.Contains(text[at - 1])) && start < text.Length && char.IsWhiteSpace(text[start]))
            {
                FindInCommand(text, start, found);
            }

            at = start;
        }
    }

    private static void FindInCommand(ReadOnlySpan<char> text, int start, List<SecretSpan> found)
    {
        var end = Math.Min(text.Length, start + LongestCommand);
        for (var at = start; at < end;)
        {
            var word = Word(text, at);
            if (word.IsEmpty)
            {
                // A backslash at the end of a line goes on with it.
                if (CommandEnd.Contains(text[at]) && !(text[at] == '\n' && text[..at].TrimEnd('\r') is [.., '\\']))
                {
                    return;
                }

                at += Quoted(text, at, end);
                continue;
            }

            // In a long command 'curl' may be called again, which is found as its own.
            if (ValueOffset(word) is >= 0 and var offset)
            {
                at += offset;
                at += offset == word.Length ? text[at..end].IndexOfAnyExcept(BeforeValue) is >= 0 and var space ? space : end - at : 0;
                at = FindInValue(text, at, found);
            }
            else
            {
                at += word.Length;
            }
        }
    }

    // What is quoted ends no command; an apostrophe quotes nothing.
    private static int Quoted(ReadOnlySpan<char> text, int at, int end) =>
        text[at] is '"' or '\'' && text[at - 1] is ' ' or '=' && text[(at + 1)..end].IndexOf(text[at]) is >= 0 and var close ? close + 2 : 1;

    private static ReadOnlySpan<char> Word(ReadOnlySpan<char> text, int at) => text[at..].IndexOfAny(WordEnd) is >= 0 and var end ? text[at..(at + end)] : text[at..];

    // Where in an option its value begins, which may be written together with it; -1 when it is another option.
    private static int ValueOffset(ReadOnlySpan<char> word)
    {
        foreach (var option in (ReadOnlySpan<string>)["--user", "--proxy-user"])
        {
            if (word.StartsWith(option, StringComparison.Ordinal) && (word.Length == option.Length || word[option.Length] == '='))
            {
                return option.Length + (word.Length > option.Length ? 1 : 0);
            }
        }

        // '-u', '-uname:secret', '-sSu'; in '-XPUT' the letters are a value.
        if (word.Length < 2 || word[0] != '-' || word[1] == '-')
        {
            return -1;
        }

        var letter = word[1..].IndexOfAnyExcept(FlagsWithoutValue) + 1;
        return letter > 0 && word[letter] is 'u' or 'U' ? letter + 1 : -1;
    }

    private static int FindInValue(ReadOnlySpan<char> text, int at, List<SecretSpan> found)
    {
        if (at >= text.Length)
        {
            return at;
        }

        var isQuoted = text[at] is '"' or '\'';
        var start = isQuoted ? at + 1 : at;
        var value = text[start..];
        var length = isQuoted ? value.IndexOfAny(text[at], '\n') : value.IndexOfAny(WordEnd);
        value = length < 0 ? value : value[..length];
        value = isQuoted ? value : value.TrimEnd(".,");

        var colon = Colon(value);
        if (colon < 0)
        {
            return start + value.Length;
        }

        if (!value[..colon].Contains('[') && AddressToken.Is(value[..colon]))
        {
            found.Add(new SecretSpan(start, start + colon, "token"));
        }

        var secret = value[(colon + 1)..];
        if (!secret.TrimEnd(".,:!?)").IsEmpty && !Passwords.IsPlaceholder(secret))
        {
            found.Add(new SecretSpan(start + colon + 1, start + value.Length, "password"));
        }

        return start + value.Length;
    }

    // What stands in place of a token has a colon of its own, which parts nothing.
    private static int Colon(ReadOnlySpan<char> value)
    {
        for (var at = 0; value[at..].IndexOf(':') is >= 0 and var next;)
        {
            at += next;
            if (!value[..at].EndsWith(Secrets.Beginning.AsSpan().TrimEnd(": "), StringComparison.Ordinal))
            {
                return at;
            }

            var close = value[at..].IndexOf(']');
            if (close < 0)
            {
                return -1;
            }

            at += close + 1;
        }

        return -1;
    }
}
