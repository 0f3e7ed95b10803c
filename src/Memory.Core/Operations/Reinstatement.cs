using Memory.Core.Confidence;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Operations;

/// <summary>
/// Takes back what runs held against other memories because of some that are about to be forgotten, as if those had never been said: what they
/// superseded is what it was before, and what contradicted them has its confidence again.
/// </summary>
internal sealed class Reinstatement(ConfidenceOptions confidence)
{
    /// <summary>Runs inside the write transaction, before anything is erased.</summary>
    /// <param name="writer">The transaction.</param>
    /// <param name="erased">What is about to be forgotten.</param>
    /// <param name="now">The time.</param>
    /// <returns>What is not superseded any more.</returns>
    public IReadOnlyList<MemoryId> TakeBack(IMemoryWriter writer, IReadOnlySet<MemoryId> erased, DateTimeOffset now)
    {
        var others = writer.LinksOf([.. erased]).Where(static l => l.Kind == LinkKind.SupersededBy).Select(static l => l.From)
            .Concat(writer.PairMarksOf([.. erased]).Where(static m => m.Kind == PairMarkKind.Contested).SelectMany(static m => new[] { m.First, m.Second }))
            .Where(o => !erased.Contains(o)).ToHashSet();
        var reinstated = new List<MemoryId>();
        // The last change first, as in an undo.
        foreach (var change in writer.ChangesOf(others).Reverse())
        {
            if ((change.After.SupersededBy ?? change.After.ContestedWith) is { } named && MemoryId.FromStore(named) is var by && erased.Contains(by) && TakeBack(writer, change, by, now))
            {
                reinstated.Add(change.Memory);
            }
        }

        return reinstated;
    }

    private bool TakeBack(IMemoryWriter writer, JournalEntry change, MemoryId by, DateTimeOffset now)
    {
        writer.RemoveLink(change.Memory, by, LinkKind.SupersededBy);
        writer.RemovePairMark(change.Memory, by, PairMarkKind.Contested);
        foreach (var row in change.After.Evidence ?? [])
        {
            writer.RemoveEvidence(change.Memory, row);
        }

        var memory = writer.Find(change.Memory)!;
        var returns = change.After.SupersededBy is not null && memory.State == MemoryState.Superseded;
        if (returns)
        {
            // What it had been merged into has lost what it says: it stands alone now.
            foreach (var link in change.Before.State == MemoryState.Merged ? writer.LinksOf([memory.Id]).Where(l => l.From == memory.Id && l.Kind == LinkKind.MergedInto).ToList() : [])
            {
                writer.RemoveLink(memory.Id, link.To, LinkKind.MergedInto);
            }

            memory = writer.Update(memory with
            {
                State = change.Before.State is null or MemoryState.Merged ? MemoryState.Active : change.Before.State.Value,
                ValidUntil = change.After.ValidUntil is null ? memory.ValidUntil : change.Before.ValidUntil,
            });
        }

        // What is said of one that was merged counts for the one that stands for it.
        var standing = Lineage.Survivor(writer, memory);
        var (value, at) = Confidence(writer, standing, change, now);
        writer.Update(standing with { Confidence = value, ConfidenceAt = at });
        writer.MarkUndone(change.Run, change.Unit);
        writer.Touch(change.Memory);
        return returns;
    }

    // What it was, if the evidence is again as it was.
    private (double Value, DateTimeOffset At) Confidence(IMemoryWriter writer, MemoryRecord memory, JournalEntry change, DateTimeOffset now)
    {
        var evidence = writer.EvidenceOf([memory.Id])[memory.Id];
        return change.Memory == memory.Id && change.Before is { Confidence: { } was, ConfidenceAt: { } then } && Math.Abs(Of(then) - was) < 1e-9 ? (was, then) : (Of(now), now);

        double Of(DateTimeOffset at) => ConfidenceCalculation.Of(evidence, memory.Kind, at, confidence).Value;
    }
}
