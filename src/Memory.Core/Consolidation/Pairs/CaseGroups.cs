using System.Collections.Frozen;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Finds statements about two different cases: staging and production, morning and evening, summer and winter. What holds in the one says nothing about the other.
/// </summary>
internal static class CaseGroups
{
    // The cases of a group exclude each other; words of one case are joined by a stroke.
    private const string Groups =
        "staging production development/dev test preview sandbox;morning/breakfast noon/lunch/lunchtime afternoon evening/dinner/supper night/bedtime;weekday weekend;spring summer autumn/fall winter;"
        + "primary secondary backup replica standby;server client;frontend backend;mobile desktop tablet laptop;input output;upload download;personal business;front rear;"
        + "upstairs downstairs;indoor/indoors outdoor/outdoors;arrival departure;outbound return;internal external;inbound/incoming outgoing/outbound;first second third;"
        + "mother father brother sister wife husband son daughter aunt uncle grandmother grandfather;kitchen bathroom bedroom basement garage garden attic";

    private static readonly FrozenDictionary<string, (int Group, int Case)[]> CasesOf = Read();
    private static readonly (int Group, int Case)[] Morning = CasesOf[WordForms.Stem("morning")];
    private static readonly (int Group, int Case)[] Evening = CasesOf[WordForms.Stem("evening")];

    /// <summary>Whether there is a group of cases of which one statement names one and the other another.</summary>
    public static bool Differ(PairStatement one, PairStatement other)
    {
        var here = Cases(one);
        if (here.Count == 0)
        {
            return false;
        }

        var there = Cases(other);
        return here.Exists(h => there.Exists(t => t.Group == h.Group) && !there.Exists(t => t.Group == h.Group && here.Contains(t)));
    }

    /// <summary>Whether a word names a case.</summary>
    public static bool IsCase(string stem) => CasesOf.ContainsKey(stem);

    private static List<(int Group, int Case)> Cases(PairStatement statement)
    {
        var cases = new List<(int, int)>();
        for (var i = 2; i < statement.Tokens.Count; i++)
        {
            // 'starts the day with tea' tells of the morning, 'ends the day with tea' of the evening.
            if (statement.Tokens[i].Text == "day" && statement.Tokens[i - 1].Text is "the" or "his" or "her" or "their" or "my" or "our")
            {
                cases.AddRange(statement.Tokens[i - 2].Text switch { "starts" or "start" or "begins" or "begin" => Morning, "ends" or "end" or "finishes" or "finish" => Evening, _ => [] });
            }
        }

        foreach (var term in statement.Terms)
        {
            if (CasesOf.TryGetValue(term.Stem, out var known))
            {
                cases.AddRange(known);
            }
        }

        return cases;
    }

    private static FrozenDictionary<string, (int, int)[]> Read()
    {
        var cases = new Dictionary<string, List<(int, int)>>(StringComparer.Ordinal);
        var groups = Groups.Split(';');
        for (var group = 0; group < groups.Length; group++)
        {
            var words = groups[group].Split(' ');
            for (var number = 0; number < words.Length; number++)
            {
                foreach (var stem in words[number].Split('/').Select(WordForms.Stem).Distinct(StringComparer.Ordinal))
                {
                    if (!cases.TryGetValue(stem, out var known))
                    {
                        cases.Add(stem, known = []);
                    }

                    known.Add((group, number));
                }
            }
        }

        return cases.ToFrozenDictionary(static c => c.Key, static c => c.Value.ToArray(), StringComparer.Ordinal);
    }
}
