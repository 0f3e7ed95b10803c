namespace Memory.Core.Storage;

/// <summary>Takes one part of an index that was kept.</summary>
/// <param name="section">Which section it belongs to.</param>
/// <param name="data">
/// Its bytes, to be read to the end during the call. Whether they are sound is known only after that: a reader must survive any, and hears of the next
/// part only when they were.
/// </param>
public delegate void IndexPartVisitor(int section, Stream data);
