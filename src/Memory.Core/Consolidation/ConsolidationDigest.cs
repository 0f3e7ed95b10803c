using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Consolidation;

/// <summary>What the last night's run did, for the owner to read in the morning.</summary>
/// <param name="Run">The run; <see langword="null"/> when there was none yet.</param>
/// <param name="Changes">The most important changes in words, as the memories are now.</param>
/// <param name="Contested">What contradicts each other and needs the owner's decision, as of now.</param>
public sealed record ConsolidationDigest(Run? Run, IReadOnlyList<string> Changes, IReadOnlyList<string> Contested)
{
    private const int LookedBack = 100;

    /// <summary>Reads the digest of a namespace: of the latest run that the schedule started, else of the latest.</summary>
    internal static ConsolidationDigest Of(IMemoryReader reader, ConsolidationOptions options)
    {
        var runs = reader.Runs(LookedBack);
        var run = runs.FirstOrDefault(static r => r.Cause == RunCause.Schedule && r.State != RunState.Running) ?? (runs.Count > 0 ? runs[0] : null);
        var marks = reader.ContestedPairs(options.ReportedChanges);
        var records = reader.FindMany([.. marks.SelectMany(static m => new[] { m.First, m.Second })]).ToDictionary(static m => m.Id);
        return new ConsolidationDigest(
            run,
            run?.Outcome is { ToldUnits: { Count: > 0 } told } ? Words(reader, run.Id, told, options.ReportedChanges) : [],
            [.. marks.Select(m => ChangeWords.Contested(records[m.First], records[m.Second]))]);
    }

    private static string[] Words(IMemoryReader reader, RunId run, IReadOnlyList<int> told, int limit)
    {
        var units = reader.JournalOf(run, [.. told]).Where(static e => !e.IsUndone).GroupBy(static e => e.Unit).ToDictionary(static u => u.Key, static u => u.ToList());
        return [.. told.Where(units.ContainsKey).SelectMany(u => ChangeWords.Of(units[u], reader.Find)).Take(limit)];
    }
}
