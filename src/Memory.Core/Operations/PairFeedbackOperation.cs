using Memory.Core.Confidence;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Operations;

/// <summary>Notes what somebody says of two memories together: consolidation never judges that pair otherwise again.</summary>
internal sealed class PairFeedbackOperation(ConfidenceOptions confidence)
{
    /// <summary>Runs inside the write transaction.</summary>
    public Outcome<PairMark> Give(IMemoryWriter writer, MemoryId id, MemoryId other, PairMarkKind verdict, DateTimeOffset now)
    {
        if (id == other)
        {
            return Problem.Invalid($"id and other are both '{id}'; two memories are needed to judge a pair.");
        }

        foreach (var named in new[] { id, other })
        {
            if (writer.Find(named) is not { } memory)
            {
                return Problem.UnknownMemory(named, writer.Namespace);
            }

            if (memory.State == MemoryState.Forgotten)
            {
                return new Problem(ProblemCode.Conflict, $"Memory '{named}' was forgotten; nothing can be said of it any more.");
            }
        }

        switch (verdict)
        {
            case PairMarkKind.Duplicate:
                writer.RemovePairMark(id, other, PairMarkKind.NotDuplicate);
                break;
            case PairMarkKind.NotDuplicate:
                writer.RemovePairMark(id, other, PairMarkKind.Duplicate);
                break;
            default:
                Reconcile(writer, id, other, now);
                break;
        }

        var mark = new PairMark(id, other, verdict, now);
        writer.AddPairMark(mark);
        Touch(writer, id);
        return mark;
    }

    // Both can be true: what speaks for one speaks no longer against the other.
    private void Reconcile(IMemoryWriter writer, MemoryId one, MemoryId other, DateTimeOffset now)
    {
        writer.RemovePairMark(one, other, PairMarkKind.Contested);
        foreach (var (id, against) in new[] { (one, other), (other, one) })
        {
            var voices = writer.EvidenceOf([against])[against].Where(static e => e.Kind != EvidenceKind.Contradicted).Select(static e => (e.Source, e.Session)).ToHashSet();
            var withdrawn = writer.EvidenceOf([id])[id].Where(e => e.Kind == EvidenceKind.Contradicted && voices.Contains((e.Source, e.Session))).ToList();
            foreach (var row in withdrawn)
            {
                writer.RemoveEvidence(id, row);
            }

            if (withdrawn.Count > 0)
            {
                var memory = writer.Find(id)!;
                writer.Update(memory with
                {
                    Confidence = ConfidenceCalculation.Of(writer.EvidenceOf([id])[id], memory.Kind, now, confidence).Value,
                    ConfidenceAt = now,
                });
            }
        }
    }

    // So that the next run looks at the pair.
    private static void Touch(IMemoryWriter writer, MemoryId id) => writer.Update(writer.Find(id)!);
}
