namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Finds numbers that say which of a series is meant and are no value of it: 'valve 17 opens at 3 bar', 'locker 4-12 is empty'. They stand behind the word of content that a
/// statement begins with.
/// </summary>
internal static class Labels
{
    /// <summary>Whether two statements begin with one word and other numbers.</summary>
    public static bool Differ(PairStatement one, PairStatement other)
    {
        var (here, there) = (Of(one), Of(other));
        return (here.Count > 0 && there.Count > 0 && here[0] == there[0] && !here.SequenceEqual(there, StringComparer.Ordinal)) || NumbersDiffer(Doubled(one), Doubled(other));
    }

    /// <summary>
    /// Whether two statements number one word otherwise and have another value each, or number another word otherwise too: 'the code of slot 4 is 1200' and
    /// 'the code of slot 9 is 1300'.
    /// </summary>
    public static bool AndValuesDiffer(PairStatement one, PairStatement other)
    {
        if (one.Values.Count == 0 || other.Values.Count == 0)
        {
            return false;
        }

        var (here, there) = (Numbered(one), Numbered(other));
        var differ = here.Count(h => there.Exists(t => t.Word == h.Word) && !there.Contains(h));
        return differ > 1 || (differ > 0 && OnlyIn(one, other) > 1 && OnlyIn(other, one) > 1);
    }

    private static int OnlyIn(PairStatement one, PairStatement other) => one.Values.Count(v => !other.ValueIndex.Contains(v.Value));

    // 'slot 4'; in 'lasts 5 weeks' the number belongs to what follows.
    private static List<(string Word, string Numbers)> Numbered(PairStatement statement)
    {
        var (tokens, found) = (statement.Tokens, new List<(string, string)>());
        for (var i = 1; i < tokens.Count; i++)
        {
            if (tokens[i - 1].Kind == TokenKind.Word && IsPlain(tokens[i]) && (i + 1 == tokens.Count || tokens[i + 1].Kind != TokenKind.Word || tokens[i + 1].StartsSentence))
            {
                found.Add((tokens[i - 1].Stem, tokens[i].Stem));
            }
        }

        return found;
    }

    private static bool NumbersDiffer(List<(string Word, string Numbers)> here, List<(string Word, string Numbers)> there) =>
        here.Exists(h => there.Exists(t => t.Word == h.Word) && !there.Contains(h));

    // 'about project 3-9': two numbers behind a word, with no unit, are one designation wherever they stand.
    private static List<(string Word, string Numbers)> Doubled(PairStatement statement)
    {
        var (tokens, found) = (statement.Tokens, new List<(string, string)>());
        for (var i = 1; i + 1 < tokens.Count; i++)
        {
            if (tokens[i - 1].Kind == TokenKind.Word && IsPlain(tokens[i]) && IsPlain(tokens[i + 1]) && (i + 2 == tokens.Count || tokens[i + 2].Kind != TokenKind.Word || tokens[i + 2].StartsSentence))
            {
                found.Add((tokens[i - 1].Stem, $"{tokens[i].Stem} {tokens[i + 1].Stem}"));
            }
        }

        return found;
    }

    private static bool IsPlain(StatementToken token) => token is { Kind: TokenKind.Number, StartsSentence: false } && !token.Stem.Contains(' ', StringComparison.Ordinal);

    /// <summary>The word that a statement begins with and the plain numbers or the identifier behind it; nothing when there are none.</summary>
    public static IReadOnlyList<string> Of(PairStatement statement)
    {
        var label = new List<string>();
        foreach (var token in statement.Tokens)
        {
            if (label.Count == 0 ? token.Kind is TokenKind.Word or TokenKind.Identifier : IsPlain(token) || (label.Count == 1 && token.Kind == TokenKind.Identifier && token.Text.Any(char.IsAsciiDigit)))
            {
                label.Add(token.Stem);
            }
            else if (label.Count > 0 || token.IsValue)
            {
                break;
            }
        }

        return label.Count > 1 ? label : [];
    }
}
