using System.Collections.Frozen;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Tells whether a newer statement closes an older one by its own words: 'moved to Bergen' closes 'lives in Oslo', 'switched from npm to pnpm'
/// closes 'uses npm', 'no longer smokes' closes 'smokes'. Rather misses a change than sees one between two subjects.
/// </summary>
internal static class ChangeVerbs
{
    // So many words of an older statement may be none of the newer's: a longer one says more than what has changed.
    private const int MaxLeft = 4;

    private static readonly FrozenSet<string> Places = Stems("live based located home host run deploy office stored keep held works stays situated address");
    private static readonly FrozenSet<string> Habits = Stems(
        "use prefer run work like drink eat drive take wear play watch read write build deploy host go pay live based subscribe train");
    private static readonly string Work = WordForms.Stem("works");
    private static readonly FrozenSet<string> Employers = Stems("work employed job works employee company");

    /// <summary>Whether the newer statement says that what the older one says is so no more.</summary>
    /// <param name="newer">What was said later.</param>
    /// <param name="older">What was said before.</param>
    public static bool Closes(PairStatement newer, PairStatement older)
    {
        if (newer.Change is not { } change || older.IsForeign || newer.IsForeign || !SameSubject(change, newer, older) || CaseGroups.Differ(newer, older) || !SameSort(change, newer, older))
        {
            return false;
        }

        return change.Kind switch
        {
            ChangeKind.Ended => change.Old.Count > 0 && HoldsAll(older, change.Old) && older.Denied.Count == 0 && !HasEnded(older, change.Old) && Left(older, newer) <= MaxLeft,
            ChangeKind.Replaced => change.Old.Count > 0 && HoldsAll(older, change.Old) && !HoldsAll(older, change.New) && older.Denied.Count == 0 && IsState(change, older) && older.Change?.Kind is not (ChangeKind.Replaced or ChangeKind.Ended),
            ChangeKind.Moved => change.New.Count > 0 && !HoldsAny(older, change.New) && ((change.Verb == "joined" ? HoldsOne(older, Employers) : IsPlaced(older)) || OtherValue(change, newer, older)),
            _ => change.New.Count > 0 && Became(change, newer, older),
        };
    }

    private static bool Became(Change change, PairStatement newer, PairStatement older)
    {
        if (change.Verb != "now")
        {
            return !HoldsAny(older, change.New) && (OtherValue(change, newer, older) || (SaysOfWhat(change, newer) && Left(older, newer) <= 2) || (HoldsOne(older, Habits) && Left(older, newer) is 1 or 2));
        }

        // 'now works on Saturdays' and 'works on Mondays': all but the value is shared.
        var (left, added) = (Left(older, newer), Left(newer, older));
        var shared = older.Terms.Count - left;
        return left is 1 or 2 && added is 1 or 2 && shared >= Math.Max(left, added) && !SameValues(newer, older);
    }

    // 'The editor of Luca changed to Zed' tells what has changed, 'Luca changed to the bike' does not.
    private static bool SaysOfWhat(Change change, PairStatement newer) => change.Subject.Any(s => !newer.Names.Any(n => n.Stems.Contains(s, StringComparer.Ordinal)));

    // Who the change is of must be in the older statement, and whoever the older one begins with in the newer.
    private static bool SameSubject(Change change, PairStatement newer, PairStatement older)
    {
        if (!HoldsAll(older, change.Subject))
        {
            return false;
        }

        if (older.Terms.Count == 0)
        {
            return false;
        }

        if ((OtherNames(newer, older, change) && OtherNames(older, newer, change)) || (change.Verb == "instead" && IsOfAnother(change, newer, older)))
        {
            return false;
        }

        var first = older.Terms[0].Token;
        // 'A Renault Zoe is what Selma drives' begins with what was: 'the Zoe'.
        var isName = older.Names.Any(n => n.Stems.Contains(first.Stem, StringComparer.Ordinal) && !n.Stems.Any(s => change.Old.Contains(s, StringComparer.Ordinal)));
        return !isName || newer.AllStems.Contains(first.Stem);
    }

