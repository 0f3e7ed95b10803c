using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Transfer.Jsonl;

/// <summary>
/// Keeps which memories of a file are whole only by a later line, and tells at its end of those to which none came. They stay, as nobody shall
/// lose what was said, and as an import that was interrupted finds them when it is repeated with the lines that were missing.
/// </summary>
internal sealed class LooseEnds
{
    private const int Page = 400;

    private readonly Dictionary<Namespace, Dictionary<MemoryId, int>> _lines = [];

    /// <summary>Keeps a memory that was taken, or is there already, if it needs more than its own line.</summary>
    public void Keep(Namespace ns, int number, MemoryRecord memory, IReadOnlyList<Evidence> evidence)
    {
        if (memory.State is MemoryState.Merged or MemoryState.Superseded || (memory.State == MemoryState.Active && evidence.Count == 0))
        {
            if (!_lines.TryGetValue(ns, out var lines))
            {
                _lines.Add(ns, lines = []);
            }

            lines[memory.Id] = number;
        }
    }

    /// <summary>Tells of those that are not whole in the store, whatever the file said of them.</summary>
    public async Task TellAsync(IMemoryStore store, ImportTally tally, CancellationToken cancellationToken)
    {
        foreach (var (ns, lines) in _lines)
        {
            foreach (var ids in lines.Keys.Chunk(Page))
            {
                foreach (var (id, lack) in await store.ReadAsync(ns, reader => Lacking(reader, ids), cancellationToken))
                {
                    tally.Reject($"line {lines[id]}", $"The memory is taken, but is not whole: {lack}.");
                }
            }
        }
    }

    private static List<(MemoryId Id, string Lack)> Lacking(IMemoryReader reader, MemoryId[] ids)
    {
        var links = reader.LinksOf(ids);
        var replaced = links.Select(static l => l.From).ToHashSet();
        var merging = links.Where(static l => l.Kind == LinkKind.MergedInto).Select(static l => l.To).ToHashSet();
        var evidence = reader.OwnEvidenceOf(ids);
        var lacking = new List<(MemoryId, string)>();
        foreach (var memory in reader.FindMany(ids))
        {
            if (memory.State is MemoryState.Merged or MemoryState.Superseded && !replaced.Contains(memory.Id))
            {
                lacking.Add((memory.Id, $"it is {Names.Of(memory.State)}, and no link that was taken says by which"));
            }
            else if (memory.State == MemoryState.Active && evidence[memory.Id].Count == 0 && !merging.Contains(memory.Id))
            {
                lacking.Add((memory.Id, "it has no evidence, and nothing explains its confidence"));
            }
        }

        return lacking;
    }
}
