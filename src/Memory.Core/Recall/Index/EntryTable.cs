using System.Numerics;

namespace Memory.Core.Recall.Index;

/// <summary>
/// Finds entries by the ids of their memories: open addressing with linear probing over numbers of entries alone, for the ids stand in the entries.
/// A fraction of a dictionary's memory, and filled at once at a start.
/// </summary>
internal sealed class EntryTable
{
    private const int Empty = -1;

    private int[] _slots = [Empty];

    /// <summary>The entry with an id, or -1.</summary>
    public int Find(ReadOnlySpan<IndexEntry> entries, ulong id)
    {
        var slot = SlotOf(id);
        while (_slots[slot] != Empty && entries[_slots[slot]].Id != id)
        {
            slot = Next(slot);
        }

        return _slots[slot];
    }

    /// <summary>Adds the entries from a number on, whose ids are not in here; all when it must grow.</summary>
    public void Add(ReadOnlySpan<IndexEntry> entries, int from)
    {
        if (entries.Length * 2 > _slots.Length)
        {
            Reserve(entries.Length);
            from = 0;
        }

        for (var entry = from; entry < entries.Length; entry++)
        {
            var slot = SlotOf(entries[entry].Id);
            while (_slots[slot] != Empty)
            {
                slot = Next(slot);
            }

            _slots[slot] = entry;
        }
    }

    /// <summary>Empties it, and makes room for so many.</summary>
    public void Reserve(int entries)
    {
        _slots = GC.AllocateUninitializedArray<int>((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, entries) * 2));
        ResidentPages.Populate<int>(_slots);
        _slots.AsSpan().Fill(Empty);
    }

    // Fibonacci hashing: the upper bits of the product depend on all bits of the id.
    private int SlotOf(ulong id) => (int)((id * 0x9E3779B97F4A7C15) >> 32) & (_slots.Length - 1);

    private int Next(int slot) => (slot + 1) & (_slots.Length - 1);
}
