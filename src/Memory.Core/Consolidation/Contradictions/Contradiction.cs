using Memory.Core.Consolidation.Pairs;
using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Contradictions;

/// <summary>Two memories that were judged to contradict each other.</summary>
/// <param name="One">The first.</param>
/// <param name="Other">The second.</param>
/// <param name="Verdict">What was judged.</param>
internal sealed record Contradiction(MemoryId One, MemoryId Other, PairVerdict Verdict);

/// <summary>What becomes of a contradiction.</summary>
/// <param name="Winner">What stays; <see langword="null"/> when neither is clearly better.</param>
/// <param name="Loser">What is superseded.</param>
/// <param name="IsChange">Whether the winner says itself that things have changed, so that the loser was true until then.</param>
/// <param name="IsDoubtful">Whether it is in doubt that they contradict each other, so that neither speaks against the other.</param>
/// <param name="Reason">Why, in words without content.</param>
internal sealed record Resolution(Support? Winner, Support? Loser, bool IsChange, bool IsDoubtful, string Reason)
{
    public static Resolution Of(Support winner, Support loser, string reason) => new(winner, loser, false, false, reason);

    public static Resolution Doubtful(string reason) => new(null, null, false, true, reason);
}

/// <summary>
/// Weighs two contradicting memories: who says so, and who said so last. The newer and better supported wins; what is near, or in doubt, stays contested.
/// Of what is near a language model may have said which is right.
/// </summary>
internal static class ContradictionRule
{
    /// <summary>Decides.</summary>
    /// <param name="one">What speaks for the first.</param>
    /// <param name="other">What speaks for the second.</param>
    /// <param name="order">Which of them closes the other by its own words.</param>
    /// <param name="isDoubtful">Whether it is in doubt that they contradict each other at all.</param>
    /// <param name="right">Which of them a language model holds for right, should neither be clearly better.</param>
    /// <param name="options">The constants.</param>
    public static Resolution Weigh(Support one, Support other, PairOrder order, bool isDoubtful, PairOrder right, ConsolidationOptions options)
    {
        // What somebody judged is in doubt no more.
        if (isDoubtful && right == PairOrder.Neither && !one.IsJudged && !other.IsJudged)
        {
            return Resolution.Doubtful("it is not sure that only one of them can be so");
        }

        if (order != PairOrder.Neither)
        {
            var (closer, closed) = order == PairOrder.First ? (one, other) : (other, one);
            if (closer.Memory.When >= closed.SaidAt && closer.LogOdds > 0)
            {
                // Whoever only thinks that something has changed closes nothing; but what was said before is no evidence against a change.
                if (!OnlyHedges(closer, closed))
                {
                    return new Resolution(closer, closed, true, false, "the newer one says that it has changed");
                }

                if (right == PairOrder.Neither)
                {
                    return Resolution.Doubtful("the newer one only thinks that it has changed");
                }
            }
        }

        var (newer, older) = one.SaidAt >= other.SaidAt ? (one, other) : (other, one);
        var gap = newer.SaidAt - older.SaidAt;
        var newness = options.NewnessWeight * (1 - Math.Pow(2, -(gap / options.NewnessHalf)));
        var lead = newer.LogOdds + newness - older.LogOdds;
        var margin = options.ContradictionMargin;
        // Of two that were said at one time neither is the newer.
        var olderMargin = gap == TimeSpan.Zero ? margin : options.OlderMargin;
        return lead >= margin ? Resolution.Of(newer, older, FormattableString.Invariant($"newer by {Days(gap)} and better supported by {lead:0.0} in log-odds"))
            : lead <= -olderMargin ? Resolution.Of(older, newer, FormattableString.Invariant($"better supported by {-lead:0.0} in log-odds, although older by {Days(gap)}"))
            : right == PairOrder.First ? Resolution.Of(one, other, "neither is clearly better, and the language model holds it for right")
            : right == PairOrder.Second ? Resolution.Of(other, one, "neither is clearly better, and the language model holds it for right")
            : new Resolution(null, null, false, false, FormattableString.Invariant($"neither is clearly better: {Math.Abs(lead):0.0} in log-odds between them, {(lead < 0 ? olderMargin : margin):0.0} needed"));
    }

    private static bool OnlyHedges(Support one, Support other) => one.IsHedged && !other.IsHedged;

    private static string Days(TimeSpan gap) => FormattableString.Invariant($"{gap.TotalDays:0.#} days");
}
