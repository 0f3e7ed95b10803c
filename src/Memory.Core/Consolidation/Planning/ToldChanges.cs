using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Planning;

/// <summary>The changes of a run that matter most, in words.</summary>
/// <param name="limit">How many are told.</param>
internal sealed class ToldChanges(int limit)
{
    private readonly Dictionary<UnitKind, List<(int Unit, string Words)>> _told = [];

    /// <summary>The words, the weightiest first.</summary>
    public IReadOnlyList<string> Words => [.. Told.Select(static t => t.Words)];

    /// <summary>The units that are told, the weightiest first.</summary>
    public IReadOnlyList<int> Units => [.. Told.Select(static t => t.Unit).Distinct()];

    private IEnumerable<(int Unit, string Words)> Told => _told.OrderBy(static t => t.Key).SelectMany(static t => t.Value).Take(limit);

    /// <summary>Tells of a unit, unless enough of its kind were told.</summary>
    public void Add(UnitKind kind, int unit, IReadOnlyList<JournalEntry> entries, Func<MemoryId, MemoryRecord?> find)
    {
        if (!_told.TryGetValue(kind, out var told))
        {
            _told.Add(kind, told = []);
        }

        if (told.Count < limit)
        {
            told.AddRange(ChangeWords.Of(entries, find).Take(limit - told.Count).Select(words => (unit, words)));
        }
    }

    /// <summary>Tells no more of a unit that was put back.</summary>
    public void Remove(int unit)
    {
        foreach (var told in _told.Values)
        {
            told.RemoveAll(t => t.Unit == unit);
        }
    }
}
