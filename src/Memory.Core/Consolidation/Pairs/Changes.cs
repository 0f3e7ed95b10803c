namespace Memory.Core.Consolidation.Pairs;

/// <summary>Compares what statements say has changed.</summary>
internal static class Changes
{
    /// <summary>
    /// Whether one tells of a change and the other of the same, or says what it has brought about: 'switched from espresso to oat milk' beside
    /// 'wants oat milk', 'goes by train instead of by bike' beside 'no longer goes by bike'.
    /// </summary>
    public static bool Agree(PairStatement one, PairStatement other) => (one.Change, other.Change) switch
    {
        ({ } first, { } second) => Says(one, second.New) || Says(other, first.New)
            || ((first.New.Count == 0 || second.New.Count == 0) && (Says(one, second.Old) || Says(other, first.Old))),
        ({ } change, null) => SaysWhatIs(other, change),
        (null, { } change) => SaysWhatIs(one, change),
        _ => false,
    };

    /// <summary>Whether one tells of a change after which what the other says is so no more: 'switched from A to B' beside 'uses A', and not beside 'uses B'.</summary>
    /// <param name="one">Who tells of a change.</param>
    /// <param name="other">Who tells of none.</param>
    public static bool EndsWhatIsSaid(PairStatement one, PairStatement other) =>
        one.Change is { Old.Count: > 0 } change && other.Change is null && change.Old.Except(change.New, StringComparer.Ordinal).Any(other.AllStems.Contains) && !Says(other, change.New);

    /// <summary>Whether both tell of changes of which one begins where the other ended: 'replaced a tortoise with a cat' and 'replaced a cat with a parrot'.</summary>
    public static bool FollowOneAnother(PairStatement one, PairStatement other) => one.Change is { New.Count: > 0 } first && other.Change is { New.Count: > 0 } second
        && (IsWhatWas(first, second) || IsWhatWas(second, first));

    private static bool IsWhatWas(Change later, Change earlier) => later.Old.Count > 0 && earlier.New.All(later.Old.Contains) && !earlier.New.All(later.New.Contains);

    private static bool SaysWhatIs(PairStatement statement, Change change) => statement.Denied.Count == 0 && Says(statement, change.New)
        && !change.Old.Except(change.New, StringComparer.Ordinal).Any(statement.AllStems.Contains);

    private static bool Says(PairStatement statement, IReadOnlyList<string> stems) => stems.Count > 0 && stems.All(statement.AllStems.Contains);
}
