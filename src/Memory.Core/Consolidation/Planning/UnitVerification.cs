using Memory.Core.Consolidation.Pairs;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Consolidation.Planning;

/// <summary>
/// What must hold after a unit was carried out, before it is committed: every text of its memories is as it was, in a memory that is active or
/// archived or from which lineage leads to one; and what the unit made says nothing that its sources do not say.
/// </summary>
internal static class UnitVerification
{
    private const int MaxSteps = 1000;

    /// <summary>Checks a unit inside its transaction.</summary>
    /// <returns>What is broken; <see langword="null"/> when nothing is.</returns>
    public static string? Check(IMemoryReader reader, PlannedUnit unit, PairJudge judge)
    {
        foreach (var change in unit.Changes)
        {
            if (reader.Find(change.Id) is not { } now)
            {
                return $"{change.Id} is gone";
            }

            if (now.Content != change.Before.Content || now.Kind != change.Before.Kind || now.Namespace != change.Before.Namespace)
            {
                return $"the statement of {change.Id} is not as it was";
            }

            if (now.State is MemoryState.Merged or MemoryState.Superseded && !Leads(reader, now))
            {
                return $"no active memory can be reached from {change.Id}";
            }

            if (change.MergedInto is { } into && reader.Find(into)?.Kind != now.Kind)
            {
                return $"{change.Id} and {into} are of different kinds";
            }
        }

        foreach (var made in unit.Changes.Where(static c => c.IsNew))
        {
            var sources = reader.Ancestors(made.Id);
            var invented = FactGuard.Lost([judge.Read(made.After)], [.. sources.Select(judge.Read)]);
            if (invented.Count > 0)
            {
                return $"{made.Id} would say what none of its sources says: {string.Join(", ", invented.Select(static f => f.Value))}";
            }
        }

        return null;
    }

    private static bool Leads(IMemoryReader reader, MemoryRecord memory)
    {
        for (var steps = 0; steps < MaxSteps && memory.State is MemoryState.Merged or MemoryState.Superseded; steps++)
        {
            if (reader.LinksOf([memory.Id]).LastOrDefault(l => l.From == memory.Id) is not { } link || reader.Find(link.To) is not { } next)
            {
                return false;
            }

            memory = next;
        }

        return memory.State is MemoryState.Active or MemoryState.Archived;
    }
}
