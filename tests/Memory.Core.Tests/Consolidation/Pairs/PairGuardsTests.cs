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
            return PairModelVerdict.Of(new PairThresholds(0.9, 0.7), [0, 1 - contains, contains, 0, 0], one, other, PairFeatures.Of(one, other, null));
        }
    }

    private static PairGuards Guards(string one, string other) =>
        new(Read(one), Read(other), TermAlignment.Of(Read(one), Read(other), null));
}
