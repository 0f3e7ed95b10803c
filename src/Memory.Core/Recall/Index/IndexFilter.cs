using System.Runtime.CompilerServices;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Recall.Index;

/// <summary>A <see cref="MemoryFilter"/> made ready for many entries of one index.</summary>
internal sealed class IndexFilter
{
    private readonly NamespaceIndex _index;
    private readonly uint _states;
    private readonly uint _kinds;
    private readonly int[] _tags;
    private readonly bool _allTags;
    private readonly bool _unknownTag;
    private readonly long _since;
    private readonly long _until;
    private readonly float _minConfidence;
    private readonly long? _asOf;

    /// <param name="index">The index.</param>
    /// <param name="filter">What is wanted.</param>
    /// <param name="asOf">The time as of which it is wanted; <see langword="null"/> for now.</param>
    public IndexFilter(NamespaceIndex index, MemoryFilter filter, DateTimeOffset? asOf)
    {
        _index = index;
        // What is forgotten has nothing that could be wanted.
        _states = Bits((filter.States.Count > 0 ? filter.States : MemoryFilter.AllStates).Select(static s => (int)s)) & ~(1u << (int)MemoryState.Forgotten);
        _kinds = filter.Kinds.Count == 0 ? uint.MaxValue : Bits(filter.Kinds.Select(static k => (int)k));
        var tags = filter.Tags.Distinct(StringComparer.Ordinal).Select(index.FindTag).ToArray();
        _tags = [.. tags.Where(static t => t >= 0)];
        _allTags = filter.AllTags;
        _unknownTag = filter.AllTags ? _tags.Length < tags.Length : tags.Length > 0 && _tags.Length == 0;
        _since = filter.Since?.ToUnixTimeMilliseconds() ?? long.MinValue;
        _until = filter.Until?.ToUnixTimeMilliseconds() ?? long.MaxValue;

        // How probable it was then, its evidence tells, and not this index.
        _minConfidence = asOf is null ? (float)filter.MinConfidence : 0;
        _asOf = asOf?.ToUnixTimeMilliseconds();
    }

    /// <summary>What was merged, whatever else is wanted: where it may not be a result itself, what it lives on in may be, and that is filtered.</summary>
    /// <param name="index">The index.</param>
    /// <param name="filter">What is wanted.</param>
    /// <param name="asOf">The time as of which it is wanted.</param>
    /// <returns>A filter; <see langword="null"/> where there is nothing to stand for, or what is merged is wanted itself.</returns>
    public static IndexFilter? OfMerged(NamespaceIndex index, MemoryFilter filter, DateTimeOffset? asOf) =>
        asOf is null && filter.States.Contains(MemoryState.Active) && !filter.States.Contains(MemoryState.Merged)
            ? new IndexFilter(index, new MemoryFilter { States = [MemoryState.Merged] }, asOf)
            : null;

    /// <summary>Whether an entry is wanted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Passes(in IndexEntry entry) =>
        (_asOf is null ? (_states & (1u << (int)entry.State)) != 0 : HadState(entry)) && (_kinds & (1u << (int)entry.Kind)) != 0
        && entry.When >= _since && entry.When <= _until
        && entry.Confidence >= _minConfidence
        && !_unknownTag && (_tags.Length == 0 || HasTags(_index.TagsOf(entry)));

    // At an earlier time, what was stored by then and had not ended was active, whatever became of it since.
    private bool HadState(in IndexEntry entry)
    {
        if (entry.State == MemoryState.Forgotten || entry.CreatedAt > _asOf)
        {
            return false;
        }

        var then = entry.EndedAt > _asOf ? MemoryState.Active : entry.State;
        return (_states & (1u << (int)then)) != 0;
    }

    private bool HasTags(ReadOnlySpan<int> tags)
    {
        var found = 0;
        foreach (var tag in _tags)
        {
            found += tags.Contains(tag) ? 1 : 0;
        }

        return _allTags ? found == _tags.Length : found > 0;
    }

    private static uint Bits(IEnumerable<int> values) => values.Aggregate(0u, static (bits, value) => bits | (1u << value));
}
