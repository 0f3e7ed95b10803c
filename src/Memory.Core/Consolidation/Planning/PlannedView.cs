using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Consolidation.Planning;

/// <summary>
/// The store as earlier units of the run leave it. A real run has carried them out, so the store says it all; a dry run has only planned them.
/// Valid only inside the delegate that was given the reader.
/// </summary>
internal sealed class PlannedView(IMemoryReader reader, PlannedChanges planned)
{
    /// <summary>The store itself, for what units do not change.</summary>
    public IMemoryReader Reader => reader;

    public MemoryRecord? Find(MemoryId id) => planned.Find(id) ?? reader.Find(id);

    /// <summary>The memories with these ids, in the order they were stored, those that are to be made last.</summary>
    public IReadOnlyList<MemoryRecord> FindMany(IReadOnlyCollection<MemoryId> ids)
    {
        var stored = reader.FindMany(ids);
        return planned.IsEmpty
            ? stored
            : [.. stored.Select(m => planned.Find(m.Id) ?? m), .. ids.Select(planned.FindNew).OfType<MemoryRecord>()];
    }

    /// <summary>The ledger of each memory, with the rows of what was or shall be merged into it.</summary>
    public IReadOnlyDictionary<MemoryId, IReadOnlyList<Evidence>> EvidenceOf(IReadOnlyCollection<MemoryId> ids)
    {
        if (planned.IsEmpty)
        {
            return reader.EvidenceOf(ids);
        }

        var speaking = ids.ToDictionary(static id => id, planned.SpeakersFor);
        var ledgers = reader.EvidenceOf(speaking.Values.SelectMany(static s => s).ToHashSet());
        return ids.ToDictionary(
            static id => id,
            id => (IReadOnlyList<Evidence>)[.. speaking[id].SelectMany(s => ledgers[s].Concat(planned.EvidenceFor(s))).OrderBy(static e => e.At)]);
    }

    /// <summary>What is known of these memories together with others.</summary>
    public IReadOnlyList<PairMark> PairMarksOf(IReadOnlyCollection<MemoryId> ids) => reader.PairMarksOf(ids);

    /// <summary>What a memory is recognised by: it changes when anything of it changes but its vectors.</summary>
    public long FingerprintOf(MemoryRecord memory) => Fingerprint.Of(memory, EvidenceOf([memory.Id])[memory.Id].Count);
}
