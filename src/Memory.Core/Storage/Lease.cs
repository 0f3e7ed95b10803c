namespace Memory.Core.Storage;

/// <summary>Who may do a thing that only one process at a time may do.</summary>
/// <param name="Name">What is leased.</param>
/// <param name="Holder">Who holds it.</param>
/// <param name="AcquiredAt">Since when, UTC.</param>
/// <param name="ExpiresAt">Until when, UTC, unless it is extended.</param>
public sealed record Lease(string Name, string Holder, DateTimeOffset AcquiredAt, DateTimeOffset ExpiresAt);
