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
        var silenced = ids.ToDictionary(static id => id, id => speaking[id].SelectMany(planned.SilencedIn).ToList());
        var ledgers = reader.EvidenceOf(speaking.Values.Concat(silenced.Values).SelectMany(static s => s).ToHashSet());
        return ids.ToDictionary(
            static id => id,
            id => (IReadOnlyList<Evidence>)[.. Without(speaking[id].SelectMany(s => ledgers[s].Concat(planned.EvidenceFor(s))), silenced[id].SelectMany(s => ledgers[s])).OrderBy(static e => e.At)]);
    }

    /// <summary>What was or shall be merged into a memory itself, and lives on in it.</summary>
    public IReadOnlyList<MemoryRecord> MergedInto(MemoryId id) =>
        [.. FindMany([.. reader.LinksOf([id]).Where(l => l.To == id && l.Kind == LinkKind.MergedInto).Select(static l => l.From), .. planned.MergedInto(id)]).Where(static m => m.State == MemoryState.Merged)];

    /// <summary>What is known of these memories together with others.</summary>
    public IReadOnlyList<PairMark> PairMarksOf(IReadOnlyCollection<MemoryId> ids) => reader.PairMarksOf(ids);

    /// <summary>What a memory is recognised by: it changes when anything of it changes but its vectors.</summary>
    public long FingerprintOf(MemoryRecord memory) => Fingerprint.Of(memory, EvidenceOf([memory.Id])[memory.Id].Count);

    /// <summary>The rows of a ledger without those of others that it holds: of equal rows one for each.</summary>
    public static IEnumerable<Evidence> Without(IEnumerable<Evidence> rows, IEnumerable<Evidence> silenced)
    {
        var left = silenced.CountBy(static e => e).ToDictionary();
        return rows.Where(e => left.GetValueOrDefault(e) is var more && (more == 0 || (left[e] = more - 1) < 0));
    }
}
