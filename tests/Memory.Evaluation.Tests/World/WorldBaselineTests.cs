using Memory.Evaluation.World;

namespace Memory.Evaluation.Tests.World;

public sealed class WorldBaselineTests
{
    private static readonly SimulatedWorld World = SimulatedWorld.Create(seed: 1, WorldSize.Small, days: 1);
    private static readonly StoreFigures Store = new(new AnswerFigures(0.9, 0.8, 0, 0.1), Active: 2, TextBytes: 10, FileBytes: 100, [new(0.9, true), new(0.8, false)]);

    private static readonly WorldFigures Figures = new(
        World, Store, Store, Attainable: 1, new MergeFigures(Rightly: 99, Wrongly: 1, LeftApart: 0), SupersededRightly: 9, SupersededWrongly: 1,
        Lost: 0, ChangedByNext: 0, ChangedByFull: 5, ChangedBySecondFull: 0, TimeSpan.Zero, TimeSpan.Zero, Note: null, Errors: "");

    [Fact]
    public async Task ReadAsync_reads_what_WriteAsync_wrote()
    {
        using var folder = new TemporaryFolder();
        await WorldBaseline.Of([Figures]).WriteAsync(folder.File("world.json"), CancellationToken.None);

        // Brier: (0.1^2 + 0.8^2) / 2 = 0.325; calibration: bins 0.9 (distance 0.1) and 0.8 (distance 0.8) weigh half each.
        (await WorldBaseline.ReadAsync(folder.File("world.json"), CancellationToken.None)).ShouldBe(new WorldBaseline(0.9, 0.325, 0.45, 0.01, 0.1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("""{"top_is_true":0.9}""")]
    public async Task ReadAsync_refuses_anything_else(string content)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("world.json"), content);

        await Should.ThrowAsync<InvalidDataException>(() => WorldBaseline.ReadAsync(folder.File("world.json"), CancellationToken.None));
    }

    [Fact]
    public void Regressions_lets_figures_get_worse_by_the_tolerance() =>
        WorldBaseline.Of([Figures]).Regressions([Figures with { Merges = new MergeFigures(98, 2, 0) }]).ShouldBeEmpty();

    [Fact]
    public void Regressions_tells_what_got_worse_by_more()
    {
        var committed = WorldBaseline.Of([Figures]);

        committed.Regressions([Figures with { Merges = new MergeFigures(90, 10, 0) }]).ShouldHaveSingleItem().ShouldStartWith("share of pairs merged wrongly is 0.100, committed 0.010");
        committed.Regressions([Figures with { After = Store with { Answers = new AnswerFigures(0.87, 1, 0, 0) } }]).ShouldHaveSingleItem().ShouldStartWith("top answer is the truth");
        committed.Regressions([Figures with { SupersededWrongly = 9 }]).ShouldHaveSingleItem().ShouldStartWith("share superseded wrongly");
    }

    [Fact]
    public void Regressions_allows_no_lost_fact_and_no_second_change_in_any_world()
    {
        var committed = WorldBaseline.Of([Figures]);

        committed.Regressions([Figures, Figures, Figures with { Lost = 1 }]).ShouldBe(["seed 1: 1 facts lost; 0 are allowed."]);
        committed.Regressions([Figures, Figures, Figures with { ChangedByNext = 2 }]).ShouldHaveSingleItem().ShouldContain("a second run changed 2");
        committed.Regressions([Figures, Figures, Figures with { ChangedBySecondFull = 3 }]).ShouldHaveSingleItem().ShouldContain("a second run changed 3");
    }
}
