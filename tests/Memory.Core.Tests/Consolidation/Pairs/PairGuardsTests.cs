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
            return PairModelVerdict.Of(new PairThresholds(0.9, 0.7), [0, 1 - contains, contains, 0, 0], [0, 1, 0, 0, 0], one, other, PairFeatures.Of(one, other, null).WithReading(0.9f, new float[5]));
        }
    }

    [Fact]
    public void Checks_that_yield_are_these_and_no_fact() =>
        FactGuard.DuplicateChecks.Where(static c => c.Yields).Select(static c => c.Reason)
            .Concat(AttributeGuard.Checks.Where(static c => c.Yields).Select(static c => c.Reason))
            .Concat(Holding.Checks.Where(static c => c.Yields).Select(static c => c.Reason))
            .ShouldBe(["much of each is unknown to the other", "no word of an attribute in common", "the longer denies something else", "much of the shorter is left unsaid", "the shorter has a word that is strange to the longer"]);

    [Theory]
    [InlineData("Harbor does not officially support Redis.", "Harbor supports Redis.")]
    [InlineData("Bo did not in the end drive to Ghent.", "Bo drove to Ghent.")]
    [InlineData("Harbor keeps the orders table in memory and on disk.", "Harbor keeps the users table in memory.")]
    [InlineData("Omar worked at Acme in Oslo.", "Omar works at Acme.")]
    public void CanHold_model_that_is_sure_does_not_merge_into_a_text_that_says_otherwise(string holder, string held) =>
        Guards(holder, held).CanHold(isSure: true).ShouldBeFalse();

    [Theory]
    [InlineData(0.8f, 0.3f, PairRelation.Contradicts)]
    [InlineData(0.8f, 0.2f, PairRelation.Related)]
    [InlineData(0.9f, 0.2f, PairRelation.Contradicts)]
    [InlineData(0.9f, 0.05f, PairRelation.Related)]
    public void Of_contradiction_that_reading_alone_tells_is_none(float read, float byWords, PairRelation relation) =>
        Contradiction("Ana lives in Oslo.", "Ana lives in Bergen.", read, byWords).Relation.ShouldBe(relation);

    [Theory]
    [InlineData(0.8f, PairRelation.Related)]
    [InlineData(0.9f, PairRelation.Contradicts)]
    public void Of_contradiction_in_other_words_needs_a_model_that_is_sure(float read, PairRelation relation) =>
        Contradiction("17 July is the deadline of Tern.", "Tern has to be finished by 25 September.", read, 0.4f).Relation.ShouldBe(relation);

    [Theory]
    [InlineData(0.95f, true)]
    [InlineData(0.97f, false)]
    public void Of_contradiction_that_is_not_sure_is_doubtful(float read, bool isDoubtful) =>
        Contradiction("Ana lives in Oslo.", "Ana lives in Bergen.", read, 0.5f).IsDoubtful.ShouldBe(isDoubtful);

    [Fact]
    public void Of_texts_that_differ_in_a_value_alone_is_told_by_words()
    {
        var verdict = Contradiction("The night job runs at 02:30 UTC.", "The night job runs at 03:30 UTC.", 0.1f, 0.9f);

        verdict.Relation.ShouldBe(PairRelation.Contradicts);
        verdict.IsDoubtful.ShouldBeFalse();
    }

    [Fact]
    public void Of_duplicate_that_was_not_read_must_be_surer()
    {
        var (one, other) = (Read("Ana lives in Oslo."), Read("Ana has her home in Oslo."));
        var features = PairFeatures.Of(one, other, null);

        Of(features).ShouldBe(PairRelation.Related);
        Of(features.WithReading(0.9f, new float[5])).ShouldBe(PairRelation.Duplicate);

        PairRelation Of(PairFeatures compared) => PairModelVerdict.Of(new PairThresholds(0.7, 0.7), [0, 0.2f, 0, 0.8f, 0], [0, 0.2f, 0, 0.8f, 0], one, other, compared).Relation;
    }

    private static PairVerdict Contradiction(string a, string b, float read, float byWords)
    {
        var (one, other) = (Read(a), Read(b));
        return PairModelVerdict.Of(new PairThresholds(0.9, 0.7), [0, 1 - read, 0, 0, read], [0, 1 - byWords, 0, 0, byWords], one, other, PairFeatures.Of(one, other, null).WithReading(0.9f, new float[5]));
    }

    [Fact]
    public void WithReading_puts_the_judgement_in_its_place_and_leaves_the_rest()
    {
        var plain = PairFeatures.Of(Read("Ana lives in Oslo."), Read("Ana's home is Oslo."), null);

        var full = plain.WithReading(0.5f, [-1, -2, -3, -4, -5]);

        PairFeatures.Names.Where((_, i) => full.Values[i] != plain.Values[i]).ShouldBe(
            ["texts read", "cosine of sentence encoder", "Unrelated by the network", "Related by the network", "Contains by the network", "Duplicate by the network", "Contradicts by the network"]);
        full.Values[^5..].ToArray().ShouldBe([-1, -2, -3, -4, -5]);
        (plain.WereRead, full.WereRead).ShouldBe((false, true));
    }

    [Theory]
    [InlineData(0.95f, 0, false)]
    [InlineData(0.95f, 1, false)]
    [InlineData(0.8f, 1, true)]
    [InlineData(0.95f, 2, true)]
    [InlineData(0.95f, 3, true)]
    [InlineData(0.95f, 4, true)]
    public void AsksReaders_in_doubt_and_where_something_would_be_done(float probability, int relation, bool asks)
    {
        var probabilities = new float[5];
        probabilities.AsSpan().Fill((1 - probability) / 4);
        probabilities[relation] = probability;

        PairDecision.AsksReaders(probabilities).ShouldBe(asks);
    }

    private static PairGuards Guards(string one, string other) =>
        new(Read(one), Read(other), TermAlignment.Of(Read(one), Read(other), null));
}
