namespace Memory.Core.Storage;

/// <summary>The size, version and soundness of a store.</summary>
/// <param name="Location">Where it is; empty for somebody who may not know, who is told no size either.</param>
/// <param name="SizeBytes">The size of the database and its write-ahead log, in bytes.</param>
/// <param name="SchemaVersion">The version of its schema.</param>
/// <param name="CreatedAt">When it was created, UTC.</param>
/// <param name="Damage">What an integrity check found, or <see langword="null"/> when all is well.</param>
public sealed record StoreHealth(string Location, long SizeBytes, int SchemaVersion, DateTimeOffset CreatedAt, string? Damage);
