namespace Memory.Evaluation.Tests;

public sealed class FiguresTests
{
    [Fact]
    public void Of_takes_the_share_of_relevant_ids_and_the_best_rank()
    {
        var figures = Figures.Of([Answer(2, 7, 20, null)]);

        figures.ShouldBe(new Figures(1, RecallAt5: 0.25, RecallAt10: 0.5, RecallAt20: 0.75, Mrr: 0.5));
    }

    [Fact]
    public void Of_counts_the_rank_k_itself() =>
        Figures.Of([Answer(5), Answer(6), Answer(10), Answer(11), Answer(20), Answer(21)])
            .ShouldSatisfyAllConditions(
                static f => f.RecallAt5.ShouldBe(1 / 6.0),
                static f => f.RecallAt10.ShouldBe(3 / 6.0),
                static f => f.RecallAt20.ShouldBe(5 / 6.0));

    [Fact]
    public void Of_averages_over_questions_not_over_ids() =>
        Figures.Of([Answer(1, 2, 3, 4), Answer([null])]).ShouldBe(new Figures(2, 0.5, 0.5, 0.5, 0.5));

    [Fact]
    public void Of_leaves_out_questions_that_have_no_answer() =>
        Figures.Of([Answer(), Answer(1)]).ShouldBe(new Figures(1, 1, 1, 1, 1));

    [Fact]
    public void Of_nothing_is_zero() => Figures.Of([]).ShouldBe(default);

    [Theory]
    [InlineData(50, 3)]
    [InlineData(95, 5)]
    [InlineData(20, 1)]
    public void Percentile_takes_the_nearest_rank(int percentage, double expected) =>
        Figures.Percentile([5, 3, 1, 4, 2], percentage).ShouldBe(expected);

    private static Answer Answer(params int?[] ranks) =>
        new(new Question("c", "q", "words", [.. ranks.Select(static (_, i) => $"{i}")]), ranks, TopScore: 1, TimeSpan.Zero);
}
