using System.Collections.Frozen;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Finds pairs that are built alike and differ in one place: 'works from home on Fridays' and 'works from the office on Fridays'. Whoever says a thing
/// again in the same words does not exchange just one noun for another that only resembles it: it is another value or another subject.
/// Verbs are another matter ('works at', 'is employed by'); known synonyms have one stem, and are no difference.
/// </summary>
internal static class MinimalPair
{
    private const int LeastShared = 2;
    private const int SharedPrefix = 5;

    private static readonly FrozenSet<string> Before = "the a an my our his her their your from for in on at of with by into through".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Articles = "the a an my our his her their your".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether two statements have all words in common, in one order, but for one place where both have others.</summary>
    public static bool Is(PairStatement one, PairStatement other)
    {
        if (one.Terms.Count > WordOrder.MaxTerms || other.Terms.Count > WordOrder.MaxTerms || WordOrder.Compare(one, other) is not { Substitutions: 1, Insertions: 0, ArgumentsSwapped: false })
        {
            return false;
        }

        var (left, right) = (Left(one, other), Left(other, one));
        return one.Terms.Count - left.Count >= LeastShared && left.Count is 1 or 2 && right.Count is 1 or 2 && IsNoun(one, left[0]) && IsNoun(other, right[0])
            && !left.Exists(l => right.Exists(r => AreForms(l, r)));
    }

    /// <summary>Whether one statement is of the user, in so many words, and the other begins with something that the first does not know.</summary>
    public static bool IsOfAnother(PairStatement ofUser, PairStatement other) =>
        other.Terms.Count > 0 && BeginsWithUser(ofUser) && !other.Tokens.Any(static t => IsUser(t.Text)) && !ofUser.AllStems.Contains(other.Terms[0].Stem)
        && other.Names.Any(n => n.Stems.Contains(other.Terms[0].Stem, StringComparer.Ordinal));

    /// <summary>Whether a word, where it first stands, has an article or a possessive before it, or one word further on.</summary>
    public static bool StandsBehindArticle(PairStatement statement, string stem)
    {
        for (var i = 1; i < statement.Tokens.Count; i++)
        {
            if (statement.Tokens[i].Stem == stem)
            {
                return Articles.Contains(statement.Tokens[i - 1].Text) || (i > 1 && statement.Tokens[i - 1].Kind == TokenKind.Word && Articles.Contains(statement.Tokens[i - 2].Text));
            }
        }

        return false;
    }

    private static bool BeginsWithUser(PairStatement statement) => statement.Tokens.Take(2).Any(static t => IsUser(t.Text));

    private static bool IsUser(string word) => word is "user" or "i" or "my" or "we" or "our";

    // What stands behind an article or a preposition.
    private static bool IsNoun(PairStatement statement, string stem)
    {
        for (var i = 1; i < statement.Tokens.Count; i++)
        {
            if (statement.Tokens[i].Stem == stem)
            {
                return Before.Contains(statement.Tokens[i - 1].Text);
            }
        }

        return false;
    }

    private static bool AreForms(string one, string other) => one.AsSpan().CommonPrefixLength(other) >= SharedPrefix;

    private static List<string> Left(PairStatement one, PairStatement other) =>
        [.. one.Terms.Where(t => !other.TermIndex.Contains(t.Stem)).Select(static t => t.Stem)];
}
