namespace Memory.Core.Memories;

/// <summary>How often a memory was recalled, and when last.</summary>
/// <param name="Count">The number of times, 0 or more.</param>
/// <param name="LastAt">The last time, UTC; <see langword="null"/> when never.</param>
public readonly record struct RecallUse(int Count, DateTimeOffset? LastAt);
