using System.Collections.Frozen;

namespace Memory.Core.Storage;

/// <summary>
/// The searchable words of a text. Everything that is not a letter, digit, mark or pictograph only separates words,
/// so that quotes, <c>AND</c>, <c>*</c>, <c>NEAR(</c> and the like are ordinary text and never query syntax.
/// </summary>
public sealed class LexicalQuery
{
    /// <summary>The most terms a query uses; a longer text is cut after that many distinct ones.</summary>
    public const int MaxTerms = 64;

    // Words that carry a question or a sentence and not its subject. A text of nothing else is searched for them all the same.
    private static readonly FrozenSet<string> StopWords = FrozenSet.ToFrozenSet(
        ("a an and are as at be been but by can could did do does for from had has have he her his how i if in into is it its "
        + "just me my of on or our she should so than that the their them then there these they this those to was we were what "
        + "when where which who whom whose why will with would you your").Split(' '));

    private LexicalQuery(IReadOnlyList<string> words, IReadOnlyList<string> unspacedTerms)
    {
        Words = words;
        UnspacedTerms = unspacedTerms;
    }

    /// <summary>The distinct words, in lower case, in the order they stand; without stop words unless there is nothing else.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The distinct characters and pairs of characters of text without spaces, in the form its index knows.</summary>
    public IReadOnlyList<string> UnspacedTerms { get; }

    /// <summary>Whether a word in lower case carries a question or a sentence and not its subject.</summary>
    internal static bool IsStopWord(ReadOnlySpan<char> word) => StopWords.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>Whether there is nothing to search for.</summary>
    public bool IsEmpty => Words.Count == 0 && UnspacedTerms.Count == 0;

    /// <summary>Finds the words of a text of any length and content.</summary>
    /// <param name="text">What a caller asked, as it is.</param>
    public static LexicalQuery Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new List<string>();
        var unspaced = new HashSet<string>(StringComparer.Ordinal);
        var terms = new TermScanner(text);
        while (terms.Next())
        {
            if (terms.IsUnspaced)
            {
                unspaced.UnionWith(UnspacedText.Terms([.. terms.Term.EnumerateRunes()]));
            }
            else
            {
                words.Add(terms.Term.ToString().ToLowerInvariant());
            }
        }

        var distinct = words.Distinct(StringComparer.Ordinal).ToList();
        var telling = distinct.Where(static w => !StopWords.Contains(w)).ToList();
        var chosen = telling.Count > 0 || unspaced.Count > 0 ? telling : distinct;
        return new LexicalQuery([.. chosen.Take(MaxTerms)], [.. unspaced.Take(MaxTerms)]);
    }

    internal IEnumerable<string> AllTerms => Words.Concat(UnspacedTerms);

    /// <summary>A query of words and terms that <see cref="Parse"/> gave.</summary>
    internal static LexicalQuery Of(IReadOnlyList<string> words, IReadOnlyList<string> unspacedTerms) => new(words, unspacedTerms);

    internal string WordsExpression(TermMatch match) => Expression(Words, match);

    internal string UnspacedExpression(TermMatch match) => Expression(UnspacedTerms, match);

    // In FTS5 a quoted string is a phrase of plain text; the terms hold no quotes, being made of letters, digits and bars.
    internal static string Quoted(string term) => $"\"{term}\"";

    /// <summary>One of the first, third, fifth... term and one of the second, fourth, sixth...; one, when there are no more.</summary>
    internal static string OfEachHalf(IReadOnlyList<string> terms) => terms.Count < 2
        ? Joined(" OR ", terms)
        : $"({Joined(" OR ", terms.Where(static (_, i) => i % 2 == 0))}) AND ({Joined(" OR ", terms.Where(static (_, i) => i % 2 == 1))})";

    private static string Expression(IReadOnlyList<string> terms, TermMatch match) => Joined(match == TermMatch.All ? " AND " : " OR ", terms);

    private static string Joined(string @operator, IEnumerable<string> terms) => string.Join(@operator, terms.Select(Quoted));
}
