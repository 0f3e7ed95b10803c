namespace Memory.Core.Consolidation.Pairs;

/// <summary>What speaks against each relation of two statements: for the verdict, and for the model, which learns how often a check is right.</summary>
internal sealed class PairGuards
{
    private const float AnythingAlike = 0.25f;

    private static readonly IReadOnlyList<GuardCheck<(PairStatement One, PairStatement Other, TermAlignment Alignment)>> DuplicateChecks =
    [
        .. FactGuard.DuplicateChecks.Select(static c => new GuardCheck<(PairStatement One, PairStatement Other, TermAlignment Alignment)>(c.Reason, p => c.Applies((p.One, p.Other)))),
        new("each has a word that is strange to the other", static p => p.Alignment is { HasStrangerOne: true, HasStrangerOther: true }),
        new("names are all that they have in common", static p => (AreUnlike(p.Alignment) || HasMore(p.Alignment)) && AttributeGuard.ShareNamesOnly(p.One, p.Other)),
    ];

    private readonly GuardFinding _duplicate;
    private readonly GuardFinding _hold;
    private readonly GuardFinding _contradiction;

    /// <summary>Asks all checks.</summary>
    public PairGuards(PairStatement one, PairStatement other, TermAlignment alignment)
    {
        var holding = Holding.Of(one, other, alignment);
        Holder = holding.Order;
        _duplicate = DuplicateChecks.Ask((one, other, alignment));
        _hold = Holding.Checks.Ask(holding);
        _contradiction = AttributeGuard.Checks.Ask(new AttributeGuard.Difference(one, other, alignment));
    }

    /// <summary>The names of the flags that <see cref="Write"/> writes.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. DuplicateChecks.Select(static c => $"no duplicate: {c.Reason}"),
        .. Holding.Checks.Select(static c => $"does not hold: {c.Reason}"),
        .. AttributeGuard.Checks.Select(static c => $"no contradiction: {c.Reason}"),
    ];

    /// <summary>Which statement would say all of the other.</summary>
    public PairOrder Holder { get; }

    /// <summary>Why the two cannot be duplicates; <see langword="null"/> when nothing speaks against it.</summary>
    public string? NoDuplicate => _duplicate.First == GuardChecks.None ? null : DuplicateChecks[_duplicate.First].Reason;

    /// <summary>Whether one can hold the other.</summary>
    /// <param name="isSure">Whether the model is sure of it, so that some checks yield.</param>
    public bool CanHold(bool isSure) => _hold.Allows(isSure);

    /// <summary>Whether the two can contradict each other.</summary>
    /// <param name="isSure">Whether the model is sure of it, so that some checks yield.</param>
    public bool CanContradict(bool isSure) => _contradiction.Allows(isSure);

    /// <summary>Writes a flag for each check: 1 for the one that applies first.</summary>
    /// <param name="flags">Where they go, all 0 before; as many as there are <see cref="Names"/>.</param>
    public void Write(Span<float> flags)
    {
        Set(flags, _duplicate.First);
        Set(flags[DuplicateChecks.Count..], _hold.First);
        Set(flags[(DuplicateChecks.Count + Holding.Checks.Count)..], _contradiction.First);
    }

    private static void Set(Span<float> flags, int at)
    {
        if (at != GuardChecks.None)
        {
            flags[at] = 1;
        }
    }

    // 'Ana asked Bo' and 'the report was written by Ana and Bo': one has a word for which the other has none.
    private static bool HasMore(TermAlignment alignment) => alignment.OnlyOne.Count != alignment.OnlyOther.Count && Math.Min(alignment.FarthestOne, alignment.FarthestOther) < Holding.Alike;

    // One word in another's place may be a synonym: 'belongs to', 'is in the hands of'.
    private static bool AreUnlike(TermAlignment alignment) =>
        alignment is { FarthestOne: < AnythingAlike, FarthestOther: < AnythingAlike } and not { OnlyOne.Count: 1, OnlyOther.Count: 1 };
}
