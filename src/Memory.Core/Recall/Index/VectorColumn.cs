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
            _blocks.Add(new sbyte[BlockEntries * dimensions]);
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

    /// <summary>The cosine of two entries' vectors; 0 when one has none.</summary>
    public float Cosine(int a, int b) => Cosine(a, Of(b), ScaleOf(b));

    /// <summary>The bytes of an entry's vector; of no meaning when it has none.</summary>
    public ReadOnlySpan<sbyte> Of(int entry) => _blocks[entry / BlockEntries].AsSpan(entry % BlockEntries * dimensions, dimensions);

    /// <summary>The factor of an entry's vector; 0 when it has none.</summary>
    public float ScaleOf(int entry) => _scales[entry / BlockEntries][entry % BlockEntries];
}
