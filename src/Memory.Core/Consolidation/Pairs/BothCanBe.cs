using System.Collections.Frozen;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Finds pairs that are one but for one place, and both of which can be so by where that place is: in a clause of when or if, before the verb, or behind 'has a'.
/// 'Takes ibuprofen when her back hurts' and 'when her head hurts'; 'Fee's summer tyres are in the shed' and 'Fee's winter tyres'; 'has an account at KBC' and 'at ING'.
/// </summary>
internal static class BothCanBe
{
    private static readonly FrozenSet<string> Whens = FrozenSet.ToFrozenSet(["when", "whenever", "if", "while", "unless"]);

    private static readonly FrozenSet<string> Copulas = FrozenSet.ToFrozenSet(["is", "are", "was", "were", "has", "have"]);

    private static readonly FrozenSet<string> Owning = FrozenSet.ToFrozenSet(["has", "have", "had", "owns", "own", "got"]);

    /// <summary>Whether both can be so.</summary>
    public static bool Are(PairStatement one, PairStatement other) =>
        one.Denied.Count == 0 && other.Denied.Count == 0 && one.Change is null && other.Change is null && OnePlace.Find(one, other) is { } place && IsPlain(place)
        && (IsInWhenClause(place) || IsOfSubject(place) || IsBeforeSubject(place) || (IsOwned(one) && IsOwned(other) && !Opposites.Between(one, other)));

    // A number or a name there is a value.
    private static bool IsPlain(OnePlace.Found place) => !place.OfFirst.Concat(place.OfSecond).Any(static t => t.IsValue);

    // At the end; a clause that stands at the beginning is followed by what happens then.
    private static bool IsInWhenClause(OnePlace.Found place) => place.Here.Take(place.Begin).Skip(1).Any(static t => Whens.Contains(t.Text)) && !Whens.Contains(place.Here[0].Text) && !place.Here.Skip(place.Here.Count - place.End).Any(static t => Whens.Contains(t.Text));

    // 'The porter has the key' and 'the doorman has the key' tell of one thing: a value may stand first, where there is no number further on.
    private static bool IsOfSubject(OnePlace.Found place) =>
        (place.Begin > 0 || place.Here.Any(static t => t.IsValue)) && place.Here.Skip(place.Here.Count - place.End).Any(static t => Copulas.Contains(t.Text)) && !place.Here.Take(place.Begin).Any(static t => Copulas.Contains(t.Text))
        && !place.OfFirst.Concat(place.OfSecond).Any(static t => t.IsCapital || t.InList || t.Kind != TokenKind.Word);

    // 'The billing server runs Debian' and 'the mail server runs Debian': a word of both follows the place, and then the verb.
    private static bool IsBeforeSubject(OnePlace.Found place) =>
        place.Begin == 0 && place.End >= 3 && place.Here[^place.End] is { Kind: TokenKind.Word, IsContent: true } head && !head.Text.EndsWith('s') && !VerbTenses.IsPast(head)
        && !place.Here.Skip(place.Here.Count - place.End).Any(static t => Copulas.Contains(t.Text)) && !place.OfFirst.Concat(place.OfSecond).Any(static t => t.IsCapital && !t.StartsSentence);

    // 'Has a car' and 'has a bike'.
    private static bool IsOwned(PairStatement statement)
    {
        for (var i = 1; i < statement.Tokens.Count - 1; i++)
        {
            if (Owning.Contains(statement.Tokens[i].Text) && statement.Tokens[i + 1].Text is "a" or "an")
            {
                return true;
            }
        }

        return false;
    }
}
