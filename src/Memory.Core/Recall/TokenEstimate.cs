using Memory.Core.Storage;

namespace Memory.Core.Recall;

/// <summary>
/// How many tokens a text takes in a language model's context, on the safe side: a token for every three characters of text with spaces,
/// and one and a half for every character of scripts without spaces. English prose takes fewer.
/// </summary>
public static class TokenEstimate
{
    /// <summary>What a result takes besides its content: id, score, confidence, kind, time.</summary>
    public const int PerResult = 40;

    /// <summary>Estimates the tokens of a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>0 for an empty text, else at least 1.</returns>
    public static int Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var unspaced = 0;
        var other = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (UnspacedText.Contains(rune))
            {
                unspaced++;
            }
            else
            {
                other++;
            }
        }

        return ((other + 2) / 3) + (((unspaced * 3) + 1) / 2);
    }
}
