using System.Collections.Frozen;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>Finds pairs of what happens again and again: 'met Henrik on 3 May' and 'met Henrik on 4 May', 'Wim gave Anja a book' and 'Wim gave Anja a scarf'. Both can be so.</summary>
internal static class Occurrences
{
    private static readonly FrozenSet<string> Past = (
        "met visited called phoned saw talked spoke emailed wrote ate played ran swam walked cycled watched paid bought sent received attended went travelled traveled flew tested deployed fixed reviewed failed crashed rebooted "
        + "restarted slept trained cleaned watered cooked baked lost found won scored ordered gave borrowed lent read tried repaired planted complained asked raised recommended suggested invited interviewed donated").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether both statements tell that the same was done, on days that differ, or by one and to others.</summary>
    public static bool Differ(PairStatement one, PairStatement other) =>
        Done(one).Any(d => Done(other).Contains(d, StringComparer.Ordinal)) && ((HasDayOnly(one, other) && HasDayOnly(other, one)) || IsOfOne(one, other));

    // Who won is another matter: there is one.
    private static bool IsOfOne(PairStatement one, PairStatement other) =>
        one.Terms.Count > 1 && other.Terms.Count > 1 && one.Terms[0].Stem == other.Terms[0].Stem && one.Denied.Count == 0 && other.Denied.Count == 0 && one.Change is null && other.Change is null;

    // 'is paid until May' tells of no occurrence.
    private static IEnumerable<string> Done(PairStatement statement) =>
        statement.Tokens.Where((t, i) => Past.Contains(t.Text) && !(i > 0 && VerbTenses.IsAuxiliary(statement.Tokens[i - 1]))).Select(static t => t.Text);

    private static bool HasDayOnly(PairStatement one, PairStatement other) =>
        one.Values.Any(v => v.Kind == FactKind.Date && !v.Value.Contains(':', StringComparison.Ordinal) && !other.ValueIndex.Contains(v.Value));
}
