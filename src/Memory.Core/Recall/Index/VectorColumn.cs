namespace Memory.Core.Recall.Index;

/// <summary>The vectors of all entries, in blocks that never move: growing copies nothing.</summary>
/// <param name="dimensions">Bytes a vector.</param>
internal sealed class VectorColumn(int dimensions)
{
    private const int BlockEntries = 4096;
    private const int ReservedBlocks = 32;

    private readonly List<ArraySegment<sbyte>> _blocks = [];
    private readonly List<float[]> _scales = [];

    public int Dimensions => dimensions;

    /// <summary>Keeps the vector of an entry; a scale of 0 for none.</summary>
    public void Set(int entry, float scale, ReadOnlySpan<sbyte> vector)
    {
        while (_blocks.Count <= entry / BlockEntries)
        {
            Add(GC.AllocateUninitializedArray<sbyte>(BlockEntries * dimensions));
        }

        var usable = vector.Length == dimensions && float.IsFinite(scale) ? scale : 0;
        _scales[entry / BlockEntries][entry % BlockEntries] = usable;
        if (usable > 0)
        {
            vector.CopyTo(_blocks[entry / BlockEntries].AsSpan(entry % BlockEntries * dimensions, dimensions));
        }
    }

    /// <summary>Makes room for the vectors of the first so many entries, which are read next.</summary>
    public void Reserve(int entries)
    {
        for (var left = entries; left > 0; left -= ReservedBlocks * BlockEntries)
        {
            // Side by side, as each large array may make the collector look through the heap.
            var blocks = Math.Min(ReservedBlocks, (left + BlockEntries - 1) / BlockEntries);
            var bytes = GC.AllocateUninitializedArray<sbyte>(blocks * BlockEntries * dimensions);
            ResidentPages.Populate(bytes.AsSpan(0, Math.Min(left, blocks * BlockEntries) * dimensions));
            for (var block = 0; block < blocks; block++)
            {
                Add(new ArraySegment<sbyte>(bytes, block * BlockEntries * dimensions, BlockEntries * dimensions));
            }
        }
    }

    /// <summary>Reads a block that <see cref="Write"/> wrote.</summary>
    public void Read(PartReader part)
    {
        var (block, count) = (part.Read<int>(), part.Read<int>());
        part.Read(_scales[block].AsSpan(0, count));
        part.Read(_blocks[block].AsSpan(0, count * dimensions));
    }

    /// <summary>Writes a block, for as many of the first so many entries as it holds.</summary>
    /// <param name="part">Where to.</param>
    /// <param name="block">Its number.</param>
    /// <param name="entries">How many entries there are.</param>
    /// <param name="isLeftOut">Whether an entry's vector is not written.</param>
    /// <returns>Whether it holds any.</returns>
    public bool Write(PartWriter part, int block, int entries, Func<int, bool> isLeftOut)
    {
        var count = Math.Clamp(entries - (block * BlockEntries), 0, BlockEntries);
        part.Write(block);
        part.Write(count);
        var first = block * BlockEntries;
        ReadOnlySpan<sbyte> none = new sbyte[dimensions];
        for (var entry = first; entry < first + count; entry++)
        {
            part.Write(isLeftOut(entry) ? 0 : ScaleOf(entry));
        }

        for (var entry = first; entry < first + count; entry++)
        {
            // Where there is no vector any more the bytes of an earlier one may lie.
            part.Write(Has(entry) && !isLeftOut(entry) ? Of(entry) : none);
        }

        return count > 0;
    }

    /// <summary>Whether an entry has a vector.</summary>
    public bool Has(int entry) => _scales[entry / BlockEntries][entry % BlockEntries] > 0;

    /// <summary>The cosine of an entry's vector and a query's, both of length 1; 0 when the entry has none.</summary>
    public float Cosine(int entry, ReadOnlySpan<sbyte> query, float queryScale)
    {
        var scale = _scales[entry / BlockEntries][entry % BlockEntries];
        return scale > 0 ? Int8Dot.Of(query, _blocks[entry / BlockEntries].AsSpan(entry % BlockEntries * dimensions, dimensions)) * scale * queryScale : 0;
    }

    /// <summary>The cosines, none below 0, of the wanted entries' vectors and a query's.</summary>
    /// <param name="query">The query's vector.</param>
    /// <param name="queryScale">Its factor.</param>
    /// <param name="wanted">For each entry a number above 0 if it is wanted.</param>
    /// <param name="cosines">Where they are written; 0 without a vector; what is not wanted is left as it is.</param>
    /// <returns>Whether every wanted entry has a vector.</returns>
    public bool Cosines(ReadOnlySpan<sbyte> query, float queryScale, ReadOnlySpan<float> wanted, Span<float> cosines)
    {
        var all = true;
        for (var first = 0; first < wanted.Length; first += BlockEntries)
        {
            ReadOnlySpan<sbyte> vectors = _blocks[first / BlockEntries];
            ReadOnlySpan<float> scales = _scales[first / BlockEntries];
            var last = Math.Min(wanted.Length, first + BlockEntries);
            for (var entry = first; entry < last; entry++)
            {
                if (wanted[entry] > 0)
                {
                    var scale = scales[entry - first];
                    all &= scale > 0;
                    cosines[entry] = scale > 0 ? Math.Max(0, Int8Dot.Of(query, vectors.Slice((entry - first) * dimensions, dimensions)) * scale * queryScale) : 0;
                }
            }
        }

        return all;
    }

    /// <summary>The cosine of two entries' vectors; 0 when one has none.</summary>
    public float Cosine(int a, int b) => Cosine(a, Of(b), ScaleOf(b));

    /// <summary>The bytes of an entry's vector; of no meaning when it has none.</summary>
    public ReadOnlySpan<sbyte> Of(int entry) => _blocks[entry / BlockEntries].AsSpan(entry % BlockEntries * dimensions, dimensions);

    /// <summary>The factor of an entry's vector; 0 when it has none.</summary>
    public float ScaleOf(int entry) => _scales[entry / BlockEntries][entry % BlockEntries];

    private void Add(ArraySegment<sbyte> block)
    {
        // What has no vector is never looked at, for its scale is 0.
        _blocks.Add(block);
        _scales.Add(new float[BlockEntries]);
    }
}
