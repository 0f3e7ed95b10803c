using CsCheck;
using Memory.Core.Confidence;
using Memory.Core.Memories;

namespace Memory.Core.Tests.Confidence;

public sealed class ConfidenceCalculationTests
{
    private static readonly DateTimeOffset Now = ServiceFixture.Start;
    private static readonly ConfidenceOptions Options = ConfidenceOptions.Default;

    private static readonly Gen<Evidence> Row = Gen.Select(
        Gen.Enum<EvidenceKind>(), Gen.OneOf("user", "agent", "document:a", "import:b"), Gen.OneOf<string?>(null, "s1", "s2"), Gen.Int[0, 2000],
        static (kind, source, session, days) => new Evidence(kind, source, session, Now.AddDays(-days)));

    [Fact]
    public void Of_one_assertion_is_the_weight_of_its_source()
    {
        Of("user").ShouldBe(Sigmoid(2.3), 1e-12);
        Of("document:x").ShouldBe(Sigmoid(2.0), 1e-12);
        Of("agent").ShouldBe(Sigmoid(1.7), 1e-12);
        Of("import:x").ShouldBe(Sigmoid(1.4), 1e-12);

        static double Of(string source) => Value([new(EvidenceKind.Asserted, source, null, Now)]);
    }

    [Fact]
    public void Of_a_hedged_statement_weighs_half_and_comes_behind_a_plain_one()
    {
        Evidence hedged = new(EvidenceKind.Asserted, "user", "a", Now) { IsHedged = true };
        Evidence plain = new(EvidenceKind.Corroborated, "agent", "b", Now);

        Value([hedged]).ShouldBe(Sigmoid(2.3 / 2), 1e-12);
        Value([hedged, plain]).ShouldBe(Sigmoid(1.7 + (Options.Diminishing * 2.3 / 2)), 1e-12);
    }

    [Fact]
    public void Of_who_hedges_later_what_was_said_plainly_nothing_is_taken_back()
    {
        Evidence plain = new(EvidenceKind.Asserted, "user", "a", Now.AddDays(-1));
        Evidence hedged = new(EvidenceKind.Corroborated, "user", "a", Now) { IsHedged = true };

        Value([plain, hedged]).ShouldBe(Value([plain]), 1e-12);
        Value([hedged, plain with { At = Now }]).ShouldBe(Value([plain with { At = Now }, hedged]), 1e-12);
    }

    [Fact]
    public void Of_independent_voices_diminishes_and_repetition_adds_nothing()
    {
        Evidence first = new(EvidenceKind.Asserted, "agent", "a", Now);
        Evidence second = new(EvidenceKind.Corroborated, "agent", "b", Now);
        Evidence third = new(EvidenceKind.Corroborated, "agent", "c", Now);
        Evidence again = new(EvidenceKind.Corroborated, "agent", "a", Now);

        foreach (var share in new[] { 0.25, Options.Diminishing })
        {
            double Of(params Evidence[] rows) => ConfidenceCalculation.Of(rows, MemoryKind.Fact, Now, Options with { Diminishing = share }).Value;
            Of(first, second).ShouldBe(Sigmoid(Options.AgentWeight * (1 + share)), 1e-12);
            Of(first, second, third).ShouldBe(Sigmoid(Options.AgentWeight * (1 + share + (share * share))), 1e-12);
        }

        Value([first, again, again with { }]).ShouldBe(Value([first]), 1e-12);
    }

    [Fact]
    public void Of_a_repetition_keeps_the_weight_fresh()
    {
        Evidence old = new(EvidenceKind.Asserted, "user", "a", Now.AddDays(-60));
        Evidence again = new(EvidenceKind.Corroborated, "user", "a", Now);

        Value([old], MemoryKind.Note).ShouldBe(Sigmoid(1.15), 1e-9);
        Value([old, again], MemoryKind.Note).ShouldBe(Sigmoid(2.3), 1e-9);
    }

