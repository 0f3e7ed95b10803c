using System.Collections.Frozen;
using static Memory.Core.Consolidation.Pairs.SentenceParts;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>Finds what a statement says has changed: the verb, what was, what is, and of whom or what.</summary>
internal static class ChangeReader
{
    private static readonly FrozenSet<string> Moves = Set("moved relocated transferred");
    private static readonly FrozenSet<string> Turns = Set(
        "switched migrated changed transitioned converted ported upgraded downgraded rescheduled postponed renamed shifted pushed bumped raised lowered increased reduced dropped cut delayed brought extended shortened updated");
    private static readonly FrozenSet<string> Becomes = Set("became become joined promoted");
    private static readonly FrozenSet<string> Ends = Set("stopped quit cancelled canceled abandoned ended sold left retired discontinued deprecated removed ditched unsubscribed dropped closed decommissioned");
    // In the passive the others tell a state: 'is closed in July', 'is sold out'.
    private static readonly FrozenSet<string> EndsInPassive = Set("cancelled canceled abandoned ended retired discontinued deprecated removed dropped decommissioned");
    private static readonly FrozenSet<string> Grown = Set("grew rose fell sank passed slipped dropped climbed turned");
    private static readonly FrozenSet<string> Participles = Set("cut set built rebuilt put rewritten grown shrunk rewound restrung bent torn given taken handed brought sold");
    private static readonly FrozenSet<string> Determiners = Set("the a an my our his her their your its this that");

    /// <summary>The change that a statement reports first; <see langword="null"/> when it reports none.</summary>
    public static Change? Read(List<StatementToken> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (At(words, i) is { } change)
            {
                return change;
            }
        }

