namespace Memory.Core.Memories;

/// <summary>
/// Tells 'Maßen' from 'Massen', which are two words of German and one in capitals: full case folding (Unicode, CaseFolding.txt) makes 'ß' and 'ss' one because
/// 'STRASSE' is how 'Straße' is written in capitals.
/// </summary>
internal static class SharpS
{
    /// <summary>Whether, of two texts, one has an 'ß' where the other has 'ss' in lower case.</summary>
    public static bool Differ(string one, string other)
    {
        if (!one.AsSpan().ContainsAny('ß', 'ẞ') && !other.AsSpan().ContainsAny('ß', 'ẞ'))
        {
            return false;
        }

        return Marks(one).Zip(Marks(other)).Any(static p => p is ('ß', 's') or ('s', 'ß'));
    }

    // 'ß' for itself, 's' for two in lower case, 'S' for two of which one is a capital and that may be either.
    private static IEnumerable<char> Marks(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is 'ß' or 'ẞ')
            {
                yield return 'ß';
            }
            else if (text[i] is 's' or 'S' && i + 1 < text.Length && text[i + 1] is 's' or 'S')
            {
                yield return text[i] == 's' && text[i + 1] == 's' ? 's' : 'S';
                i++;
            }
        }
    }
}
