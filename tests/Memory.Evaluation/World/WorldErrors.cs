using System.Text;
using Memory.Core.Memories;

namespace Memory.Evaluation.World;

/// <summary>What went wrong in a world, case by case: for whoever wants to know why a figure is what it is.</summary>
internal static class WorldErrors
{
    public static string Of(SimulatedWorld world, Holdings holdings, IEnumerable<(WorldQuestion Question, MemoryRecord? Answer)> wrong)
    {
        var text = new StringBuilder();
        foreach (var (one, other) in MergeFigures.WrongPairs(holdings))
        {
            text.AppendLine($"seed {world.Seed}, merged wrongly: {Path(holdings, one)} and {Path(holdings, other)}");
        }

        foreach (var memory in holdings.Memories.Where(m => m.State == MemoryState.Superseded && IsTrue(world, holdings, m.Id)))
        {
            text.AppendLine($"seed {world.Seed}, superseded wrongly: '{memory.Content}' by '{string.Join("', '", holdings.ReplacedBy(memory.Id).Select(r => holdings[r].Content))}'");
        }

        foreach (var (question, answer) in wrong)
        {
            text.AppendLine(
                $"seed {world.Seed}, answered wrongly: '{question.Query}' with '{answer?.Content ?? "nothing"}'; true is {string.Join(", ", world.Truth.At(question.Topic, world.End).Values)}");
            foreach (var memory in holdings.Memories.Where(m => holdings.OwnClaims(m.Id).Any(c => c.Topic == question.Topic)).OrderBy(static m => m.When))
            {
                text.AppendLine(FormattableString.Invariant(
                    $"  {memory.When:MM-dd HH:mm} {memory.Source}, {State(memory)}, {(IsTrue(world, holdings, memory.Id) ? "true" : "false")}: '{memory.Content}'"));
            }
        }

        return text.ToString();
    }

    /// <summary>What a run changed that should have had nothing to do, a line a memory.</summary>
    public static string OfChanges(SimulatedWorld world, string run, IEnumerable<(MemoryRecord? Before, MemoryRecord Now)> changes) => string.Concat(changes.Select(
        c => $"seed {world.Seed}, changed by {run}: '{c.Now.Content}' from {State(c.Before)} to {State(c.Now)}{Environment.NewLine}"));

    private static string Path(Holdings holdings, MemoryId id) =>
        $"'{holdings[id].Content}'{string.Concat(holdings.ReplacedBy(id).Select(r => $" (into '{holdings[r].Content}')"))}";

    private static string State(MemoryRecord? memory) => memory is null ? "nothing" : $"{memory.State} ({memory.Confidence:F2})";

    /// <summary>Whether all that a memory says is true at the end.</summary>
    public static bool IsTrue(SimulatedWorld world, Holdings holdings, MemoryId id) => holdings.Claims(id).All(c => world.Truth.Holds(c, world.End));
}
