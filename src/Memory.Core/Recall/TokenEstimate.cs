using Memory.Core.Storage;

namespace Memory.Core.Recall;

/// <summary>
/// How many tokens a text takes in a language model's context, on the safe side: a token for every three characters of text with spaces,
/// and one and a half for every character of scripts without spaces. English prose takes fewer.
/// </summary>
public static class TokenEstimate
{
    /// <summary>What a result takes besides its texts: id, score, confidence, kind, time.</summary>
    public const int PerResult = 40;

    /// <summary>What a link of its lineage takes: relation, id, time.</summary>
    public const int PerLink = 25;

    /// <summary>What a row of evidence takes besides its texts, and the parts of a score, when an explanation was asked for.</summary>
    public const int PerEvidence = 40;

    /// <summary>Estimates the tokens of a result with everything it carries.</summary>
    /// <param name="result">The result.</param>
    public static int Of(RecalledMemory result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var memory = result.Memory;
        var evidence = result.Confidence is { } explained
            ? PerEvidence + explained.Terms.Sum(static t => PerEvidence + Of(t.Evidence.Source) + Of(t.Evidence.Session) + Of(t.Evidence.Note) + Of(t.Evidence.Statement))
            : 0;
        return PerResult + Of(memory.Content) + Of(memory.Source) + Of(memory.Session) + memory.Tags.Sum(static t => 1 + Of(t))
            + (PerLink * result.Lineage.Count) + evidence;
    }

    /// <summary>Estimates the tokens of a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>0 for an empty text or none, else at least 1.</returns>
    public static int Of(string? text)
    {
        if (text is null)
        {
            return 0;
        }

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
