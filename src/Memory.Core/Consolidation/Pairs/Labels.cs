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
        return here.Count > 0 && there.Count > 0 && here[0] == there[0] && !here.SequenceEqual(there, StringComparer.Ordinal);
    }

    /// <summary>The word that a statement begins with and the plain numbers behind it; nothing when there are none.</summary>
    public static IReadOnlyList<string> Of(PairStatement statement)
    {
        var label = new List<string>();
        foreach (var token in statement.Tokens)
        {
            if (label.Count == 0 ? token.Kind is TokenKind.Word or TokenKind.Identifier : token.Kind == TokenKind.Number && !token.Stem.Contains(' ', StringComparison.Ordinal))
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
