using System.Runtime.InteropServices;

namespace Memory.Core.Embeddings;

/// <summary>
/// Rows of bytes found by the hash of a word or piece. A row times its scale is the word's whole share in the sum for a text:
/// frequency weights, removed components and rotation are all linear, so the training program has worked them into the rows.
/// Content, in order: dimensions, rows, slots (int32 each; slots are a power of two above rows), the hash of each row (uint64),
/// the scale of each row (float), the slots (int32: row number + 1, or 0; open addressing, linear probing), the rows (signed bytes).
/// </summary>
internal sealed class StaticTable
{
    public const string Magic = "MEMSTA01";
    private const int MaxDimensions = 4096;
    private const int MaxRows = 1 << 22;
    private const int BlockRows = 16;

    private readonly ulong[] _hashes;
    private readonly float[] _scales;
    private readonly int[] _slots;
    private readonly ModelContent _content;
    private readonly int _rows;

    // Read from the file when a row of them is first asked for, and kept: somebody's texts are made of a small part of all words.
    private readonly byte[]?[] _blocks;

    private StaticTable(int dimensions, ulong[] hashes, float[] scales, int[] slots, ModelContent content, int rows)
    {
        Dimensions = dimensions;
        _hashes = hashes;
        _scales = scales;
        _slots = slots;
        _content = content;
        _rows = rows;
        _blocks = new byte[]?[(Count + BlockRows - 1) / BlockRows];
    }

    public int Dimensions { get; }

    public int Count => _hashes.Length;

    /// <summary>Reads all but the rows: those are read when they are asked for, most of them never.</summary>
    /// <param name="content">The content, which the table keeps.</param>
    /// <exception cref="InvalidDataException">The content is not a table.</exception>
    public static StaticTable Read(ModelContent content)
    {
        var reader = new ContentReader(content);
        var dimensions = reader.Count(MaxDimensions);
        var rows = reader.Count(MaxRows);
        var slots = reader.Count(4 * MaxRows);
        if (dimensions == 0 || slots <= rows || (slots & (slots - 1)) != 0)
        {
            throw new InvalidDataException($"{dimensions} dimensions, {rows} rows and {slots} slots make no table");
        }

        var table = new StaticTable(dimensions, reader.Hashes(rows), reader.Floats(rows), reader.Integers(slots), content, reader.Skip(checked(rows * dimensions)));
        // A slot beyond the rows would be an error at the first unlucky word; a table without a free slot would be searched for ever.
        return !reader.AtEnd || table._slots.AsSpan().ContainsAnyExceptInRange(0, rows) || !table._slots.AsSpan().Contains(0)
            ? throw new InvalidDataException("its sections do not fit together")
            : table;
    }

    /// <summary>Writes the content of a table.</summary>
    /// <param name="dimensions">Numbers a row.</param>
    /// <param name="rows">Hash, scale and bytes of each row.</param>
    /// <exception cref="ArgumentException">Two keys have one hash, or a row has another length.</exception>
    public static byte[] Write(int dimensions, IReadOnlyList<(ulong Hash, float Scale, sbyte[] Row)> rows)
    {
        var slots = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, rows.Count + (rows.Count / 2)))];
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content);
        writer.Write(dimensions);
        writer.Write(rows.Count);
        writer.Write(slots.Length);
        for (var i = 0; i < rows.Count; i++)
        {
            var slot = (int)(rows[i].Hash & (ulong)(slots.Length - 1));
            while (slots[slot] != 0)
            {
                if (rows[slots[slot] - 1].Hash == rows[i].Hash)
                {
                    throw new ArgumentException($"Rows {slots[slot] - 1} and {i} have one hash.", nameof(rows));
                }

                slot = (slot + 1) & (slots.Length - 1);
            }

            slots[slot] = i + 1;
            writer.Write(rows[i].Hash);
        }

        foreach (var (_, scale, _) in rows)
        {
            writer.Write(scale);
        }

        foreach (var slot in slots)
        {
            writer.Write(slot);
        }

        foreach (var (_, _, row) in rows)
        {
            writer.Write(row.Length == dimensions ? MemoryMarshal.AsBytes<sbyte>(row) : throw new ArgumentException("A row has another length.", nameof(rows)));
        }

        return content.ToArray();
    }

    /// <summary>The row of a key, or -1.</summary>
    public int Find(ulong hash)
    {
        var slot = (int)(hash & (ulong)(_slots.Length - 1));
        for (int entry; (entry = _slots[slot]) != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            if (_hashes[entry - 1] == hash)
            {
                return entry - 1;
            }
        }

        return -1;
    }

    /// <summary>Adds a share of a row to a vector of <see cref="Dimensions"/> numbers.</summary>
    public void Add(int row, float share, Span<float> vector)
    {
        var block = _blocks[row / BlockRows] ??= ReadBlock(row / BlockRows);
        Vectors.AddScaled(MemoryMarshal.Cast<byte, sbyte>(block.AsSpan(row % BlockRows * Dimensions, Dimensions)), _scales[row] * share, vector);
    }

    private byte[] ReadBlock(int number)
    {
        var first = number * BlockRows;
        var block = GC.AllocateUninitializedArray<byte>(Math.Min(BlockRows, Count - first) * Dimensions);
        _content.CopyTo(_rows + (first * Dimensions), block);
        return block;
    }
}
