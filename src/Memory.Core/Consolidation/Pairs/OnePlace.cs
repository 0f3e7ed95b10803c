namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Finds pairs that are one word for word but for one place: 'passed the test in May' and 'flunked the test in May'. Nobody says a thing again in the very same words
/// and exchanges one verb or adjective only: that it is another is why it was said. Words that are known to say the same have one stem and are no difference.
/// </summary>
internal static class OnePlace
{
    private const int MostWords = 2;
    private const int LeastShared = 2;

    /// <summary>Where two statements part and meet again.</summary>
    /// <param name="Here">The words of the first, without articles and hedges.</param>
    /// <param name="There">Those of the second.</param>
    /// <param name="Begin">How many words both begin with.</param>
    /// <param name="End">How many both end with.</param>
    public readonly record struct Found(IReadOnlyList<StatementToken> Here, IReadOnlyList<StatementToken> There, int Begin, int End)
    {
        /// <summary>The words of the first in that place.</summary>
        public IEnumerable<StatementToken> OfFirst => Here.Skip(Begin).Take(Here.Count - Begin - End);

        /// <summary>The words of the second in that place.</summary>
        public IEnumerable<StatementToken> OfSecond => There.Skip(Begin).Take(There.Count - Begin - End);
    }

    /// <summary>Whether two statements differ in one or two words in one place only, each of content.</summary>
    public static bool IsAnother(PairStatement one, PairStatement other) => Find(one, other) is not null;

    /// <summary>That place; <see langword="null"/> when they differ in more.</summary>
    public static Found? Find(PairStatement one, PairStatement other)
    {
        var (here, there) = (Words(one), Words(other));
        var (begin, end) = (0, 0);
        var shorter = Math.Min(here.Count, there.Count);
        while (begin < shorter && AreSame(here[begin], there[begin]))
        {
            begin++;
        }

        while (end < shorter - begin && AreSame(here[^(end + 1)], there[^(end + 1)]))
        {
            end++;
        }

        return begin + end >= LeastShared && IsContent(here, begin, end) && IsContent(there, begin, end) ? new Found(here, there, begin, end) : null;
    }

    private static bool IsContent(List<StatementToken> words, int begin, int end) =>
        words.Count - begin - end is > 0 and <= MostWords and var count && words.GetRange(begin, count).Exists(static w => w.IsContent);

    private static bool AreSame(StatementToken one, StatementToken other) => one.Stem == other.Stem;

    private static List<StatementToken> Words(PairStatement statement) =>
        [.. statement.Tokens.Where(static t => t.Kind != TokenKind.Hedge && t.Text is not ("a" or "an" or "the"))];
}
