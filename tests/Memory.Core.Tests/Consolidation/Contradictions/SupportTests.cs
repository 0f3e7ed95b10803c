using Memory.Core.Confidence;
using Memory.Core.Consolidation;
using Memory.Core.Consolidation.Contradictions;
using Memory.Core.Consolidation.Pairs;
using Memory.Core.Memories;

namespace Memory.Core.Tests.Consolidation.Contradictions;

public sealed class SupportTests
{
    private static readonly Random Ids = new(7);
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_a_source_that_says_by_now_what_the_rival_says_no_longer_speaks_for_it()
    {
        var (old, recent) = Both([Said("user", 20), Said("user", 10), Said("agent:a", 12)], [Said("user", 1)]);

        old.Voices.Select(static v => v.Source).ShouldBe(["agent:a"]);
        recent.Voices.Select(static v => v.Source).ShouldBe(["user"]);
        Winner(old, recent).ShouldBe(recent.Memory.Id);
    }

    [Fact]
    public void Of_a_source_that_only_thinks_so_by_now_still_speaks_for_what_it_said_plainly()
    {
        var (old, recent) = Both([Said("user", 10)], [Said("user", 1) with { IsHedged = true }]);

        old.Voices.Single().Source.ShouldBe("user");
        Winner(old, recent).ShouldBeNull();
    }

    [Fact]
    public void Weigh_words_of_change_that_are_hedged_close_nothing_that_was_said_plainly_until_confirmed()
    {
        var (old, recent) = Both([Said("agent:b", 5)], [Said("agent:a", 1) with { IsHedged = true }]);
        var (plain, confirmed) = Both([Said("agent:b", 5)], [Said("agent:a", 2) with { IsHedged = true }, new Evidence(EvidenceKind.Confirmed, "agent:a", null, Now)]);

        ContradictionRule.Weigh(old, recent, PairOrder.Second, isDoubtful: false, PairOrder.Neither, ConsolidationOptions.Default).Winner.ShouldBeNull();
        var closed = ContradictionRule.Weigh(plain, confirmed, PairOrder.Second, isDoubtful: false, PairOrder.Neither, ConsolidationOptions.Default);
        closed.Winner!.Memory.Id.ShouldBe(confirmed.Memory.Id);
        closed.IsChange.ShouldBeTrue();
    }

    [Fact]
    public void Weigh_a_hedge_replaces_what_nobody_has_said_for_long()
    {
        var (old, recent) = Both([Said("agent:b", 60)], [Said("agent:a", 1) with { IsHedged = true }]);

        Winner(old, recent).ShouldBe(recent.Memory.Id);
    }

    [Fact]
    public void Weigh_of_two_hedges_the_newer_stays()
    {
        var (old, recent) = Both([Said("agent:b", 60) with { IsHedged = true }], [Said("agent:a", 1) with { IsHedged = true }]);

        Winner(old, recent).ShouldBe(recent.Memory.Id);
    }

    [Fact]
    public void Weigh_a_hedge_does_not_replace_what_was_said_plainly_the_day_before()
    {
        var (owner, agent) = Both([Said("agent:b", 2)], [Said("agent:a", 1)]);
        var (plain, hedged) = Both([Said("agent:b", 2)], [Said("agent:a", 1) with { IsHedged = true }]);

        (agent.LogOdds - owner.LogOdds).ShouldBeGreaterThan(hedged.LogOdds - plain.LogOdds);
        Winner(plain, hedged).ShouldBeNull();
    }

    [Fact]
    public void Of_a_slip_corrected_within_minutes_is_no_last_word()
    {
        var (one, other) = Both([new Evidence(EvidenceKind.Asserted, "user", "s", Now.AddMinutes(-30))], [new Evidence(EvidenceKind.Asserted, "user", "s", Now)]);

        one.Voices.Count.ShouldBe(1);
        Winner(one, other).ShouldBeNull();
    }

