namespace Memory.Core.Storage;

/// <summary>Takes one part of an index that was kept.</summary>
/// <param name="section">Which section it belongs to.</param>
/// <param name="data">Its bytes; valid during the call only.</param>
public delegate void IndexPartVisitor(int section, ReadOnlySpan<byte> data);
