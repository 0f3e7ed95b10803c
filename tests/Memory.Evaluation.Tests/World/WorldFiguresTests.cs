using Memory.Evaluation.World;

namespace Memory.Evaluation.Tests.World;

/// <summary>A world of three weeks, in a real store.</summary>
public sealed class WorldFiguresTests
{
    private static readonly SimulatedWorld World = SimulatedWorld.Create(seed: 3, WorldSize.Small, days: 21);

    [Fact]
    public async Task MeasureAsync_gives_the_same_figures_for_the_same_world()
    {
        var (first, second) = (await WorldFigures.MeasureAsync(World, rulesOnly: true, CancellationToken.None), await WorldFigures.MeasureAsync(World, rulesOnly: true, CancellationToken.None));

        Timeless(second).ShouldBe(Timeless(first));
    }

    [Fact]
    public async Task MeasureAsync_finds_nothing_lost_and_nothing_to_do_twice()
    {
        var figures = await WorldFigures.MeasureAsync(World, rulesOnly: true, CancellationToken.None);

        figures.Lost.ShouldBe(0);
        figures.ChangedByNext.ShouldBe(0);
        figures.ChangedBySecondFull.ShouldBe(0);
        figures.After.Active.ShouldBeInRange(1, figures.Before.Active);
        figures.Before.Answers.TopIsTrue.ShouldBeInRange(0.3, 1);
    }

    // Only what the clock of the machine decides is left out.
    private static string Timeless(WorldFigures figures) =>
        string.Join('\n', WorldTable.Of([figures]).Split('\n').Where(static l => !l.Contains("seconds", StringComparison.Ordinal)));
}
