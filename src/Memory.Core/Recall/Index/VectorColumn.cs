namespace Memory.Core.Recall.Index;

/// <summary>The vectors of all entries, in blocks that never move: growing copies nothing.</summary>
/// <param name="dimensions">Bytes a vector.</param>
internal sealed class VectorColumn(int dimensions)
{
    private const int BlockEntries = 4096;

    private readonly List<sbyte[]> _blocks = [];
    private readonly List<float[]> _scales = [];

    public int Dimensions => dimensions;

    /// <summary>Keeps the vector of an entry; a scale of 0 for none.</summary>
    public void Set(int entry, float scale, ReadOnlySpan<sbyte> vector)
    {
        while (_blocks.Count <= entry / BlockEntries)
        {
            // What has no vector is never looked at, for its scale is 0.
            _blocks.Add(GC.AllocateUninitializedArray<sbyte>(BlockEntries * dimensions));
            _scales.Add(new float[BlockEntries]);
        }

        var usable = vector.Length == dimensions && float.IsFinite(scale) ? scale : 0;
        _scales[entry / BlockEntries][entry % BlockEntries] = usable;
        if (usable > 0)
        {
            vector.CopyTo(_blocks[entry / BlockEntries].AsSpan(entry % BlockEntries * dimensions, dimensions));
        }
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
}
