using System.Buffers;

namespace Memory.Core.Screening;

/// <summary>
/// Finds values of settings that are named for a secret: <c>api_key=...</c>, <c>"password": "..."</c>, <c>Authorization: Bearer ...</c>.
/// What counts as a value is said by <see cref="SettingValues"/>.
/// </summary>
internal static class Assignments
{
    private static readonly SearchValues<char> Signs = SearchValues.Create("=:|>→");
    private static readonly SearchValues<char> ValueEnd = SearchValues.Create(" \t\r\n\"'`<>()[]{}");
    private static readonly SearchValues<char> Separators = SearchValues.Create(",;&|");

    public static void Find(ReadOnlySpan<char> text, List<SecretSpan> found)
    {
        for (var at = 0; at < text.Length && text[at..].IndexOfAny(Signs) is >= 0 and var next; at++)
        {
            at += next;
            if (text[at] is not ('=' or ':'))
            {
                SettingForms.FindAt(text, at, found);
            }
            else if ((SettingNames.At(text[..at]) ?? NamedBeside.At(text[..at])) is { } setting)
            {
                FindValue(text, at, setting, found);
            }
        }
    }

    private static void FindValue(ReadOnlySpan<char> text, int at, Setting setting, List<SecretSpan> found)
    {
        // What may stand between: '=>', spaces, quotes, the scheme of an Authorization header, the end of '**Password:**'.
        var start = at + 1;
        start += text[start..].StartsWith("** ") && text[..setting.Start].EndsWith("**") ? 2 : 0;
        while (start < text.Length && text[start] is ' ' or '"' or '\'' or '`' or '>' or '=')
        {
            start++;
        }

        var isBelow = text[at] == ':' && OnlyOfNextLine(text, ref start);
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
        if (value.IsEmpty || (isBelow && rest[value.Length..] is [':', ..]) || IsTagOfImage(text, at, setting, value))
        {
            return;
        }

        var quotes = close >= 0 ? Quotes(text, at, setting, rest[(close + 1)..]) : ValueQuotes.None;
        var isAssigned = quotes == ValueQuotes.OfCode || (quotes == ValueQuotes.OfLine && setting.IsExact) || (!IsMember(text, at) && IsAssigned(text, at, start));
        var goesOn = value.Length < rest.Length && rest[value.Length] is '(' or '[' or '{';
        if (SettingValues.IsSecret(setting, value, isAssigned, quotes, goesOn))
        {
            found.Add(new SecretSpan(start, start + value.Length, setting.What));
        }
    }

    // 'password:' and nothing else on its line: the value may be all that the next one has.
    private static bool OnlyOfNextLine(ReadOnlySpan<char> text, ref int start)
    {
        var line = start + (start < text.Length && text[start] == '\r' ? 1 : 0);
        if (line >= text.Length || text[line] != '\n')
        {
            return false;
        }

        line++;
        var content = text[line..];
        content = content.IndexOf('\n') is >= 0 and var end ? content[..end] : content;
        var word = content.Trim(" \t\r`");
        if (word.IsEmpty || word.ContainsAny(ValueEnd))
        {
            return false;
        }

        start = line + content.IndexOf(word, StringComparison.Ordinal);
        return true;
    }

    private static ValueQuotes Quotes(ReadOnlySpan<char> text, int at, Setting setting, ReadOnlySpan<char> behind) =>
        IsMember(text, at) || IsSet(text, at) ? ValueQuotes.OfCode
        : BeginsLine(text[..setting.Start]) && EndsLine(behind) ? ValueQuotes.OfLine
        : ValueQuotes.OfSentence;

    private static bool IsMember(ReadOnlySpan<char> text, int at) => at > 0 && text[at - 1] is '"' or '\'';

    // 'password="..."', 'password = "..."', 'password := "..."'; no comparison.
    private static bool IsSet(ReadOnlySpan<char> text, int at)
    {
        var behind = text[at..].StartsWith(":=") ? text[(at + 2)..] : text[at] == '=' ? text[(at + 1)..] : default;
        return behind.TrimStart(' ') is ['"' or '\'', ..] && !(at > 0 && text[at - 1] is '!' or '<' or '>' or '=');
    }

    private static bool IsAssigned(ReadOnlySpan<char> text, int at, int start) => text[at] == '=' && at > 0 && text[at - 1] != ' ' && start == at + 1;

    private static bool BeginsLine(ReadOnlySpan<char> before) => before.TrimEnd(" \t-") is [] or [.., '\n'];

    // Behind it may stand what ends it in a file of settings, or a comment.
    private static bool EndsLine(ReadOnlySpan<char> behind) => behind.TrimStart(" \t\r,;})]") is [] or ['\n' or '#', ..] or ['/', '/', ..];

    // 'acme/secret:v1.2.3', 'acme/token:3f9a1c7'.
    private static bool IsTagOfImage(ReadOnlySpan<char> text, int at, Setting setting, ReadOnlySpan<char> value) =>
        text[at] == ':' && text[at + 1] == value[0] && setting.Start > 1 && text[setting.Start - 1] == '/' && SettingNames.Characters.Contains(text[setting.Start - 2])
        && !value.ContainsAnyInRange('A', 'Z') && !value.ContainsAnyExcept(SettingNames.Characters);

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
            if (behind.IsEmpty || (behind.IndexOfAnyExcept(SettingNames.Characters) is > 0 and var name && behind[name] is '=' or ':'))
            {
                value = value[..at];
                break;
            }
        }

        return value.TrimEnd(".:,;");
    }
}
