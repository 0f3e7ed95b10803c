namespace Memory.Core.Storage;

/// <summary>What was restored.</summary>
/// <param name="Path">The database.</param>
/// <param name="Memories">How many memories are in it now, forgotten ones included.</param>
/// <param name="KeysInForce">
/// How many API keys of the backup are in force though nobody knows whether they were revoked since: what was there before is gone or could not be read.
/// </param>
/// <param name="Kept">Where what was there before is kept, or <see langword="null"/> when nothing was.</param>
public sealed record RestoreReport(string Path, long Memories, long KeysInForce, string? Kept);
