namespace Memory.Core.Screening;

/// <summary>
/// Tells what a value is named for where the name is a value of its own: <c>key="Password" value="..."</c>, <c>{"name": "DB_PASSWORD", "value": "..."}</c>.
/// </summary>
internal static class NamedBeside
{
    /// <summary>The name that stands before the word 'value', which ends a text.</summary>
    public static Setting? At(ReadOnlySpan<char> before)
    {
        before = before.TrimEnd(" \"'");
        if (!before.EndsWith("value", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        before = before[..^5].TrimEnd(" \t\r\n\"',");
        var name = before[(before.LastIndexOfAnyExcept(SettingNames.Characters) + 1)..];
        var label = before[..^name.Length].TrimEnd(" \"':=");
        return name.Length > 0 && label.Length < before.Length - name.Length && (label.EndsWith("key", StringComparison.OrdinalIgnoreCase) || label.EndsWith("name", StringComparison.OrdinalIgnoreCase))
            ? SettingNames.At(before)
            : null;
    }
}
