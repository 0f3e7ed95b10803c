namespace Memory.Core.Storage;

/// <summary>What a namespace takes: every memory in any state but forgotten.</summary>
/// <param name="Memories">How many.</param>
/// <param name="Bytes">Their content and tags, and of their evidence source, session, note, statement and 32 for each piece, in bytes of UTF-8.</param>
public readonly record struct NamespaceUsage(long Memories, long Bytes);
