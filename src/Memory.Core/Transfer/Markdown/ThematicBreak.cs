namespace Memory.Core.Transfer.Markdown;

/// <summary>A rule of Markdown: three or more of <c>-</c>, <c>*</c> or <c>_</c>, alone on a line, with or without spaces between them. It says nothing.</summary>
internal static class ThematicBreak
{
    private const int Fewest = 3;

    /// <summary>Whether a text is rules alone, with or without empty lines between them.</summary>
    public static bool IsAllOf(string text)
    {
        var some = false;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var line = raw.Trim();
            if (!line.IsEmpty && !Is(line))
            {
                return false;
            }

            some |= !line.IsEmpty;
        }

        return some;
    }

    private static bool Is(ReadOnlySpan<char> line) =>
        line[0] is '-' or '*' or '_' && line.Count(line[0]) >= Fewest && line.IndexOfAnyExcept(line[0], ' ', '\t') < 0;
}
