using System.Collections.Frozen;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>Tells 'send Helga the report', which asks for something, from 'the report was sent to Helga', which says that it is done.</summary>
internal static class Orders
{
    private static readonly FrozenSet<string> Prepositions = FrozenSet.ToFrozenSet(["of", "for", "from", "with", "on", "to"]);

    /// <summary>Whether one of two statements begins with the verb whose past the other tells.</summary>
    public static bool Differ(PairStatement one, PairStatement other) => IsDone(one, other) || IsDone(other, one);

    private static bool IsDone(PairStatement order, PairStatement told)
    {
        var at = order.Tokens is [{ Text: "please" }, ..] ? 1 : 0;
        if (at + 1 >= order.Tokens.Count || order.Tokens[at] is not { Kind: TokenKind.Word } verb || VerbTenses.IsPast(verb) || verb.Text.EndsWith('s') || told.Tokens.Any(t => t.Text == verb.Text)
            || Prepositions.Contains(order.Tokens[at + 1].Text) || order.Content.Contains(": ", StringComparison.Ordinal))
        {
            return false;
        }

        for (var i = 1; i < told.Tokens.Count; i++)
        {
            // 'Code is indented with four spaces' tells how it is to be; 'was sent' and 'sent' tell what has been done.
            if (IsOf(verb, told.Tokens[i]) && VerbTenses.IsPast(told.Tokens[i]) && !(told.Tokens[i - 1].Text is "is" or "are" or "be" or "gets" or "get" or "now" or "one"))
            {
                return true;
            }
        }

        return false;
    }

    // 'add' and 'added' have two stems.
    private static bool IsOf(StatementToken verb, StatementToken past) => past.Stem == verb.Stem || past.Text == verb.Text + "ed";
}
