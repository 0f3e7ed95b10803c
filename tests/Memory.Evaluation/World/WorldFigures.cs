using System.Diagnostics;
using System.Text;
using Memory.Core.Memories;

namespace Memory.Evaluation.World;

/// <summary>What of a store can be told before consolidation and after it.</summary>
/// <param name="Answers">How well it answers.</param>
/// <param name="Active">How many memories are active.</param>
/// <param name="TextBytes">The size of their texts in UTF-8.</param>
/// <param name="FileBytes">The size of the database.</param>
/// <param name="Forecasts">The confidence of each active memory, and whether all it says is true.</param>
internal sealed record StoreFigures(AnswerFigures Answers, int Active, long TextBytes, long FileBytes, IReadOnlyList<Forecast> Forecasts)
{
    public double Brier => Calibration.Brier(Forecasts);

    public double CalibrationError => Calibration.ExpectedError(Forecasts);
}

/// <summary>What became of one world.</summary>
/// <param name="World">The world.</param>
/// <param name="Before">All statements stored, never consolidated.</param>
/// <param name="After">The same, consolidated every night.</param>
/// <param name="Attainable">The share of questions that an ideal reader of the same statements answers.</param>
/// <param name="Merges">How well memories were merged.</param>
/// <param name="SupersededRightly">Memories superseded that say something untrue.</param>
/// <param name="SupersededWrongly">Memories superseded of which all is true.</param>
/// <param name="Lost">Statements lost.</param>
/// <param name="ChangedByNext">Memories that another night at once changes; 0 is wanted.</param>
/// <param name="ChangedByFull">Memories that a full run after that changes.</param>
/// <param name="ChangedBySecondFull">Memories that a second full run changes; 0 is wanted.</param>
/// <param name="NightsTook">How long the consolidation of all nights took.</param>
/// <param name="Took">How long everything took.</param>
/// <param name="Note">Why pairs were not judged by the learned model; <see langword="null"/> when they were.</param>
/// <param name="Errors">What went wrong, a line a case.</param>
internal sealed record WorldFigures(
    SimulatedWorld World,
    StoreFigures Before,
    StoreFigures After,
    double Attainable,
    MergeFigures Merges,
    int SupersededRightly,
    int SupersededWrongly,
    int Lost,
    int ChangedByNext,
    int ChangedByFull,
    int ChangedBySecondFull,
    TimeSpan NightsTook,
    TimeSpan Took,
    string? Note,
    string Errors)
{
    public static async Task<WorldFigures> MeasureAsync(SimulatedWorld world, bool rulesOnly, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        StoreFigures before;
        await using (var plain = await WorldStore.ReplayAsync(world, consolidated: false, rulesOnly, cancellationToken))
        {
            before = await FiguresAsync(world, plain, await plain.HoldingsAsync(cancellationToken), cancellationToken);
        }

        await using var store = await WorldStore.ReplayAsync(world, consolidated: true, rulesOnly, cancellationToken);
        var holdings = await store.HoldingsAsync(cancellationToken);
        var after = await FiguresAsync(world, store, holdings, cancellationToken);
        var errors = WorldErrors.Of(world, holdings, await AnswerFigures.WrongAsync(world, store, holdings, cancellationToken));
        var superseded = holdings.Memories.Where(static m => m.State == MemoryState.Superseded).ToLookup(m => WorldErrors.IsTrue(world, holdings, m.Id));
        var night = await ChangedByRunAsync(store, RunScope.Incremental, cancellationToken);
        var full = await ChangedByRunAsync(store, RunScope.Full, cancellationToken);
        var secondFull = await ChangedByRunAsync(store, RunScope.Full, cancellationToken);
        return new WorldFigures(
            world,
            before,
            after,
            IdealReader.ShareAnswered(world),
            MergeFigures.Of(holdings),
            superseded[false].Count(),
            superseded[true].Count(),
            holdings.Lost().Count,
            night.Count,
            full.Count,
            secondFull.Count,
            store.NightsTook,
            Stopwatch.GetElapsedTime(began),
            store.Note,
            errors + WorldErrors.OfChanges(world, "a second night", night) + WorldErrors.OfChanges(world, "a second full run", secondFull));
    }

    private static async Task<StoreFigures> FiguresAsync(SimulatedWorld world, WorldStore store, Holdings holdings, CancellationToken cancellationToken) => new(
        await AnswerFigures.AskAsync(world, store, holdings, cancellationToken),
        holdings.Active.Count(),
        holdings.Active.Sum(static m => (long)Encoding.UTF8.GetByteCount(m.Content)),
        await store.SizeAsync(cancellationToken),
        [.. holdings.Active.Select(m => new Forecast(m.Confidence, WorldErrors.IsTrue(world, holdings, m.Id)))]);

    private static async Task<IReadOnlyList<(MemoryRecord? Before, MemoryRecord Now)>> ChangedByRunAsync(WorldStore store, RunScope scope, CancellationToken cancellationToken)
    {
        var before = await store.HoldingsAsync(cancellationToken);
        await store.RunAsync(scope, cancellationToken);
        return (await store.HoldingsAsync(cancellationToken)).ChangedSince(before);
    }
}
