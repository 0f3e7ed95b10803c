using Memory.Core.Recall.Index;
using Memory.Core.Recall.Time;

namespace Memory.Core.Recall.Ranking;

/// <summary>Turns the expressions of time in a query into windows; an event ('before the launch') is dated by the memory that tells of it best.</summary>
internal static class TimeWindows
{
    private const float Guess = 0.6f;
    private const long Margin = TimeSpan.MillisecondsPerHour;

    /// <param name="index">The index in which events are looked up.</param>
    /// <param name="ranker">Finds the memory that tells of an event.</param>
    /// <param name="filter">Which memories may date an event.</param>
    /// <param name="query">The query.</param>
    /// <param name="times">The expressions of time in it.</param>
    public static IReadOnlyList<TimeWindow> Of(NamespaceIndex index, Ranker ranker, IndexFilter filter, string query, IReadOnlyList<TimeExpression> times)
    {
        var windows = new List<TimeWindow>();
        foreach (var expression in times)
        {
            if (expression.IsEventRelative)
            {
                if (DateOf(index, ranker, filter, expression.EventIn(query)) is { } at)
                {
                    windows.Add(expression.Relation == TimeRelation.Before
                        ? new TimeWindow(long.MinValue, at - Margin, Guess)
                        : new TimeWindow(at + Margin, long.MaxValue, Guess));
                }
            }
            else
            {
                windows.Add(new TimeWindow(
                    expression.From?.ToUnixTimeMilliseconds() ?? long.MinValue,
                    expression.To?.ToUnixTimeMilliseconds() ?? long.MaxValue,
                    expression.IsExact ? 1 : Guess));
            }
        }

        return windows;
    }

    private static long? DateOf(NamespaceIndex index, Ranker ranker, IndexFilter filter, ReadOnlySpan<char> happening)
    {
        var terms = QueryTerms.Parse(index, happening);
        return terms.Count > 0 && ranker.Rank(index, new RankedQuery { Terms = terms, Filter = filter }) is [var best, ..] && best.Words > 0
            ? index.Entries[best.Entry].When
            : null;
    }
}
