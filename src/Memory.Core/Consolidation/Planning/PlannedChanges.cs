using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Planning;

/// <summary>What the units of a dry run have planned so far and nobody has carried out. Stays empty in a real run.</summary>
internal sealed class PlannedChanges
{
    private readonly Dictionary<MemoryId, MemoryRecord> _records = [];
    private readonly HashSet<MemoryId> _new = [];
    private readonly Dictionary<MemoryId, List<MemoryId>> _mergedInto = [];
    private readonly Dictionary<MemoryId, List<MemoryId>> _silencedIn = [];
    private readonly Dictionary<MemoryId, List<Evidence>> _evidence = [];

    public bool IsEmpty => _records.Count == 0;

    public void Add(PlannedUnit unit)
    {
        foreach (var change in unit.Changes)
        {
            _records[change.Id] = change.After;
            if (change.IsNew)
            {
                _new.Add(change.Id);
            }

            if (change.MergedInto is { } into)
            {
                Of(_mergedInto, into).Add(change.Id);
            }

            if (change is { WasMergedInto: { } held, SupersededBy: not null } && !(_mergedInto.TryGetValue(held, out var merged) && merged.Remove(change.Id)))
            {
                Of(_silencedIn, held).Add(change.Id);
            }

            if (change.Evidence.Count > 0)
            {
                Of(_evidence, change.Id).AddRange(change.Evidence);
            }
        }
    }

    public MemoryRecord? Find(MemoryId id) => _records.GetValueOrDefault(id);

    /// <summary>The memory when it is to be made.</summary>
    public MemoryRecord? FindNew(MemoryId id) => _new.Contains(id) ? _records[id] : null;

    /// <summary>The memory and all that shall be merged into it, directly or not.</summary>
    public IReadOnlyList<MemoryId> SpeakersFor(MemoryId id) =>
        _mergedInto.TryGetValue(id, out var merged) ? [id, .. merged.SelectMany(SpeakersFor)] : [id];

    /// <summary>What shall be merged into the memory itself.</summary>
    public IReadOnlyList<MemoryId> MergedInto(MemoryId id) => _mergedInto.TryGetValue(id, out var merged) ? merged : [];

    /// <summary>What was merged into the memory and shall speak for it no more, as it is superseded alone.</summary>
    public IReadOnlyList<MemoryId> SilencedIn(MemoryId id) => _silencedIn.TryGetValue(id, out var silenced) ? silenced : [];

    /// <summary>The rows that shall be added to the memory's own ledger.</summary>
    public IReadOnlyList<Evidence> EvidenceFor(MemoryId id) => _evidence.TryGetValue(id, out var rows) ? rows : [];

    private static List<T> Of<T>(Dictionary<MemoryId, List<T>> lists, MemoryId id)
    {
        if (!lists.TryGetValue(id, out var list))
        {
            lists.Add(id, list = []);
        }

        return list;
    }
}
