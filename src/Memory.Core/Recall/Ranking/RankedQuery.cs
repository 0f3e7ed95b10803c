using Memory.Core.Recall.Index;
using Memory.Core.Storage;

namespace Memory.Core.Recall.Ranking;

/// <summary>A query as the ranker takes it.</summary>
internal sealed record RankedQuery
{
    private static readonly Dictionary<int, float> NoLiteral = [];

    /// <summary>Its words.</summary>
    public required IReadOnlyList<QueryTerm> Terms { get; init; }

    /// <summary>Its vector; a scale of 0 when it has none.</summary>
    public StoredVector Vector { get; init; }

    /// <summary>Which entries are wanted.</summary>
    public required IndexFilter Filter { get; init; }

    /// <summary>Which entries are ranked for what they were merged into; <see langword="null"/> for none.</summary>
    public IndexFilter? Merged { get; init; }

    /// <summary>The only entries wanted, when the query holds a phrase that must match; <see langword="null"/> for all.</summary>
    public IReadOnlySet<int>? Only { get; init; }

    /// <summary>The entries that hold it where the index knows none of its words, with how well they match.</summary>
    public IReadOnlyDictionary<int, float> Literal { get; init; } = NoLiteral;

    /// <summary>The times that it names, each with its weight in [0, 1].</summary>
    public IReadOnlyList<TimeWindow> Times { get; init; } = [];
}

/// <summary>A time that a query names.</summary>
/// <param name="From">Its first millisecond since 1970-01-01 UTC.</param>
/// <param name="To">The first one after it.</param>
/// <param name="Weight">1 when the words fix both ends, less for a fair guess.</param>
internal readonly record struct TimeWindow(long From, long To, float Weight);
