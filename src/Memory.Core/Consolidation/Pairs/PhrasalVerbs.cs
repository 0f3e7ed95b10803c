namespace Memory.Core.Consolidation.Pairs;

/// <summary>Finds verbs that a particle makes another verb of, whatever stands between: 'turned the offer down'.</summary>
internal static class PhrasalVerbs
{
    private const int Reach = 3;

    /// <summary>The stems of such verbs with their particles: 'turn_down'.</summary>
    public static IReadOnlyList<string> Of(PairStatement statement)
    {
        List<string>? found = null;
        var tokens = statement.Tokens;
        for (var i = 1; i < tokens.Count; i++)
        {
            if (tokens[i].Text is not ("up" or "down" or "off" or "on" or "out" or "in" or "ahead" or "forward" or "back" or "away"))
            {
                continue;
            }

            for (var j = i - 1; j >= 0 && i - j <= Reach; j--)
            {
                if (tokens[j].Kind == TokenKind.Word)
                {
                    (found ??= []).Add(Join(tokens[j].Stem, tokens[i].Text));
                }
            }
        }

        return found ?? (IReadOnlyList<string>)[];
    }

    /// <summary>The stem of a word as lists write it, the particle of a verb behind an underscore.</summary>
    public static string Stem(string word) =>
        word.IndexOf('_', StringComparison.Ordinal) is > 0 and var cut ? Join(WordForms.Stem(word[..cut]), word[(cut + 1)..]) : WordForms.Stem(word);

    private static string Join(string stem, string particle) => $"{stem}_{particle}";
}
