namespace Memory.Core.Storage;

/// <summary>A copy of a store that was opened again after it was written, checked and counted.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="SizeBytes">Its size, in bytes.</param>
/// <param name="Memories">How many memories are in it, forgotten ones included.</param>
/// <param name="Runs">How many runs of consolidation are in it.</param>
public sealed record BackupReport(string Path, long SizeBytes, long Memories, long Runs);
