using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// What stands over every judgement, learned or not: a pair whose numbers, units, dates, versions, names, negations, signs or symbols
/// differ, or of which one asks, is never a duplicate, and no text replaces others unless it holds all of their facts. No probability enters
/// but where a check yields: what it suspects, and has no fact for, a model that is sure may know better.
/// </summary>
internal static class FactGuard
{
    /// <summary>What speaks against a duplicate.</summary>
    public static readonly IReadOnlyList<GuardCheck<(PairStatement One, PairStatement Other)>> DuplicateChecks =
    [
        new("kinds differ", static p => p.One.Kind != p.Other.Kind),
        new("events of different times", static p => AreOfOtherTimes(p.One, p.Other)),
        new("signs, symbols or marks differ, or one asks", static p => p.One.Writing.Differs(p.Other.Writing) is not null),
        new("numbers, units, dates or versions differ", static p => HasValueMissingFrom(p.One, p.Other) || HasValueMissingFrom(p.Other, p.One)),
        new("the numbers stand in another order", static p => ValueOrder.Differs(p.One, p.Other) || CountedThings.Differ(p.One, p.Other)),
        new("what one says is limited", static p => Limits.Differ(p.One, p.Other)),
        new("a word at a number turns it", static p => ValueWords.Differ(p.One, p.Other)),
        new("one is about a relative of somebody", static p => Relatives.Differ(p.One, p.Other)),
        new("a word more narrows what one says", static p => AddedModifier.Narrows(p.One, p.Other)),
        new("names differ", static p => NamesDiffer(p.One, p.Other) || NameEndings.Differ(p.One, p.Other)),
        new("one tells what somebody says", static p => Hearsay.Differ(p.One, p.Other)),
        new("what one says stands in a frame", static p => Framing.Differs(p.One, p.Other)),
        new("one asks for what the other says is done", static p => Orders.Differ(p.One, p.Other)),
        new("who does what to whom differs", static p => Participants.Differ(p.One, p.Other)),
        new("one denies what the other does not", static p => NegationsDiffer(p.One, p.Other)),
        new("one says that it is so no more", static p => Changes.EndsWhatIsSaid(p.One, p.Other) || Changes.EndsWhatIsSaid(p.Other, p.One) || Changes.FollowOneAnother(p.One, p.Other)),
        new("the same words but for one or two that are others", static p => SmallDifferences.Are(p.One, p.Other)),
        new("a small word turns the meaning", static p => SmallWords.Differ(p.One, p.Other)),
        new("a word of one is the opposite of the other's", static p => Opposites.Between(p.One, p.Other)),
        new("about different cases", static p => CaseGroups.Differ(p.One, p.Other)),
        new("another word stands where the other names something", static p => ReportWords.Differ(p.One, p.Other)),
        new("the same words stand in another order", static p => IsTurnedRound(p.One, p.Other)),
        new("the same words but for one that is another", static p => MinimalPair.Is(p.One, p.Other) || OnePlace.IsAnother(p.One, p.Other)),
        new("one is of the user and the other of somebody else", static p => MinimalPair.IsOfAnother(p.One, p.Other) || MinimalPair.IsOfAnother(p.Other, p.One)),
        new("in another language or too long to compare word for word", static p => AreUnreadable(p.One, p.Other)),
    ];

