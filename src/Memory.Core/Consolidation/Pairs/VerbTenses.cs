using System.Collections.Frozen;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>Tells 'Omar came' from 'Omar comes': one stem, and another time.</summary>
internal static class VerbTenses
{
    private static readonly FrozenSet<string> Past = (
        "bought began chose spoke held meant led taught knew thought sent made kept left went ate drank slept drove wore sold met took gave got came saw found told wrote ran said paid stood lost won built bore")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a word of one is a verb in the past that the other has in the present.</summary>
    /// <param name="one">The words of one that the other does not have in that form.</param>
    /// <param name="other">The words of the other that the first does not have in that form.</param>
    public static bool Differ(IReadOnlyList<StatementToken> one, IReadOnlyList<StatementToken> other) => IsPastOf(one, other) || IsPastOf(other, one);

    private static bool IsPastOf(IReadOnlyList<StatementToken> past, IReadOnlyList<StatementToken> present) =>
        past.Any(p => IsPast(p) && present.Any(n => n.Stem == p.Stem && IsPresent(n)));

    /// <summary>Whether a word is, as far as its form tells, a verb in the past or what has been done.</summary>
    public static bool IsPast(StatementToken token) => token.Kind == TokenKind.Word && (Past.Contains(token.Text) || (token.Text.Length > 4 && token.Text.EndsWith("ed", StringComparison.Ordinal)));

    private static bool IsPresent(StatementToken token) => token.Kind == TokenKind.Word && token.Text.EndsWith('s') && !Past.Contains(token.Text);
}
