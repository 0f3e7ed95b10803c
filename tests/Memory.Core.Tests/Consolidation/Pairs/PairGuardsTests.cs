using Memory.Core.Consolidation.Pairs;
using static Memory.Core.Tests.Consolidation.Pairs.Statements;

namespace Memory.Core.Tests.Consolidation.Pairs;

public sealed class PairGuardsTests
{
    [Fact]
    public void Write_flags_what_applies_first_of_each_relation()
    {
        var flags = new float[PairGuards.Names.Count];

        Guards("The timeout is 30 seconds.", "The timeout is 90 seconds.").Write(flags);

        PairGuards.Names.Where((_, i) => flags[i] > 0).ShouldBe(
            ["no duplicate: numbers, units, dates or versions differ", "does not hold: a number, date or version is not in the longer"]);
    }

    [Fact]
    public void Names_are_each_there_once() => PairFeatures.Names.Distinct().Count().ShouldBe(PairFeatures.Names.Count);

    [Fact]
    public void CanHold_fact_that_is_missing_yields_to_no_model_and_a_suspicion_does()
    {
        var missing = Guards("Logs are kept for 30 days on the host in Oslo.", "Logs are kept for 90 days.");
        missing.CanHold(isSure: false).ShouldBeFalse();
        missing.CanHold(isSure: true).ShouldBeFalse();

        var denies = Guards("The lodger uses the washing machine on Sundays and not on Mondays.", "The lodger uses the washing machine.");
        denies.CanHold(isSure: false).ShouldBeFalse();
        denies.CanHold(isSure: true).ShouldBeTrue();
        denies.Holder.ShouldBe(PairOrder.First);
    }

    [Fact]
    public void Of_model_that_is_sure_overrules_only_what_yields()
    {
        Decide(0.55f).Relation.ShouldBe(PairRelation.Related);
        Decide(0.85f).Relation.ShouldBe(PairRelation.Contains);

        static PairVerdict Decide(float contains)
        {
            var (one, other) = (Read("The lodger uses the washing machine on Sundays and not on Mondays."), Read("The lodger uses the washing machine."));
            return PairModelVerdict.Of(new PairThresholds(0.9, 0.7), [0, 1 - contains, contains, 0, 0], one, other, PairFeatures.Of(one, other, null).WithEncoder(0.9f, new float[5]));
        }
    }

    [Fact]
    public void Checks_that_yield_are_these_and_no_fact() =>
        FactGuard.DuplicateChecks.Where(static c => c.Yields).Select(static c => c.Reason)
            .Concat(AttributeGuard.Checks.Where(static c => c.Yields).Select(static c => c.Reason))
            .Concat(Holding.Checks.Where(static c => c.Yields).Select(static c => c.Reason))
            .ShouldBe(["the longer denies something else", "much of the shorter is left unsaid", "the shorter has a word that is strange to the longer"]);

    [Theory]
    [InlineData("Harbor does not officially support Redis.", "Harbor supports Redis.")]
    [InlineData("Bo did not in the end drive to Ghent.", "Bo drove to Ghent.")]
    [InlineData("Harbor keeps the orders table in memory and on disk.", "Harbor keeps the users table in memory.")]
    [InlineData("Omar worked at Acme in Oslo.", "Omar works at Acme.")]
    public void CanHold_model_that_is_sure_does_not_merge_into_a_text_that_says_otherwise(string holder, string held) =>
        Guards(holder, held).CanHold(isSure: true).ShouldBeFalse();

    [Fact]
    public void WithEncoder_puts_the_judgement_in_its_place_and_leaves_the_rest()
    {
        var plain = PairFeatures.Of(Read("Ana lives in Oslo."), Read("Ana's home is Oslo."), null);

        var full = plain.WithEncoder(0.5f, [-1, -2, -3, -4, -5]);

        PairFeatures.Names.Where((_, i) => full.Values[i] != plain.Values[i]).ShouldBe(
            ["encoder known", "encoder cosine", "Unrelated by the encoder", "Related by the encoder", "Contains by the encoder", "Duplicate by the encoder", "Contradicts by the encoder"]);
        full.Values[^5..].ToArray().ShouldBe([-1, -2, -3, -4, -5]);
        (plain.KnowsEncoder, full.KnowsEncoder).ShouldBe((false, true));
    }

    [Theory]
    [InlineData(0.95f, 0, false)]
    [InlineData(0.95f, 1, false)]
    [InlineData(0.8f, 1, true)]
    [InlineData(0.95f, 2, true)]
    [InlineData(0.95f, 3, true)]
    [InlineData(0.95f, 4, true)]
    public void AsksEncoder_in_doubt_and_where_something_would_be_done(float probability, int relation, bool asks)
    {
        var probabilities = new float[5];
        probabilities.AsSpan().Fill((1 - probability) / 4);
        probabilities[relation] = probability;

        PairDecision.AsksEncoder(probabilities).ShouldBe(asks);
    }

    private static PairGuards Guards(string one, string other) =>
        new(Read(one), Read(other), TermAlignment.Of(Read(one), Read(other), null));
}