    /// <summary>What speaks against it that one statement holds all of another.</summary>
    public static readonly IReadOnlyList<GuardCheck<(PairStatement Holder, PairStatement Held)>> HoldChecks =
    [
        new("kinds differ", static p => p.Holder.Kind != p.Held.Kind),
        new("events of different times", static p => AreOfOtherTimes(p.Holder, p.Held)),
        new("signs, symbols or marks differ, or one asks", static p => p.Holder.Writing.DiffersWithin(p.Held.Writing) is not null),
        new("a number, date or version is not in the longer", static p => HasValueMissingFrom(p.Held, p.Holder)),
        new("what the longer says is limited", static p => Limits.Differ(p.Holder, p.Held) || Limits.AreMore(p.Holder, p.Held)),
        new("one tells what somebody says", static p => Hearsay.Differ(p.Holder, p.Held)),
        new("what one says stands in a frame", static p => Framing.Differs(p.Holder, p.Held)),
        new("one asks for what the other says is done", static p => Orders.Differ(p.Holder, p.Held)),
        new("who does what to whom differs", static p => Participants.Differ(p.Holder, p.Held)),
        new("the longer allows or asks for less", static p => Permissions.Narrow(p.Holder, p.Held)),
        new("a word at a number turns it", static p => ValueWords.Differ(p.Holder, p.Held)),
        new("one is about a relative of somebody", static p => Relatives.Differ(p.Holder, p.Held)),
        new("a word more narrows what one says", static p => AddedModifier.Narrows(p.Holder, p.Held)),
        new("what one says was so, the other says is", static p => VerbTenses.Differ(p.Holder, p.Held)),
        new("the numbers stand in another order in the longer", static p => ValueOrder.DiffersWithin(p.Holder, p.Held) || CountedThings.Differ(p.Holder, p.Held)),
        new("the longer says that it is so no more", static p => Changes.EndsWhatIsSaid(p.Holder, p.Held) || Changes.FollowOneAnother(p.Holder, p.Held)),
        new("the same words but for one or two that are others", static p => SmallDifferences.Are(p.Holder, p.Held)),
        new("a small word turns the meaning", static p => SmallWords.Differ(p.Holder, p.Held)),
        new("the same words stand in another order", static p => IsTurnedRound(p.Holder, p.Held)),
        new("about different cases", static p => CaseGroups.Differ(p.Holder, p.Held)),
        new("another word stands where the other names something", static p => ReportWords.Differ(p.Holder, p.Held)),
        new("a name is not in the longer", static p => NameEndings.Differ(p.Holder, p.Held) || (Missing(p.Held, p.Holder) is var missing && (missing.Sure || (missing.Any && Missing(p.Holder, p.Held).Any)))),
        new("one denies what the other does not", static p => p.Held.Denied.Count > p.Holder.Denied.Count || p.Held.Denied.Any(d => !IsDeniedIn(p.Holder, d)) || Undenied(p.Holder, p.Held)),
        new("the longer denies it", static p => DeniesMore(p.Holder, p.Held) && !HoldsBeforeDenial(p.Holder, p.Held)),
        new("the longer denies something else", static p => DeniesMore(p.Holder, p.Held) && HoldsBeforeDenial(p.Holder, p.Held), Yields: true),
        new("a word of one is the opposite of the other's", static p => Opposites.Between(p.Holder, p.Held)),
        new("the same words but for one that is another", static p => OnePlace.IsAnother(p.Holder, p.Held)),
        new("in another language or too long to compare word for word", static p => AreUnreadable(p.Holder, p.Held)),
    ];

    /// <summary>Why two statements cannot be duplicates; <see langword="null"/> when nothing speaks against it.</summary>
    public static string? ForbidsDuplicate(PairStatement one, PairStatement other) => DuplicateChecks.FirstReason((one, other));

    /// <summary>Why one statement cannot be said to hold all of another; <see langword="null"/> when nothing speaks against it.</summary>
    /// <param name="holder">Who should say all of the other.</param>
    /// <param name="held">Whose facts must all be in it.</param>
    public static string? ForbidsContains(PairStatement holder, PairStatement held) => HoldChecks.FirstReason((holder, held));

    /// <summary>
    /// The facts of some texts that others do not hold: what a merge would lose. With the arguments exchanged: what a wording has invented.
    /// </summary>
    /// <param name="inputs">The texts whose facts must be kept.</param>
    /// <param name="outputs">The texts that should hold them.</param>
    public static IReadOnlyList<Fact> Lost(IReadOnlyList<PairStatement> inputs, IReadOnlyList<PairStatement> outputs)
    {
        var lost = new HashSet<Fact>();
        foreach (var input in inputs)
        {
            lost.UnionWith(input.Values.Where(v => !outputs.Any(o => o.ValueIndex.Contains(v.Value))));
            lost.UnionWith(input.Names.Where(n => !outputs.Any(o => Holds(o, n))).Select(static n => new Fact(FactKind.Name, n.Key)));
            lost.UnionWith(input.Denied.Where(d => !outputs.Any(o => IsDeniedIn(o, d))).Select(static d => new Fact(FactKind.Negation, $"not {d}".TrimEnd())));
        }

        return [.. lost.OrderBy(static f => f.Kind).ThenBy(static f => f.Value, StringComparer.Ordinal)];
    }