    [Fact]
    public void Of_feedback_takes_the_last_verdict_of_each_source()
    {
        Evidence said = new(EvidenceKind.Asserted, "agent", null, Now);
        Evidence confirmed = new(EvidenceKind.Confirmed, "user", null, Now);
        Evidence refuted = new(EvidenceKind.Refuted, "user", null, Now);

        Value([said, confirmed]).ShouldBe(Sigmoid(4.2), 1e-12);
        Value([said, confirmed, refuted]).ShouldBe(Sigmoid(1.7 - 4), 1e-12);
        Value([said, refuted with { At = Now.AddDays(-1) }, confirmed]).ShouldBe(Sigmoid(4.2), 1e-12);
    }

    [Fact]
    public void Of_a_contradiction_lowers() => Value([new(EvidenceKind.Asserted, "agent", null, Now), new(EvidenceKind.Contradicted, "agent", "x", Now)]).ShouldBe(0.5, 1e-12);

    [Theory]
    [InlineData(MemoryKind.Note, 60)]
    [InlineData(MemoryKind.Procedure, 365)]
    [InlineData(MemoryKind.Fact, 730)]
    [InlineData(MemoryKind.Preference, 730)]
    [InlineData(MemoryKind.Decision, 1095)]
    [InlineData(MemoryKind.Event, 1095)]
    public void Of_evidence_after_its_half_life_weighs_half(MemoryKind kind, int days) =>
        Value([new(EvidenceKind.Asserted, "user", null, Now.AddDays(-days))], kind).ShouldBe(Sigmoid(1.15), 1e-9);

    [Fact]
    public void Of_any_ledger_is_a_probability_that_its_arithmetic_explains() => Row.Array[0, 12].Sample(static rows =>
    {
        var calculation = ConfidenceCalculation.Of(rows, MemoryKind.Fact, Now, Options);

        calculation.Value.ShouldBeInRange(0.0066, 0.9934);
        calculation.Terms.Select(static t => t.Evidence).ShouldBe(rows);
        calculation.LogOdds.ShouldBe(Math.Clamp(calculation.Prior + calculation.Terms.Sum(static t => t.Contribution), -5, 5), 1e-9);
        calculation.Value.ShouldBe(Sigmoid(calculation.LogOdds), 1e-12);
    });

    [Fact]
    public void Of_a_confirmation_more_is_never_less() => Gen.Select(Row.Array[0, 8], Gen.OneOf("user", "other")).Sample(static (rows, source) =>
    {
        var without = rows.Where(r => r.Source != source || r.Kind is not (EvidenceKind.Confirmed or EvidenceKind.Refuted)).ToArray();
        Value([.. without, new(EvidenceKind.Confirmed, source, null, Now)]).ShouldBeGreaterThanOrEqualTo(Value(without));
        Value([.. without, new(EvidenceKind.Refuted, source, null, Now)]).ShouldBeLessThanOrEqualTo(Value(without));
    });

    [Fact]
    public void Of_a_ledger_in_another_order_is_the_same() => Gen.Select(Row.Array[0, 10], Gen.Int).Sample(static (rows, seed) =>
    {
        var shuffled = rows.ToArray();
        new Random(seed).Shuffle(shuffled);
        Value(shuffled).ShouldBe(Value(rows), 1e-12);
    });

    [Fact]
    public void Of_time_alone_pulls_toward_the_prior() => Gen.Select(Row.Array[1, 8], Gen.Int[1, 5000]).Sample(static (rows, days) =>
    {
        var now = ConfidenceCalculation.Of(rows, MemoryKind.Fact, Now, Options);
        var later = ConfidenceCalculation.Of(rows, MemoryKind.Fact, Now.AddDays(days), Options);
        later.Terms.Zip(now.Terms).ShouldAllBe(static pair => Math.Abs(pair.First.Contribution) <= Math.Abs(pair.Second.Contribution) + 1e-12);
    });

    private static double Value(IReadOnlyList<Evidence> evidence, MemoryKind kind = MemoryKind.Fact) => ConfidenceCalculation.Of(evidence, kind, Now, Options).Value;

    private static double Sigmoid(double logOdds) => 1 / (1 + Math.Exp(-logOdds));
}
