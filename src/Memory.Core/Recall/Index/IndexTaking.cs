namespace Memory.Core.Recall.Index;

/// <summary>Takes what of an index is kept, part by part; between two parts others may change it.</summary>
internal sealed class IndexTaking
{
    private readonly ReaderWriterLockSlim _gate;
    private readonly IndexImage _image;
    private readonly IEnumerator<IndexSection> _parts;
    private readonly PartWriter _part = new();

    public IndexTaking(NamespaceIndex index, ReaderWriterLockSlim gate)
    {
        _gate = gate;
        gate.EnterReadLock();
        try
        {
            _image = new IndexImage(index);
        }
        finally
        {
            gate.ExitReadLock();
        }

        _parts = _image.Parts(_part).GetEnumerator();
    }

    /// <summary>How far it sees, as a place in the order of changes.</summary>
    public long Sequence => _image.Sequence;

    /// <summary>Whether the parts that were taken fit together.</summary>
    public bool IsConsistent => _image.IsConsistent;

    /// <summary>The bytes of the part that was taken last; valid until the next one is.</summary>
    public ReadOnlyMemory<byte> Bytes => _part.Written;

    /// <summary>Takes the next part.</summary>
    /// <returns>Its section; <see langword="null"/> after the last one.</returns>
    public IndexSection? Next()
    {
        _gate.EnterReadLock();
        try
        {
            return _parts.MoveNext() ? _parts.Current : null;
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }
}
