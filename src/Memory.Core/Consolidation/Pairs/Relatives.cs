using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>Finds statements about somebody's relative or companion: 'Gia's sister lives in Lyon' says nothing of where Gia lives.</summary>
internal static partial class Relatives
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> People = FrozenSet.ToFrozenSet(
        ("wife husband partner girlfriend boyfriend fiance fiancee ex brother sister sibling mother father mum mom dad parents son daughter child children kid kids baby twin friend friends boss manager colleague neighbour "
        + "neighbor cousin uncle aunt nephew niece grandmother grandfather grandma grandpa landlord dentist doctor teacher assistant tenant flatmate roommate dog cat horse").Split(' '), StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether one of two statements is about a relative of somebody, and the other knows of no such relative.</summary>
    public static bool Differ(PairStatement one, PairStatement other) => IsOfUnknown(one, other) || IsOfUnknown(other, one);

    /// <summary>Whether a word tells what somebody is to somebody: 'sister', 'boss'.</summary>
    public static bool IsOne(ReadOnlySpan<char> word) => People.Contains(word);

    private static bool IsOfUnknown(PairStatement statement, PairStatement other)
    {
        foreach (var match in Owned().EnumerateMatches(statement.Content))
        {
            var text = statement.Content.AsSpan(match.Index, match.Length);
            var person = text[(text.LastIndexOf(' ') + 1)..];
            var behind = statement.Content.AsSpan(match.Index + match.Length).TrimStart();
            // 'Gia's husband is Bo' is about Gia, and so is 'Gia's manager changed from Bo to Ada'.
            if (People.Contains(person) && !(behind.StartsWith("is ", StringComparison.OrdinalIgnoreCase) && behind.Length > 3 && char.IsUpper(behind[3]))
                && !behind.StartsWith("changed from ", StringComparison.OrdinalIgnoreCase)
                && !other.AllStems.Contains(WordForms.Stem(person.ToString().ToLowerInvariant())))
            {
                return true;
            }
        }

        foreach (var match in OfSomebody().EnumerateMatches(statement.Content))
        {
            var person = statement.Content.AsSpan(match.Index, match.Length);
            person = person[..person.IndexOf(' ')];
            if (People.Contains(person) && !other.AllStems.Contains(WordForms.Stem(person.ToString().ToLowerInvariant())))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}])\p{L}+ of \p{Lu}", RegexOptions.CultureInvariant)]
    private static partial Regex OfSomebody();

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}])(\p{L}+['’]s?|my|his|her|our|their|your) \p{L}+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Owned();
}
