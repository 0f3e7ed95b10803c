namespace Memory.Evaluation.World;

/// <summary>The command <c>world</c>.</summary>
internal static class WorldCommand
{
    public sealed record Arguments(IReadOnlyList<int> Seeds, WorldSize Size, int Days, bool RulesOnly, bool Errors, string? Baseline, string? WriteBaseline);

    /// <returns>The exit code: 1 when something got worse than the baseline.</returns>
    public static async Task<int> RunAsync(Arguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var worlds = new List<WorldFigures>();
        foreach (var seed in arguments.Seeds)
        {
            worlds.Add(await WorldFigures.MeasureAsync(SimulatedWorld.Create(seed, arguments.Size, arguments.Days), arguments.RulesOnly, cancellationToken));
        }

        await output.WriteLineAsync(WorldTable.Of(worlds));
        if (arguments.Errors)
        {
            await output.WriteLineAsync(string.Concat(worlds.Select(static w => w.Errors)));
        }

        if (arguments.WriteBaseline is { } writeBaseline)
        {
            await WorldBaseline.Of(worlds).WriteAsync(writeBaseline, cancellationToken);
        }

        if (arguments.Baseline is not { } baseline)
        {
            return 0;
        }

        var regressions = (await WorldBaseline.ReadAsync(baseline, cancellationToken)).Regressions(worlds);
        await output.WriteLineAsync(regressions.Count == 0 ? "Nothing is worse than the baseline." : string.Join(Environment.NewLine, regressions));
        return regressions.Count == 0 ? 0 : 1;
    }
}
