using System.Globalization;
using System.Text;

namespace Memory.Core.Storage;

/// <summary>
/// Text that a word index cannot cut into words: scripts written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese, Tibetan),
/// Korean, whose particles grow onto the words, and emoji.
/// A trigram index finds no word shorter than three characters, and most Chinese words have two. So each character is set between bars
/// before it is indexed: of '数据库' the index sees '|数|据|库|', whose trigrams hold every single character and every pair.
/// </summary>
internal static class UnspacedText
{
    private const char Bar = '|';

    /// <summary>Whether a character belongs to such text.</summary>
    public static bool Contains(Rune rune) => rune.Value switch
    {
        < 0x0E00 => false,
        <= 0x0FFF => true, // Thai, Lao, Tibetan
        >= 0x1000 and <= 0x109F => true, // Burmese
        >= 0x1780 and <= 0x17FF => true, // Khmer
        >= 0x2600 and <= 0x27BF => true, // symbols and dingbats
        >= 0x3040 and <= 0x30FF => true, // Hiragana, Katakana
        >= 0x3400 and <= 0x9FFF => true, // Han
        >= 0xAC00 and <= 0xD7AF => true, // Hangul
        >= 0xF900 and <= 0xFAFF => true, // Han compatibility
        >= 0xFF66 and <= 0xFF9F => true, // half-width Katakana
        >= 0x1F000 and <= 0x1FAFF => true, // emoji
        >= 0x20000 and <= 0x3FFFF => true, // Han extensions
        _ => Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol,
    };

    /// <summary>The runs of such text in a memory's content, spread for the trigram index; <see langword="null"/> when there are none.</summary>
    public static string? Spread(string content)
    {
        StringBuilder? spread = null;
        var inside = false;
        foreach (var rune in content.EnumerateRunes())
        {
            if (!Contains(rune))
            {
                inside = false;
                continue;
            }

            spread ??= new StringBuilder();
            if (!inside)
            {
                spread.Append(spread.Length == 0 ? "" : " ").Append(Bar);
                inside = true;
            }

            spread.Append(rune.ToString()).Append(Bar);
        }

        return spread?.ToString();
    }

    /// <summary>What to look for in the trigram index for one run of a query: each pair of neighbours, or the single character.</summary>
    public static IEnumerable<string> Terms(IReadOnlyList<Rune> run)
    {
        if (run.Count == 1)
        {
            yield return $"{Bar}{run[0]}{Bar}";
        }

        for (var i = 0; i + 1 < run.Count; i++)
        {
            yield return $"{Bar}{run[i]}{Bar}{run[i + 1]}{Bar}";
        }
    }
}
