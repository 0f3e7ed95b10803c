using System.Collections.Frozen;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>Tells 'Omar came' from 'Omar comes': one stem, and another time.</summary>
internal static class VerbTenses
{
    private static readonly FrozenSet<string> Past = (
        "bought began chose spoke held meant led taught knew thought sent made kept left went ate drank slept drove wore sold met took gave got came saw found told wrote ran said paid stood lost won built bore")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Auxiliaries = "is are am was were be been being got gets get has have had".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a verb that both statements have is in the past in one and in the present in the other. What is done to something is no past: 'is paid by Ilse'.</summary>
    public static bool Differ(PairStatement one, PairStatement other) => IsPastOf(one, other) || IsPastOf(other, one);

    private static bool IsPastOf(PairStatement past, PairStatement present)
    {
        for (var i = 0; i < past.Tokens.Count; i++)
        {
            var verb = past.Tokens[i];
            if (IsPast(verb) && !IsSuffered(past, i) && !present.Tokens.Any(t => t.Text == verb.Text) && present.Tokens.Any(t => t.Stem == verb.Stem && IsPresent(t)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSuffered(PairStatement statement, int at) =>
        (at > 0 && Auxiliaries.Contains(statement.Tokens[at - 1].Text)) || (at > 1 && Auxiliaries.Contains(statement.Tokens[at - 2].Text));

    /// <summary>Whether a word is, as far as its form tells, a verb in the past or what has been done.</summary>
    public static bool IsPast(StatementToken token) => token.Kind == TokenKind.Word && (Past.Contains(token.Text) || (token.Text.Length > 4 && token.Text.EndsWith("ed", StringComparison.Ordinal)));

    /// <summary>Whether a word helps a verb: 'is paid', 'has left'.</summary>
    public static bool IsAuxiliary(StatementToken token) => Auxiliaries.Contains(token.Text);

    private static bool IsPresent(StatementToken token) => token.Kind == TokenKind.Word && token.Text.EndsWith('s') && !Past.Contains(token.Text);
}