    // 'Mira has a cat now instead of a tortoise' says nothing of what Luca has: before 'instead' stands both of whom it is and what is now, so that of what the older one says besides most must be known to the newer.
    private static bool IsOfAnother(Change change, PairStatement newer, PairStatement older)
    {
        var rest = older.Terms.Where(t => !change.Old.Contains(t.Stem, StringComparer.Ordinal)).ToList();
        return older.Names.Any(n => !FactGuard.Holds(newer, n) && !n.Stems.Any(s => change.Old.Contains(s, StringComparer.Ordinal)))
            || (rest.Count > 1 && 2 * rest.Count(t => newer.TermIndex.Contains(t.Stem)) < rest.Count);
    }

    // A name that the other does not have, and that is none of what was and what is.
    private static bool OtherNames(PairStatement one, PairStatement other, Change change) => one.Names.Any(n =>
        !FactGuard.Holds(other, n) && !n.Stems.Any(s => change.Old.Contains(s, StringComparer.Ordinal) || change.New.Contains(s, StringComparer.Ordinal)));

    // What has become a date closes what was a date, and no name.
    private static bool SameSort(Change change, PairStatement newer, PairStatement older)
    {
        var (now, before) = (Sorts(newer.Values.Where(v => change.New.Contains(v.Value, StringComparer.Ordinal))), Sorts(older.Values.Where(v => !change.New.Contains(v.Value, StringComparer.Ordinal))));
        return change.New.Count == 0 || (now.Count == 0 ? before.Count == 0 || change.Old.Count > 0 : before.Intersect(now, StringComparer.Ordinal).Any());
    }

    private static List<string> Sorts(IEnumerable<Fact> values) => [.. values.Select(ValueSort.Of).Distinct(StringComparer.Ordinal)];

    private static bool IsState(Change change, PairStatement older) =>
        change.Subject.Count > 0 || HoldsOne(older, Habits) || HoldsOne(older, Places) || older.Terms.Count <= change.Old.Count + 2;

    // 'moved to 10:00' beside 'at 9:30', 'raised to 20' beside '15': a value of the same sort, and a subject to tell whose.
    private static bool OtherValue(Change change, PairStatement newer, PairStatement older) =>
        change.Subject.Count > 0 && change.Verb != "joined" && newer.Values.Any(v => change.New.Contains(v.Value, StringComparer.Ordinal)
            && older.Values.Any(o => o.Kind == v.Kind && !newer.ValueIndex.Contains(o.Value)));

    // The value is told in both: what differs is the verb.
    private static bool SameValues(PairStatement newer, PairStatement older)
    {
        var values = newer.Values.Select(static v => v.Value).Concat(newer.Names.Where(n => n.Stems[0] != newer.Terms[0].Stem).SelectMany(static n => n.Stems)).ToList();
        return values.Count > 0 && values.TrueForAll(older.AllStems.Contains);
    }

    private static int Left(PairStatement one, PairStatement other) => one.Terms.Count(t => !other.TermIndex.Contains(t.Stem) && t.Token.Text != "now");

    private static bool HoldsAll(PairStatement statement, IReadOnlyList<string> stems) => stems.All(statement.AllStems.Contains);

    // 'Left Oslo and lives in Bergen now' has said it already that she 'does not live in Oslo any more'.
    private static bool HasEnded(PairStatement older, IReadOnlyList<string> old) =>
        older.Change is { Kind: ChangeKind.Ended } || (older.Change is { Kind: ChangeKind.Replaced } before && before.Old.Except(before.New, StringComparer.Ordinal).Any(s => old.Contains(s, StringComparer.Ordinal)));

    private static bool HoldsAny(PairStatement statement, IReadOnlyList<string> stems) => stems.Any(statement.AllStems.Contains);

    // 'Works in Oslo' tells a place, 'works at Acme' does not.
    private static bool IsPlaced(PairStatement older) => older.Tokens.Select(static (t, i) => (t.Stem, At: i)).Any(t =>
        Places.Contains(t.Stem) && (t.Stem != Work || (t.At + 1 < older.Tokens.Count && older.Tokens[t.At + 1].Text is "in" or "from" or "out")));

    private static bool HoldsOne(PairStatement statement, FrozenSet<string> stems) => statement.Terms.Any(t => stems.Contains(t.Stem));

    private static FrozenSet<string> Stems(string words) => words.Split(' ').Select(WordForms.Stem).ToFrozenSet(StringComparer.Ordinal);
}
