using System.Buffers;

namespace Memory.Core.Recall.Time;

/// <summary>
/// Finds the expressions of time in an English query. Rules only: no storage, no clock but the one given, linear in the length of the query.
/// It would rather miss a time than see one in a name, verb, version or number: 'may', 'march', 'sat', 'second', '2023.1', 'last name'.
/// </summary>
public static class TimeExpressions
{
    /// <summary>The most expressions that are reported; what follows in the query is not read.</summary>
    public const int MaxExpressions = 16;

    // A query has at most as many tokens as characters; longer ones rent the room.
    private const int TokensOnStack = 96;

    /// <summary>Finds the expressions of time in a query.</summary>
    /// <param name="query">Any text, of any length; English is understood.</param>
    /// <param name="now">The present. Its offset is the asker's: 'yesterday' is the day before in that offset.</param>
    /// <returns>The expressions in the order they stand, not overlapping, at most <see cref="MaxExpressions"/>; empty when there are none.</returns>
    public static IReadOnlyList<TimeExpression> Find(string query, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Length <= TokensOnStack)
        {
            return Find(query, now, stackalloc TimeToken[TokensOnStack]);
        }

        var rented = ArrayPool<TimeToken>.Shared.Rent(query.Length);
        try
        {
            return Find(query, now, rented);
        }
        finally
        {
            ArrayPool<TimeToken>.Shared.Return(rented);
        }
    }

    private static TimeExpression[] Find(string query, DateTimeOffset now, Span<TimeToken> room)
    {
        var tokens = room[..TimeLexer.Read(query, room)];
        var parser = new TimeParser(query, tokens, now.DateTime);
        List<TimeExpression>? found = null;
        for (var i = 0; i < tokens.Length;)
        {
            if (!parser.TryExpression(i, out var match))
            {
                i++;
                continue;
            }

            (found ??= []).Add(match.ToExpression(tokens, i, now.Offset));
            if (found.Count == MaxExpressions)
            {
                break;
            }

            i = match.Next;
        }

        return found is null ? [] : [.. found];
    }
}
