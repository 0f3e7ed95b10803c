namespace Memory.Core.Consolidation.Pairs;

/// <summary>Compares how many of what there are: 'two sons and one daughter' and 'one son and two daughters' have the same words.</summary>
internal static class CountedThings
{
    /// <summary>Whether of a thing that both statements count there are other numbers in one than in the other.</summary>
    public static bool Differ(PairStatement one, PairStatement other)
    {
        var here = Read(one);
        if (here.Count == 0)
        {
            return false;
        }

        var there = Read(other);
        return here.Exists(h => there.Exists(t => t.Thing == h.Thing) && !there.Exists(t => t == h) && !here.Exists(h2 => h2.Thing == h.Thing && there.Contains(h2)));
    }

    private static List<(string Number, string Thing)> Read(PairStatement statement)
    {
        var (tokens, counted) = (statement.Tokens, new List<(string, string)>());
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            if (Number(tokens[i]) is { } number && tokens[i + 1] is { Kind: TokenKind.Word, StartsSentence: false } thing)
            {
                counted.Add((number, thing.Stem));
            }
        }

        return counted;
    }

    // 'One' is a pronoun too, and then no thing follows it.
    private static string? Number(StatementToken token) =>
        token.Text == "one" ? "1" : token.Kind == TokenKind.Number && !token.Stem.Contains(' ', StringComparison.Ordinal) ? token.Stem : null;
}
