using System.Collections.Frozen;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>Finds pairs in which two do to each other what both may do: 'Ana reviews Henrik's pull requests' and 'Henrik reviews Ana's pull requests'.</summary>
internal static class MutualDoings
{
    private static readonly FrozenSet<string> Doings = "pays reviews helps calls visits teaches trusts likes loves knows writes feeds supports covers reads cooks drives meets tests phones emails invites hosts backs relieves replaces thanks owes"
        .Split(' ').Select(WordForms.Stem).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether two statements differ in who does it to whom, and it is what both may do.</summary>
    public static bool Are(PairStatement one, PairStatement other) =>
        WordOrder.NamesAreSwapped(one, other) && one.Terms.Any(t => Doings.Contains(t.Stem) && other.TermIndex.Contains(t.Stem));
}
