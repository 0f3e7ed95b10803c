using System.Collections.Frozen;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Finds statements that are one but for a word that narrows another: who is allergic to pine nuts is not allergic to nuts. The narrower says less,
/// however many words it has.
/// </summary>
internal static class AddedModifier
{
    private static readonly FrozenSet<string> Harmless = FrozenSet.ToFrozenSet(
        ["really", "actually", "definitely", "certainly", "clearly", "very", "quite", "now", "currently", "presently", "today", "also", "already", "still", "simply", "just", "officially", "explicitly", "kindly", "please", "always", "generally"]);

    /// <summary>Whether one of two statements has all words of the other, in one order, and one more that stands directly before a word of both.</summary>
    public static bool Narrows(PairStatement one, PairStatement other) => one.Terms.Count > other.Terms.Count ? IsAdded(one, other) : IsAdded(other, one);

    private static bool IsAdded(PairStatement longer, PairStatement shorter)
    {
        if (longer.Terms.Count != shorter.Terms.Count + 1 || shorter.Terms.Count < 2)
        {
            return false;
        }

        var at = 0;
        while (at < shorter.Terms.Count && longer.Terms[at].Stem == shorter.Terms[at].Stem)
        {
            at++;
        }

        return at < shorter.Terms.Count && longer.Terms[at].Token is { Kind: TokenKind.Word, InList: false, IsCapital: false } added && !Harmless.Contains(added.Text)
            && longer.Terms.Skip(at + 1).Select(static t => t.Stem).SequenceEqual(shorter.Terms.Skip(at).Select(static t => t.Stem), StringComparer.Ordinal)
            && StandsBefore(longer, added, shorter, shorter.Terms[at].Token);
    }

    // In place of the word that it narrows; 'likes reading novels' and 'is painted silver' say no less, 'the staging server' does.
    private static bool StandsBefore(PairStatement longer, StatementToken added, PairStatement shorter, StatementToken noun)
    {
        var (at, place) = (IndexOf(longer, added.Stem), IndexOf(shorter, noun.Stem));
        return noun.Kind == TokenKind.Word && at + 1 < longer.Tokens.Count && longer.Tokens[at + 1].Stem == noun.Stem
            && (at > 0 ? longer.Tokens[at - 1].Text : "") == (place > 0 ? shorter.Tokens[place - 1].Text : "")
            && (!added.Text.EndsWith("ing", StringComparison.Ordinal) || MinimalPair.StandsBehindArticle(longer, added.Stem)) && !VerbTenses.IsPast(added);
    }

    private static int IndexOf(PairStatement statement, string stem) => statement.Tokens.TakeWhile(t => t.Stem != stem).Count();
}
