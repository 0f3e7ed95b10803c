using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Recall.Index;

/// <summary>
/// The indexes of the namespaces in use. Each is brought up to date by sequence number before it is read, so that nobody gets a stale answer;
/// when nothing changed in the store that costs one look.
/// </summary>
public sealed class RecallIndexes : IDisposable
{
    private const int MaxNamespaces = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<(Namespace Namespace, string Model), Slot> _slots = [];
    private long _clock;

    /// <summary>One index of one namespace, that stays as it is.</summary>
    internal static RecallIndexes Of(Namespace ns, string model, NamespaceIndex index)
    {
        var indexes = new RecallIndexes();
        indexes._slots.Add((ns, model), new Slot(index) { Seen = long.MaxValue });
        return indexes;
    }

    /// <summary>Reads the index of the reader's namespace as of the reader's snapshot or later.</summary>
    /// <param name="reader">A reader of the namespace.</param>
    /// <param name="model">The model whose vectors are wanted, as the store names it.</param>
    /// <param name="dimensions">The numbers of one of its vectors.</param>
    /// <param name="read">Reads; must not keep the index.</param>
    internal T Read<T>(IMemoryReader reader, string model, int dimensions, Func<NamespaceIndex, T> read)
    {
        var slot = SlotOf(reader.Namespace, model, dimensions);
        CatchUp(slot, reader, model, dimensions);
        slot.Gate.EnterReadLock();
        try
        {
            return read(slot.Index);
        }
        finally
        {
            slot.Gate.ExitReadLock();
        }
    }

    /// <summary>Whose each index is and of which model, how large it is, and the place in the order of changes that it has seen.</summary>
    public IReadOnlyList<(Namespace Namespace, string Model, int Entries, long Seen)> Sizes()
    {
        KeyValuePair<(Namespace Namespace, string Model), Slot>[] slots;
        lock (_lock)
        {
            slots = [.. _slots];
        }

        return [.. slots.Select(static s => (s.Key.Namespace, s.Key.Model, s.Value.Index.Count, Volatile.Read(ref s.Value.Seen)))];
    }

    /// <summary>How far the index saw that the store keeps for the next start, as a place in the order of changes; 0 when there is none or it was damaged.</summary>
    /// <param name="reader">A reader of the namespace.</param>
    /// <param name="model">The model of its vectors.</param>
    internal long KeptUpTo(IMemoryReader reader, string model) =>
        Find(reader, model) is { IsKeptDamaged: true } ? 0 : reader.IndexSequence(model, NamespaceIndex.Build) ?? 0;

    /// <summary>What of an index is to be kept, after it was brought up to date; <see langword="null"/> when it is not in memory.</summary>
    /// <param name="reader">A reader of the namespace.</param>
    /// <param name="model">The model of its vectors.</param>
    internal IndexTaking? Take(IMemoryReader reader, string model)
    {
        if (Find(reader, model) is not { } slot)
        {
            return null;
        }

        CatchUp(slot, reader, model, slot.Index.Vectors.Dimensions);
        slot.IsKeptDamaged = false;
        return new IndexTaking(slot.Index, slot.Gate);
    }

    /// <summary>Frees what the indexes hold.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var slot in _slots.Values)
            {
                slot.Gate.Dispose();
            }

            _slots.Clear();
        }
    }

    private static void CatchUp(Slot slot, IMemoryReader reader, string model, int dimensions)
    {
        var last = reader.LastSequence();
        if (Volatile.Read(ref slot.Seen) >= last)
        {
            return;
        }

        slot.Gate.EnterWriteLock();
        try
        {
            if (slot.Seen < last)
            {
                if (slot.Index.Sequence == 0)
                {
                    var kept = NamespaceIndex.Load(reader, model, dimensions);
                    slot.IsKeptDamaged = kept is null && reader.IndexSequence(model, NamespaceIndex.Build) is not null;
                    slot.Index = kept ?? slot.Index;
                }

                slot.Index.CatchUp(reader, model);
                slot.Seen = last;
            }
        }
        finally
        {
            slot.Gate.ExitWriteLock();
        }
    }

    private Slot? Find(IMemoryReader reader, string model)
    {
        lock (_lock)
        {
            return _slots.GetValueOrDefault((reader.Namespace, model));
        }
    }

    private Slot SlotOf(Namespace ns, string model, int dimensions)
    {
        lock (_lock)
        {
            if (!_slots.TryGetValue((ns, model), out var slot))
            {
                // The one that was not asked for longest makes room; whoever reads it now keeps it until done.
                if (_slots.Count >= MaxNamespaces)
                {
                    _slots.Remove(_slots.MinBy(static s => s.Value.UsedAt).Key);
                }

                slot = new Slot(new NamespaceIndex(dimensions));
                _slots.Add((ns, model), slot);
            }

            slot.UsedAt = ++_clock;
            return slot;
        }
    }

    private sealed class Slot(NamespaceIndex index)
    {
        public NamespaceIndex Index { get; set; } = index;

        public ReaderWriterLockSlim Gate { get; } = new();

        public long UsedAt { get; set; }

        public bool IsKeptDamaged { get; set; }

        public long Seen;
    }
}
