using System.Collections.Frozen;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Finds pairs of which one has every word of the other and, before some of them, words that govern what follows: 'suspects that', 'offered to', 'the roof of',
/// 'is at risk of', 'check whether', 'goal:'. What stands in such a frame is not said: whoever offered to buy has not bought.
/// </summary>
internal static class Framing
{
    private const int LeastShared = 2;

    private static readonly FrozenSet<string> Articles = Set("a an the");

    // They open a circumstance, which may stand at the beginning as well as at the end.
    private static readonly FrozenSet<string> Circumstances = Set(
        "in on at since from during for with after before until till by every each when whenever while because as if to through within between among via per near under over without last next this today yesterday now right");

    // Circumstances by their form only.
    private static readonly FrozenSet<string> Unreal = Set("theory principle example instance case according soon");

    private static readonly FrozenSet<string> Modal = Set("to can could may might must should would will shall cannot");

    private static readonly FrozenSet<string> Portion = Set("some one most half part parts none few many several two three rest majority any");

    // What follows them may not be so.
    private static readonly FrozenSet<string> Withholding = Set(
        "risk history lack threat danger chance suspected suspicion tested screened immune gene offer request proposal draft ban fear afraid against tired interested planned scheduled saving looking applying applied asked invited accused wants wanted aims intends hopes promised volunteered considering waiting");

    // 'The breed of Rex is beagle' and 'Rex is a beagle'; what is a part of Rex is another thing.
    private static readonly FrozenSet<string> Attributes = Set(
        "name nickname breed address version state status size weight height length width area age colour color time date day deadline place venue location position seat capacity limit number code plate language title role post job "
        + "trade profession hobby type kind brand make model format purpose use species diet strings origin term duration frequency birthday habit stage theme cause bank chore chores");

    private static readonly FrozenSet<string> Wishes = Set("wants want wanted prefers prefer preferred likes like expects expect needs need");

    /// <summary>Whether one of two statements, of one sentence each, says the other in a frame.</summary>
    public static bool Differs(PairStatement one, PairStatement other) => IsSentence(one) && IsSentence(other) && (IsFramed(one, other) || IsFramed(other, one));

    private static bool IsSentence(PairStatement statement) => !statement.Tokens.Skip(1).Any(static t => t.StartsSentence);

    private static bool IsFramed(PairStatement framed, PairStatement plain)
    {
        var (words, bare) = (Words(framed), Words(plain));
        if (Match(words, bare) is not { } places || places.Count < LeastShared || IsNote(framed.Content, places[0].Framed))
        {
            return false;
        }

        var at = 0;
        foreach (var (here, there) in places)
        {
            if (Governs(words.GetRange(at, here - at), words[here], there > 0 ? bare[there - 1].Text : "", bare[there], isFirst: at == 0))
            {
                return true;
            }

            at = here + 1;
        }

        return false;
    }

    // 'Origin of the dialog: bought' names an attribute; 'goal: it is bought' is a frame.
    private static bool IsNote(string content, int before) => content.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon && content.AsSpan(0, colon).Count(' ') > before;

    // The words before one that both have, and this in either.
    private static bool Governs(List<StatementToken> run, StatementToken word, string bareBefore, StatementToken bare, bool isFirst)
    {
        var before = run.Count > 0 ? run[^1].Text : "";
        if (before == "of" && bareBefore != "of" && run.Count > 1 && Portion.Contains(run[^2].Text))
        {
            return true;
        }

        var isOtherForm = word.Kind == TokenKind.Word && word.Text != bare.Text;
        if (isOtherForm && Modal.Contains(before) && !Modal.Contains(bareBefore))
        {
            return true;
        }

        return run.Exists(static w => w.IsContent)
            && ((run.Exists(static w => Withholding.Contains(w.Text)) && !IsWish(run)) || (isOtherForm && IsGerund(word) && !IsGerund(bare)) || (isFirst && !run.TrueForAll(static w => ReportFrames.IsOf(w.Text)) && !IsCircumstance(run) && !IsAttribute(run) && !IsWish(run)));
    }

    private static bool IsGerund(StatementToken token) => token.Text.EndsWith("ing", StringComparison.Ordinal);

    private static bool IsCircumstance(List<StatementToken> run) =>
        (Circumstances.Contains(run[0].Text) || run[0].Kind is TokenKind.Number or TokenKind.Date) && !run.Exists(static w => Unreal.Contains(w.Text));

    private static bool IsAttribute(List<StatementToken> run) => Attributes.Contains(run[0].Text) || (run.Count > 1 && Attributes.Contains(run[^2].Text));

    private static bool IsWish(List<StatementToken> run) => run.Exists(static w => w.Text is "user" or "i" or "we") && run.TrueForAll(static w => !w.IsContent || Wishes.Contains(w.Text));

    // All words of content of the plain statement, in its order, each as far to the end of the other as can be.
    private static List<(int Framed, int Plain)>? Match(List<StatementToken> words, List<StatementToken> bare)
    {
        var places = new List<(int, int)>();
        var at = words.Count - 1;
        for (var i = bare.Count - 1; i >= 0; i--)
        {
            if (!bare[i].IsContent)
            {
                continue;
            }

            while (at >= 0 && words[at].Stem != bare[i].Stem)
            {
                at--;
            }

            if (at < 0)
            {
                return null;
            }

            places.Add((at--, i));
        }

        places.Reverse();
        return places;
    }

    private static List<StatementToken> Words(PairStatement statement) =>
        [.. statement.Tokens.Take(WordOrder.MaxTerms * 2).Where(static t => t.Kind != TokenKind.Hedge && !Articles.Contains(t.Text))];

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
