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

    private static bool SaysWhatIs(PairStatement statement, Change change) => statement.Denied.Count == 0 && Says(statement, change.New)
        && !change.Old.Except(change.New, StringComparer.Ordinal).Any(statement.AllStems.Contains);

    private static bool Says(PairStatement statement, IReadOnlyList<string> stems) => stems.Count > 0 && stems.All(statement.AllStems.Contains);
}
