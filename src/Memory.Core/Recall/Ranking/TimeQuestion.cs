using System.Collections.Frozen;
using Memory.Core.Recall.Index;
using Memory.Core.Recall.Time;
using Memory.Core.Storage;

namespace Memory.Core.Recall.Ranking;

/// <summary>
/// What a query asks beside the times that it names. The words of 'two days ago' are no words of the answer, and 'what happened last week?'
/// asks for whatever is of last week.
/// </summary>
internal static class TimeQuestion
{
    // As stems: what somebody asks by who does not say for what.
    private static readonly FrozenSet<string> AsksForAnything = FrozenSet.ToFrozenSet(
        "about happen occur go do done tell told say said mention talk discuss note store record rememb recal know learn learnt new news event thing stuff someth anyth everyth all".Split(' '));

    /// <summary>The query without those expressions of time that no text about it would hold. Months, weekdays, seasons and dates stay: texts name them.</summary>
    /// <param name="query">The query.</param>
    /// <param name="times">The expressions in it.</param>
    public static string WithoutRelative(string query, IReadOnlyList<TimeExpression> times) => Without(query, times.Where(t => IsRelative(query, t)));

    /// <summary>Whether nothing but what was at past times is asked for.</summary>
    /// <param name="query">The query.</param>
    /// <param name="times">The expressions in it.</param>
    /// <param name="now">The present.</param>
    public static bool AsksOnlyWhen(string query, IReadOnlyList<TimeExpression> times, DateTimeOffset now)
    {
        if (times.Count == 0 || times.Any(t => t.IsEventRelative || !(t.From < now || t.To < now)))
        {
            return false;
        }

        Span<char> buffer = stackalloc char[WordScanner.MaxLength];
        var scanner = new WordScanner(Without(query, times), buffer);
        while (scanner.Next())
        {
            if (!LexicalQuery.IsStopWord(scanner.Word) && !AsksForAnything.Contains(PorterStemmer.Stem(scanner.Word.ToString())))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The words of those expressions of time that texts name.</summary>
    /// <param name="query">The query.</param>
    /// <param name="times">The expressions in it.</param>
    public static string Dates(string query, IReadOnlyList<TimeExpression> times) =>
        string.Join(' ', times.Where(t => !IsRelative(query, t)).Select(t => query.Substring(t.Start, t.Length)));

    /// <summary>The entries that pass, and are of a time that the query names or hold all of its words.</summary>
    /// <param name="index">The index.</param>
    /// <param name="query">The query, of which the words are those of its times.</param>
    public static HashSet<int> OfThatTime(NamespaceIndex index, RankedQuery query)
    {
        var named = query.Terms.Select(t => index.Postings.Of(t.Term).Entries.ToArray())
            .Aggregate((HashSet<int>?)null, static (all, of) => all is null ? [.. of] : [.. all.Intersect(of)]) ?? [];
        var found = new HashSet<int>();
        for (var entry = 0; entry < index.Count; entry++)
        {
            var when = index.Entries[entry].When;
            if (query.Filter.Passes(index.Entries[entry]) && (named.Contains(entry) || query.Times.Any(w => when >= w.From && when < w.To)))
            {
                found.Add(entry);
            }
        }

        return found;
    }

    private static bool IsRelative(string query, TimeExpression time)
    {
        if (time.IsEventRelative)
        {
            return false;
        }

        foreach (var word in query.AsSpan(time.Start, time.Length).ToString().Split([' ', ',', '.', '-', '/', ':', '\''], StringSplitOptions.RemoveEmptyEntries))
        {
            var isNamed = TimeWords.TryGet(word, out var meaning) && meaning.Kind is TimeTokenKind.Month or TimeTokenKind.Weekday or TimeTokenKind.Season;
            if (isNamed || word.Count(char.IsAsciiDigit) >= 4)
            {
                return false;
            }
        }

        return true;
    }

    private static string Without(string query, IEnumerable<TimeExpression> times)
    {
        var left = query.ToCharArray();
        foreach (var time in times)
        {
            left.AsSpan(time.Start, time.Length).Fill(' ');
        }

        return new string(left);
    }
}
