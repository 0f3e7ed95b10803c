namespace Memory.Core.Memories;

/// <summary>
/// A recall that was answered, kept to test that consolidation does not lose the answer. It holds hashes only: a query's words may be what
/// somebody wants forgotten.
/// </summary>
/// <param name="Words">The hashes of the query's words, in order.</param>
/// <param name="Results">The hashes of the ids of the best results, best first.</param>
/// <param name="At">When it was asked, UTC.</param>
public sealed record RememberedQuery(IReadOnlyList<long> Words, IReadOnlyList<long> Results, DateTimeOffset At);