    /// <summary>Whether the names of two statements differ: a sure one missing on either side, or a doubtful one on both.</summary>
    internal static bool NamesDiffer(PairStatement one, PairStatement other)
    {
        var (inOne, inOther) = (Missing(one, other), Missing(other, one));
        return inOne.Sure || inOther.Sure || (inOne.Any && inOther.Any);
    }

    /// <summary>Whether a statement holds a name, in whatever spelling.</summary>
    internal static bool Holds(PairStatement statement, StatementName name)
    {
        if (name.Stems.All(statement.AllStems.Contains))
        {
            return true;
        }

        // 'SSO' is 'single sign on'; a path or address is looked for as it stands.
        return (name.Key.Any(static c => !char.IsLetter(c) && c != ' ') && StandsIn(statement.Content, name.Key))
            || (name.Stems.Count == 1 && Initials.AreIn(statement, name.Key));
    }

    // Whole: 's5' does not stand in 's53', nor 'src/app' in 'src/app/main'.
    private static bool StandsIn(string content, string key)
    {
        for (var at = content.IndexOf(key, StringComparison.OrdinalIgnoreCase); at >= 0; at = content.IndexOf(key, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + key.Length;
            if ((at == 0 || !char.IsLetterOrDigit(content[at - 1])) && (end == content.Length || !GoesOn(content, end)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool GoesOn(string content, int end) =>
        char.IsLetterOrDigit(content[end]) || (content[end] is '-' or '_' or '/' or '.' && end + 1 < content.Length && char.IsLetterOrDigit(content[end + 1]));

    /// <summary>Whether one statement denies another thing than the other does.</summary>
    internal static bool NegationsDiffer(PairStatement one, PairStatement other) =>
        one.Denied.Count != other.Denied.Count || Undenied(one, other) || Undenied(other, one);

    /// <summary>Whether one says what the other denies.</summary>
    internal static bool DeniesTheOther(PairStatement one, PairStatement other) => Undenied(one, other) || Undenied(other, one);

    // 'is vegetarian, not vegan' and 'is vegan, not vegetarian': what one denies the other affirms.
    private static bool Undenied(PairStatement one, PairStatement other) =>
        one.Denied.Any(d => d.Length > 0 && !other.Denied.Contains(d, StringComparer.Ordinal) && other.TermIndex.Contains(d));

    private static bool IsDeniedIn(PairStatement statement, string denied) =>
        denied.Length == 0 ? statement.Denied.Count > 0 : statement.Denied.Contains(denied, StringComparer.Ordinal);

    private static bool HasValueMissingFrom(PairStatement one, PairStatement other) => one.Values.Any(v => !other.ValueIndex.Contains(v.Value));

    private static (bool Sure, bool Any) Missing(PairStatement from, PairStatement inOther)
    {
        var any = false;
        foreach (var name in from.Names)
        {
            if (!Holds(inOther, name))
            {
                if (name.IsSure)
                {
                    return (true, true);
                }

                any = true;
            }
        }

        return (false, any);
    }

    private static bool IsTurnedRound(PairStatement one, PairStatement other) =>
        WordOrder.NamesAreSwapped(one, other) || WordOrder.IsShuffled(one, other) || WordOrder.RolesAreSwapped(one, other)
        || Sides.Differ(one, other) || Directions.Differ(one, other);

    // 'is not allergic to nuts but to milk' does not say 'may eat nuts'.
    private static bool IsOneSentence(PairStatement statement) => !statement.Tokens.Skip(1).Any(static t => t.StartsSentence);

    private static bool DeniesMore(PairStatement holder, PairStatement held) => held.Denied.Count < holder.Denied.Count && IsOneSentence(holder);

    // 'Bakes on Sundays and not on Mondays' says 'bakes on Sundays'; 'does not officially bake' says nothing of the kind.
    private static bool HoldsBeforeDenial(PairStatement holder, PairStatement held)
    {
        var before = holder.Tokens.TakeWhile(static t => t.Kind != TokenKind.Negation).Select(static t => t.Stem).ToHashSet(StringComparer.Ordinal);
        return held.Terms.All(t => before.Contains(t.Stem));
    }

    private static bool AreOfOtherTimes(PairStatement one, PairStatement other) => one.Kind == MemoryKind.Event && one.OccurredAt != other.OccurredAt;

    private static bool AreUnreadable(PairStatement one, PairStatement other) =>
        (one.IsForeign || other.IsForeign || one.IsCut || other.IsCut) && !PairStatement.HaveSameText(one, other);
}
