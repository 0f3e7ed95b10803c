namespace Memory.Core.Consolidation.Pairs;

/// <summary>Compares of whom or what two statements speak, by the word of content that comes first in each.</summary>
internal readonly record struct SubjectComparison
{
    public SubjectComparison(PairStatement one, PairStatement other)
    {
        if (one.Terms.Count == 0 || other.Terms.Count == 0)
        {
            return;
        }

        var (first, second) = (one.Terms[0].Token, other.Terms[0].Token);
        IsSame = first.Stem == second.Stem;
        Differs = !other.AllStems.Contains(first.Stem) && !one.AllStems.Contains(second.Stem);
        IsAnotherName = Differs && IsName(one, first) && IsName(other, second);
    }

    /// <summary>Both begin with one word.</summary>
    public bool IsSame { get; }

    /// <summary>Neither has the word that the other begins with.</summary>
    public bool Differs { get; }

    /// <summary>They differ, and both are names.</summary>
    public bool IsAnotherName { get; }

    private static bool IsName(PairStatement statement, StatementToken token) => statement.Names.Any(n => n.Stems.Contains(token.Stem, StringComparer.Ordinal));
}
