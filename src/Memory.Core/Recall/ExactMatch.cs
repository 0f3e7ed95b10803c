using System.Text;
using Memory.Core.Memories;

namespace Memory.Core.Recall;

/// <summary>Puts what says the query word for word before all else, and brings scores to [0, 1]: neighbours and times add to what a match is worth.</summary>
internal static class ExactMatch
{
    // What the best of the others gets beside an exact match.
    private const double Below = 0.999;

    /// <summary>Gives exact matches 1 and all others less; divides scores by the greatest where that is above 1.</summary>
    /// <param name="results">The results, in any order.</param>
    /// <param name="query">What was asked; one pair of quotes around it counts for nothing.</param>
    /// <param name="content">The text of a result.</param>
    /// <param name="score">Its score.</param>
    /// <param name="with">The result with another score.</param>
    public static void Lift<T>(List<T> results, string query, Func<T, string> content, Func<T, double> score, Func<T, double, T> with)
    {
        if (results.Count == 0)
        {
            return;
        }

        var asked = Asked(query);
        var most = results.Max(score);
        var scale = 1 / Math.Max(1, most);
        var exact = results.ConvertAll(r => asked.Length > 0 && Folding.Identity(content(r)) == asked);
        scale *= exact.Contains(true) ? Below : 1;
        for (var i = 0; i < results.Count; i++)
        {
            results[i] = with(results[i], exact[i] ? 1 : score(results[i]) * scale);
        }
    }

    /// <summary>Whether a text says the query word for word.</summary>
    public static bool Is(string query, string content) => Asked(query) is { Length: > 0 } asked && Folding.Identity(content) == asked;

    // No memory holds half of a surrogate pair.
    private static string Asked(string query) => query.EnumerateRunes().Any(static r => r == Rune.ReplacementChar) ? "" : Folding.Identity(QueryText.WithoutQuotes(query));
}