        return words.FindIndex(static w => w.Text is "now" or "nowadays") is >= 0 and var now && !(now > 0 && words[now - 1].Text is "for" or "by" or "right")
            ? new Change(ChangeKind.Became, "now", Before(words, now), [], Stems(words, 0, words.Count))
            : null;
    }

    private static Change? At(List<StatementToken> words, int at)
    {
        var (text, next) = (words[at].Text, at + 1 < words.Count ? words[at + 1].Text : "");
        if (text == "no" && next == "longer")
        {
            return new Change(ChangeKind.Ended, "no longer", Before(words, at), After(words, at + 2), []);
        }

        if (text is "anymore" || (text == "any" && next == "more"))
        {
            var not = words.FindLastIndex(at, static w => w.Kind == TokenKind.Negation);
            return not >= 0 ? new Change(ChangeKind.Ended, "no longer", Before(words, not), Stems(words, not + 1, at), []) : null;
        }

        if (text == "used" && next == "to" && !(at > 0 && words[at - 1].Text is "is" or "are" or "was" or "were" or "be" or "been" or "get" or "getting"))
        {
            return AndNow(words, "used to", at, at + 2) ?? new Change(ChangeKind.Ended, "used to", Before(words, at), After(words, at + 2), []);
        }

        if (ChangePhrases.Read(words, at) is { } told)
        {
            return told;
        }

        if (text is "replaced" or "replaces" or "superseded" or "swapped" or "traded" or "succeeds" or "succeeded")
        {
            return Replacement(words, at);
        }

        if (text is "took" or "handed" && next != "")
        {
            return text == "took" ? TakingOver(words, at) : HandingOver(words, at);
        }

        if (Moves.Contains(text) || Turns.Contains(text))
        {
            return Turn(words, at) ?? (Ends.Contains(text) && !StandsBeforeNoun(words, at) ? Ending(words, at) : null);
        }

        // 'went from 19 to 24', and not 'went to the market'.
        if (text == "went" && NextIn(words, at + 1, "from") is >= 0 and var from && NextIn(words, from, "to") >= 0)
        {
            return Turn(words, at);
        }

        if (IsTurnedFromTo(words, at))
        {
            return Turn(words, at);
        }

        return Becomes.Contains(text) ? new Change(text == "joined" ? ChangeKind.Moved : ChangeKind.Became, text, Before(words, at), [], After(words, at + 1))
            : (Ends.Contains(text) && !StandsBeforeNoun(words, at)) || (text is "gave" or "given" && next == "up") ? Ending(words, at)
            : null;
    }

    // 'The closed beta', 'Mara's left knee': of which one it tells, and nothing that has ended. Whom or what somebody left has a name or an article.
    private static bool StandsBeforeNoun(List<StatementToken> words, int at) => at > 0
        && (Determiners.Contains(words[at - 1].Text) || (words[at].Text == "left" && at + 1 < words.Count && words[at + 1] is { Kind: TokenKind.Word, IsCapital: false }));

    private static Change? Ending(List<StatementToken> words, int at)
    {
        var passive = at > 0 && words[at - 1].Text is "was" or "were" or "been" or "is" or "are" or "got";
        var after = After(words, at + 1);
        if ((at > 0 && words[at - 1].Text is "be" or "being") || (passive && !EndsInPassive.Contains(words[at].Text)) || (at + 1 < words.Count && words[at + 1].Text is "out" or "off"))
        {
            return null;
        }

        return passive ? new Change(ChangeKind.Ended, words[at].Text, [], Before(words, at), [])
            : AndNow(words, words[at].Text, at, at + 1) is { } replaced ? replaced
            : after.Count > 0 ? new Change(ChangeKind.Ended, words[at].Text, Before(words, at), after, [])
            : null;
    }

    // 'left Oslo and lives in Bergen now': what has ended, and what has come; of that the names and values, whatever the verb.
    private static Change? AndNow(List<StatementToken> words, string verb, int at, int old)
    {
        var and = NextIn(words, old, "and");
        if (and <= old || NextIn(words, and, "now") < and || Stems(words, old, and) is not { Count: > 0 } ended || After(words, and + 1) is not { Count: > 0 } now)
        {
            return null;
        }

        var named = words.Skip(and + 1).Where(w => (w.IsCapital || w.IsValue) && now.Contains(w.Stem)).Select(static w => w.Stem).ToList();
        return new Change(ChangeKind.Replaced, verb, Before(words, at), ended, named.Count > 0 ? named : now);
    }

    // 'was restrung from nylon to steel', 'grew from 3 to 5': whatever it is that was done, it has another value.
    private static bool IsTurnedFromTo(List<StatementToken> words, int at) =>
        (Grown.Contains(words[at].Text) || (at > 0 && words[at - 1].Text is "was" or "were" or "been" && words[at].Kind == TokenKind.Word && (words[at].Text.EndsWith("ed", StringComparison.Ordinal) || Participles.Contains(words[at].Text))))
        && NextIn(words, at + 1, "from") is >= 0 and var from && NextIn(words, from, "to") >= 0;

    // 'B took over the chair from A', 'B took the chair over from A'.
    private static Change? TakingOver(List<StatementToken> words, int at)
    {
        var (over, from) = (NextIn(words, at + 1, "over"), NextIn(words, at + 1, "from"));
        return over >= 0 && from > over && After(words, from + 1) is { Count: > 0 } old ? new Change(ChangeKind.Replaced, "took over", Stems(words, at + 1, from), old, Before(words, at)) : null;
    }

    // 'A handed the chair (over) to B'.
    private static Change? HandingOver(List<StatementToken> words, int at)
    {
        var to = NextIn(words, at + 1, "to");
        return to > at + 1 && After(words, to + 1) is { Count: > 0 } now && Before(words, at) is { Count: > 0 } old ? new Change(ChangeKind.Replaced, "handed over", Stems(words, at + 1, to), old, now) : null;
    }

    // 'replaced A with B' and 'A was replaced by B'.
    private static Change? Replacement(List<StatementToken> words, int at)
    {
        var by = words.FindIndex(at, static w => w.Text is "with" or "by" or "for");
        if (by < 0)
        {
            // 'B replaced A as treasurer'.
            return NextIn(words, at + 1, "as") is > 0 and var role && role > at + 1
                ? new Change(ChangeKind.Replaced, words[at].Text, [], Stems(words, at + 1, role), Before(words, at))
                : null;
        }

        var passive = at > 0 && words[at - 1].Text is "was" or "were" or "been" or "is" or "are" or "got" or "being";
        var old = passive || by == at + 1 ? Before(words, at) : Stems(words, at + 1, by);
        return new Change(ChangeKind.Replaced, words[at].Text, passive || by == at + 1 ? [] : Before(words, at), old, After(words, by + 1));
    }

    // 'moved (the standup) from A to B', 'switched to B'. Without a 'to' nothing is said to have changed.
    private static Change? Turn(List<StatementToken> words, int at)
    {
        var to = NextIn(words, at + 1, "to");
        if (to < 0)
        {
            return null;
        }

        var from = NextIn(words, at + 1, "from");
        var objectEnd = from >= 0 && from < to ? from : to;
        var subject = Before(words, at);
        subject.AddRange(Stems(words, at + 1, objectEnd));
        var old = from >= 0 ? from < to ? Stems(words, from + 1, to) : After(words, from + 1) : [];
        var kind = old.Count > 0 ? ChangeKind.Replaced : Moves.Contains(words[at].Text) ? ChangeKind.Moved : ChangeKind.Became;
        return new Change(kind, words[at].Text, subject, old, from > to ? Stems(words, to + 1, from) : After(words, to + 1));
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
