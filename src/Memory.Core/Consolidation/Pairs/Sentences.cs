using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>Cuts a text into its sentences.</summary>
internal static class Sentences
{
    /// <summary>The sentences of a text, in order, none of them empty.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var (sentences, from) = (new List<string>(), 0);
        foreach (var end in SentenceEnds.Of(text).Append(text.Length).Distinct())
        {
            var sentence = text[from..end].Trim();
            if (sentence.Length > 0)
            {
                sentences.Add(sentence);
            }

            from = end;
        }

        return sentences;
    }
}
