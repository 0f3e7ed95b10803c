using System.Collections.Frozen;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Finds what is allowed or asked for in narrower terms: who may use the car for work trips may not use it as they like, and whoever should delete the backups older than
/// a month should keep the others. There the longer statement says less, and not all of the shorter and more.
/// </summary>
internal static class Permissions
{
    private static readonly FrozenSet<string> Allowing = FrozenSet.ToFrozenSet(["may", "can", "could", "allowed", "permitted", "possible", "able", "valid", "free", "public", "optional"]);

    private static readonly FrozenSet<string> Narrowing = FrozenSet.ToFrozenSet(
        ["for", "during", "within", "on", "in", "at", "inside", "after", "before", "until", "till", "with", "from", "between", "older", "newer", "larger", "smaller", "over", "under", "above", "below", "outside", "behind"]);

    private static readonly FrozenSet<string> Orderable = FrozenSet.ToFrozenSet(
        ("use delete remove share call skip send ask run add avoid keep store put format write answer reply deploy merge push pull commit test build check review restart stop start block allow archive export import "
        + "back copy move open close lock pay buy order book invite notify remind warn mail contact water feed clean wash turn switch enable disable install update upgrade sign").Split(' '));

    /// <summary>Whether a statement allows or asks for what another does, and goes on with words that narrow it.</summary>
    /// <param name="longer">The statement that may go on.</param>
    /// <param name="shorter">The other.</param>
    public static bool Narrow(PairStatement longer, PairStatement shorter) =>
        (shorter.Tokens.Any(static t => Allowing.Contains(t.Text)) || IsOrder(shorter)) && GoesOn(longer, shorter) is { } next && Narrowing.Contains(next.Text);

    // An order begins with its verb, in the form in which it stands in neither the past nor the third person.
    private static bool IsOrder(PairStatement statement) => statement.Tokens is [{ Kind: TokenKind.Word } verb, { } second, ..] && Orderable.Contains(verb.Text) && second.Kind != TokenKind.Negation;

    // The word behind all that the shorter says, word for word.
    private static StatementToken? GoesOn(PairStatement longer, PairStatement shorter)
    {
        var (words, bare) = (Words(longer), Words(shorter));
        if (words.Count <= bare.Count)
        {
            return null;
        }

        for (var i = 0; i < bare.Count; i++)
        {
            if (words[i].Stem != bare[i].Stem)
            {
                return null;
            }
        }

        return words[bare.Count];
    }

    private static List<StatementToken> Words(PairStatement statement) => [.. statement.Tokens.Where(static t => t.Text is not ("a" or "an" or "the" or "please"))];
}