    [Fact]
    public void Of_repeating_oneself_in_other_sessions_is_one_voice()
    {
        var (repeated, _) = Both([Said("agent:a", 1), Said("agent:a", 2), Said("agent:a", 3)], []);
        var (once, _) = Both([Said("agent:a", 1)], []);

        repeated.LogOdds.ShouldBe(once.LogOdds, 1e-9);
    }

    [Fact]
    public void Weigh_an_agent_that_has_not_heard_of_a_change_does_not_overrule_the_owner()
    {
        var (owner, agent) = Both([Said("user", 5)], [Said("agent:a", 1)]);

        Winner(owner, agent).ShouldBeNull();
    }

    [Fact]
    public void Weigh_what_nobody_has_said_for_long_loses_to_what_an_agent_says_now()
    {
        var (old, recent) = Both([Said("user", 90), Said("document:guide", 95)], [Said("agent:a", 1)]);

        Winner(old, recent).ShouldBe(recent.Memory.Id);
    }

    [Fact]
    public void Weigh_an_older_that_is_a_little_better_supported_leaves_both_and_a_much_better_one_wins()
    {
        var (older, newer) = Both([SaidMinutesAgo("user", 3), SaidMinutesAgo("agent:a", 2)], [SaidMinutesAgo("user", 1)]);
        var (sure, doubtful) = Both([SaidMinutesAgo("user", 4), SaidMinutesAgo("document:guide", 3), SaidMinutesAgo("agent:a", 2)], [SaidMinutesAgo("agent:b", 1)]);

        (older.LogOdds - newer.LogOdds).ShouldBeInRange(ConsolidationOptions.Default.ContradictionMargin, ConsolidationOptions.Default.OlderMargin);
        Winner(older, newer).ShouldBeNull();
        Winner(sure, doubtful).ShouldBe(sure.Memory.Id);
    }

    [Fact]
    public void Weigh_what_contradicts_doubtfully_stays_unless_a_language_model_or_somebody_says_otherwise()
    {
        var (old, recent) = Both([Said("user", 90)], [Said("user", 1)]);

        Doubtful(PairOrder.Neither, PairOrder.Neither).Winner.ShouldBeNull();
        Doubtful(PairOrder.Neither, PairOrder.Second).Winner!.Memory.Id.ShouldBe(recent.Memory.Id);
        Doubtful(PairOrder.Second, PairOrder.Neither).Winner.ShouldBeNull();
        Winner(old, recent).ShouldBe(recent.Memory.Id);

        Resolution Doubtful(PairOrder order, PairOrder right) => ContradictionRule.Weigh(old, recent, order, isDoubtful: true, right, ConsolidationOptions.Default);
    }

    private static Evidence SaidMinutesAgo(string source, int minutes) => new(EvidenceKind.Asserted, source, "s", Now.AddMinutes(-minutes));

    private static MemoryId? Winner(Support one, Support other) =>
        ContradictionRule.Weigh(one, other, PairOrder.Neither, isDoubtful: false, PairOrder.Neither, ConsolidationOptions.Default).Winner?.Memory.Id;

    private static (Support One, Support Other) Both(Evidence[] one, Evidence[] other) => (
        Support.Of(Memory(one), one, other, Now, ConfidenceOptions.Default), Support.Of(Memory(other), other, one, Now, ConfidenceOptions.Default));

    private static Evidence Said(string source, int daysAgo) => new(EvidenceKind.Asserted, source, $"{daysAgo} days ago", Now.AddDays(-daysAgo));

    private static MemoryRecord Memory(Evidence[] ledger)
    {
        var at = ledger.Select(static e => e.At).DefaultIfEmpty(Now).Min();
        return new MemoryRecord
        {
            Id = MemoryId.New(Ids),
            Namespace = Namespace.Default,
            Content = "The archive is on the second floor.",
            Kind = MemoryKind.Fact,
            Tags = [],
            Importance = 0.5,
            Source = "user",
            State = MemoryState.Active,
            Confidence = 0.5,
            ConfidenceAt = at,
            CreatedAt = at,
            UpdatedAt = at,
            Sequence = 1,
        };
    }
}
