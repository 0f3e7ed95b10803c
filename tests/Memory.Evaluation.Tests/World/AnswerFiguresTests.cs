using Memory.Evaluation.World;

namespace Memory.Evaluation.Tests.World;

public sealed class AnswerFiguresTests
{
    private static readonly Claim True = new(new Topic("Mira", "home city"), "Bergen");
    private static readonly Claim False = True with { Value = "Oslo" };
    private static readonly Claim NotOslo = False with { Denied = true };

    [Fact]
    public void Of_takes_the_first_result_that_says_how_it_is_for_the_answer()
    {
        var figures = Of([[], [NotOslo], [True]]);

        figures.TopIsTrue.ShouldBe(1);
        figures.FirstIsTrue.ShouldBe(0);
    }

    [Fact]
    public void Of_takes_what_is_false_nothing_at_all_or_a_mere_denial_for_no_answer() =>
        Of([[False], [True]], [], [[], []], [[NotOslo], [False]], [[NotOslo]], [[True, False]]).TopIsTrue.ShouldBe(0);

    [Fact]
    public void Of_lets_a_change_answer() => Of([[True, NotOslo]]).ShouldBe(new AnswerFigures(1, 1, 0, 0));

    [Fact]
    public void Of_tells_how_often_nothing_answers() => Of([[], []], [[False]], [[], [NotOslo]], [[True]]).Unanswered.ShouldBe(0.5);

    [Fact]
    public void Of_counts_false_results_among_the_first_three_only() =>
        Of([[False], [False, True], [True], [False]], [[True]]).FalseInTop.ShouldBe(1);

    private static AnswerFigures Of(params Claim[][][] answers) => AnswerFigures.Of(answers, static c => c.Denied ? c.Value != True.Value : c.Value == True.Value);
}
