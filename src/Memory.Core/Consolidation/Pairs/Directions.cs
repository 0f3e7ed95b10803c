namespace Memory.Core.Consolidation.Pairs;

/// <summary>Compares whence and whither: 'copy from disk A to disk B' and 'copy from disk B to disk A', 'redirect HTTP to HTTPS' and 'redirect HTTPS to HTTP'.</summary>
internal static class Directions
{
    // 'to the new rack in the basement': of what is farther off the other statement may say more.
    private const int Reach = 3;

    /// <summary>Whether two statements name the same ends, and go to another of them.</summary>
    public static bool Differ(PairStatement one, PairStatement other) => Differ(one, other, IsWhither) || Differ(one, other, static t => t == "from");

    private static bool Differ(PairStatement one, PairStatement other, Func<string, bool> isWord)
    {
        var (here, there) = (End(one, isWord), End(other, isWord));
        return here.Count > 0 && there.Count > 0 && !here.SequenceEqual(there, StringComparer.Ordinal) && Knows(other, here) && Knows(one, there)
            && !here.All(h => there.Contains(h, StringComparer.Ordinal)) && !there.All(t => here.Contains(t, StringComparer.Ordinal));
    }

    private static bool IsWhither(string word) => word is "to" or "into" or "onto";

    private static bool Knows(PairStatement statement, List<string> words) => words.TrueForAll(w => statement.Tokens.Any(t => t.Text == w));

    // The words behind the only such preposition, as they are written: 'A' is a label, and 'HTTPS' no plural.
    private static List<string> End(PairStatement statement, Func<string, bool> isWord)
    {
        var (tokens, end, found) = (statement.Tokens, new List<string>(), 0);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!isWord(tokens[i].Text) || (found++ > 0))
            {
                continue;
            }

            for (var j = i + 1; j < tokens.Count && end.Count < Reach && !tokens[j].StartsSentence && (tokens[j].IsContent || IsArticleOrLabel(tokens[j])); j++)
            {
                if (tokens[j].IsContent || tokens[j].IsCapital)
                {
                    end.Add(tokens[j].Text);
                }
            }
        }

        return found == 1 ? end : [];
    }

    private static bool IsArticleOrLabel(StatementToken token) => token.Text is "a" or "an" or "the" or "my" or "our" or "your";
}
