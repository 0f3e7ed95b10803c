using System.Buffers;

namespace Memory.Core.Screening;

/// <summary>
/// Finds values that are set apart from their names by neither <c>=</c> nor <c>:</c>: <c>| password | ... |</c>, <c>password -> ...</c>,
/// <c>&lt;password>...&lt;/password></c>.
/// </summary>
internal static class SettingForms
{
    private static readonly SearchValues<char> ValueEnd = SearchValues.Create(" \t\r\n<>|`\"'");

    /// <summary>Where the value stands that a sign sets apart from its name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where in it a <c>|</c>, a <c>></c> or an arrow stands.</param>
    /// <param name="found">Takes the value.</param>
    public static void FindAt(ReadOnlySpan<char> text, int at, List<SecretSpan> found)
    {
        var (nameEnd, isElement) = text[at] switch
        {
            '>' when at > 1 && text[at - 1] == '-' && text[at - 2] == ' ' => (at - 2, false),
            '>' when at > 0 && SettingNames.Characters.Contains(text[at - 1]) => (at, true),
            '>' => (-1, false),
            _ => (at, false),
        };
        if (nameEnd < 0 || SettingNames.At(text[..nameEnd]) is not { } setting || (isElement && (setting.Start == 0 || text[setting.Start - 1] != '<'))
            || (text[at] == '|' && !IsCell(text[..setting.Start])))
        {
            return;
        }

        var start = at + 1;
        while (!isElement && start < text.Length && text[start] is ' ' or '`' or '*')
        {
            start++;
        }

        var length = text[start..].IndexOfAny(ValueEnd);
        length = length < 0 ? text.Length - start : length;
        var value = text.Slice(start, length);
        // A cell and an element end where they end, or there are more words.
        var behind = text[(start + length)..];
        if (isElement ? behind.StartsWith("</") : text[at] != '|' || behind.TrimStart(" `*").StartsWith("|"))
        {
            value = isElement ? value : value.TrimEnd("*.,;:");
            if (!value.IsEmpty && SettingValues.IsSecret(setting, value, isAssigned: isElement))
            {
                found.Add(new SecretSpan(start, start + value.Length, setting.What));
            }
        }
    }

    private static bool IsCell(ReadOnlySpan<char> before) => before.TrimEnd(" `*").EndsWith("|");
}
