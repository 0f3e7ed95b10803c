namespace Memory.Core.Consolidation.Pairs;

/// <summary>Finds pairs that name one thing, the one shorter than the other: 'Rider' is 'JetBrains Rider', 'the Zoe' is 'the Renault Zoe'.</summary>
internal static class ShorterNames
{
    /// <summary>Whether two statements that tell of no change and deny nothing differ in no name but those that the other has in short, and one of them is what is told and not of whom.</summary>
    /// <param name="one">The one statement.</param>
    /// <param name="namesOne">The names that only the one has.</param>
    /// <param name="other">The other.</param>
    /// <param name="namesOther">The names that only the other has.</param>
    public static bool Are(PairStatement one, IReadOnlyList<StatementName> namesOne, PairStatement other, IReadOnlyList<StatementName> namesOther) =>
        one is { Change: null, Denied.Count: 0 } && other is { Change: null, Denied.Count: 0 }
        && namesOne.All(n => IsInShort(n, other, atEnd: false)) && namesOther.All(n => IsInShort(n, one, atEnd: false))
        && (namesOne.Any(n => IsInShort(n, other, atEnd: true)) || namesOther.Any(n => IsInShort(n, one, atEnd: true)));

    // 'Luca' is short for 'Luca Szabo', of whom it is told; what is told of him is named by the last word: a product after its maker.
    private static bool IsInShort(StatementName name, PairStatement other, bool atEnd) => other.Names.Any(n =>
        n.Stems.Count < name.Stems.Count && n.Stems.All(s => name.Stems.Contains(s, StringComparer.Ordinal)) && (!atEnd || n.Stems[^1] == name.Stems[^1]));
}
