using System.Collections.Frozen;
using System.Text;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Tells, as far as words and letters can, whether a text is in a language whose negations, hedges and numbers the rules do not read.
/// Two such memories are duplicates only when their texts are the same.
/// </summary>
internal static class ForeignText
{
    private static readonly FrozenSet<string> Foreign = (
        "der die das und ist nicht ein eine einen mit auf für von zu im den dem des wird sind hat ich wir sie kein keine auch nur bei nach über wohnt trinkt mag lieber nie "
        + "le la les une est pas dans pour avec sur des du ne il elle nous vous je qui que sont son sa ses aux et plus jamais habite préfère "
        + "el los las una es en con por para del se su sus como más pero y vive prefiere nunca il lo gli di che non è per sono della nel suo mai vive preferisce "
        + "o os as um uma não em com na do da dos e ao het een van niet voor met zijn naar ook nooit woont liever det är och inte som på av att med ett för har til ikke og av jeg er bor "
        + "w z nie się jest na to do że i w ma mieszka ve bir bu için değil ile saya tidak dan yang di "
        + "ei eivät ja hän että koskaan mutta myös nem és hogy egy nincs soha ne nije nu și este").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> English = (
        "the a an and or of to in on at by for from with is are was were be has have had does not no my his her their our it this that as into than user every who when only uses "
        + "likes prefers lives works wants should must will can").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a text reads as another language than English.</summary>
    public static bool Is(string content, List<StatementToken> words)
    {
        int letters = 0, beyondLatin = 0, accented = 0;
        foreach (var rune in content.EnumerateRunes())
        {
            if (Rune.IsLetter(rune))
            {
                letters++;
                beyondLatin += rune.Value > 0x24F ? 1 : 0;
                accented += rune.Value is > 0x7F and <= 0x24F ? 1 : 0;
            }
        }

        if (beyondLatin * 4 > letters)
        {
            return true;
        }

        int foreign = 0, english = 0;
        foreach (var word in words)
        {
            var inEnglish = English.Contains(word.Text);
            english += inEnglish ? 1 : 0;
            foreign += !inEnglish && Foreign.Contains(word.Text) ? 1 : 0;
        }

        return foreign > english || (accented > 1 && english == 0);
    }
}
