using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// What stands over every judgement, learned or not: a pair whose numbers, units, dates, versions, names, negations, signs or symbols
/// differ, or of which one asks, is never a duplicate, and no text replaces others unless it holds all of their facts. No probability enters.
/// </summary>
internal static class FactGuard
{
    /// <summary>Why two statements cannot be duplicates; <see langword="null"/> when nothing speaks against it.</summary>
    public static string? ForbidsDuplicate(PairStatement one, PairStatement other) =>
        OfOneSort(one, other)
        ?? one.Writing.Differs(other.Writing)
        ?? (HasValueMissingFrom(one, other) || HasValueMissingFrom(other, one) ? "numbers, units, dates or versions differ" : null)
        ?? (ValueOrder.Differs(one, other) || CountedThings.Differ(one, other) ? "the numbers stand in another order" : null)
        ?? (Limits.Differ(one, other) ? "what one says is limited" : null)
        ?? (ValueWords.Differ(one, other) ? "a word at a number turns it" : null)
        ?? (Relatives.Differ(one, other) ? "one is about a relative of somebody" : null)
        ?? (AddedModifier.Narrows(one, other) ? "a word more narrows what one says" : null)
        ?? (NamesDiffer(one, other) || NameEndings.Differ(one, other) ? "names differ" : null)
        ?? (Hearsay.Differ(one, other) ? "one tells what somebody says" : null)
        ?? (Framing.Differs(one, other) ? "what one says stands in a frame" : null)
        ?? (Orders.Differ(one, other) ? "one asks for what the other says is done" : null)
        ?? (Participants.Differ(one, other) ? "who does what to whom differs" : null)
        ?? (NegationsDiffer(one, other) ? "one denies what the other does not" : null)
        ?? (Changes.EndsWhatIsSaid(one, other) || Changes.EndsWhatIsSaid(other, one) || Changes.FollowOneAnother(one, other) ? "one says that it is so no more" : null)
        ?? (SmallDifferences.Are(one, other) ? "the same words but for one or two that are others" : null)
        ?? (SmallWords.Differ(one, other) ? "a small word turns the meaning" : null)
        ?? (Opposed(one, other) ? "a word of one is the opposite of the other's" : null)
        ?? (CaseGroups.Differ(one, other) ? "about different cases" : null)
        ?? (ReportWords.Differ(one, other) ? "another word stands where the other names something" : null)
        ?? (IsTurnedRound(one, other) ? "the same words stand in another order" : null)
        ?? (MinimalPair.Is(one, other) || OnePlace.IsAnother(one, other) ? "the same words but for one that is another" : null)
        ?? (MinimalPair.IsOfAnother(one, other) || MinimalPair.IsOfAnother(other, one) ? "one is of the user and the other of somebody else" : null)
        ?? Unreadable(one, other);

    /// <summary>Why one statement cannot be said to hold all of another; <see langword="null"/> when nothing speaks against it.</summary>
    /// <param name="holder">Who should say all of the other.</param>
    /// <param name="held">Whose facts must all be in it.</param>
    public static string? ForbidsContains(PairStatement holder, PairStatement held) =>
        OfOneSort(holder, held)
        ?? holder.Writing.DiffersWithin(held.Writing)
        ?? (HasValueMissingFrom(held, holder) ? "a number, date or version is not in the longer" : null)
        ?? (Limits.Differ(holder, held) || Limits.AreMore(holder, held) ? "what the longer says is limited" : null)
        ?? (Hearsay.Differ(holder, held) ? "one tells what somebody says" : null)
        ?? (Framing.Differs(holder, held) ? "what one says stands in a frame" : null)
        ?? (Orders.Differ(holder, held) ? "one asks for what the other says is done" : null)
        ?? (Participants.Differ(holder, held) ? "who does what to whom differs" : null)
        ?? (Permissions.Narrow(holder, held) ? "the longer allows or asks for less" : null)
        ?? (ValueWords.Differ(holder, held) ? "a word at a number turns it" : null)
        ?? (Relatives.Differ(holder, held) ? "one is about a relative of somebody" : null)
        ?? (AddedModifier.Narrows(holder, held) ? "a word more narrows what one says" : null)
        ?? (VerbTenses.Differ(holder, held) ? "what one says was so, the other says is" : null)
        ?? (ValueOrder.DiffersWithin(holder, held) || CountedThings.Differ(holder, held) ? "the numbers stand in another order in the longer" : null)
        ?? (Changes.EndsWhatIsSaid(holder, held) || Changes.FollowOneAnother(holder, held) ? "the longer says that it is so no more" : null)
        ?? (SmallDifferences.Are(holder, held) ? "the same words but for one or two that are others" : null)
        ?? (SmallWords.Differ(holder, held) ? "a small word turns the meaning" : null)
        ?? (IsTurnedRound(holder, held) ? "the same words stand in another order" : null)
        ?? (CaseGroups.Differ(holder, held) ? "about different cases" : null)
        ?? (ReportWords.Differ(holder, held) ? "another word stands where the other names something" : null)
        ?? (NameEndings.Differ(holder, held) || (Missing(held, holder) is var missing && (missing.Sure || (missing.Any && Missing(holder, held).Any))) ? "a name is not in the longer" : null)
        ?? (held.Denied.Count > holder.Denied.Count || (held.Denied.Count < holder.Denied.Count && IsOneSentence(holder)) || held.Denied.Any(d => !IsDeniedIn(holder, d)) || Undenied(holder, held) ? "one denies what the other does not" : null)
        ?? (Opposed(holder, held) ? "a word of one is the opposite of the other's" : null)
        ?? (OnePlace.IsAnother(holder, held) ? "the same words but for one that is another" : null)
        ?? Unreadable(holder, held);

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

    private static bool Opposed(PairStatement one, PairStatement other) => Opposites.Between(one, other);

    // 'is not allergic to nuts but to milk' does not say 'may eat nuts'.
    private static bool IsOneSentence(PairStatement statement) => !statement.Tokens.Skip(1).Any(static t => t.StartsSentence);

    private static string? OfOneSort(PairStatement one, PairStatement other) =>
        one.Kind != other.Kind ? "kinds differ"
        : one.Kind == MemoryKind.Event && one.OccurredAt != other.OccurredAt ? "events of different times"
        : null;

    private static string? Unreadable(PairStatement one, PairStatement other) =>
        (one.IsForeign || other.IsForeign || one.IsCut || other.IsCut) && !PairStatement.HaveSameText(one, other)
            ? "in another language or too long to compare word for word"
            : null;
}
