namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Compares where values stand: 'opens at 3 bar and closes at 9' is not 'opens at 9 bar and closes at 3', and 'mast 3-7' is not 'mast 7-3', although the numbers are the same.
/// Members of a list may change places, and so may clauses that take their values with them.
/// </summary>
internal static class ValueOrder
{
    private readonly record struct Placed(string Value, string Sort, string After, bool InList);

    /// <summary>Whether values that both statements have say something else in one than in the other.</summary>
    public static bool Differs(PairStatement one, PairStatement other)
    {
        if (one.Values.Count == 0 && other.Values.Count == 0)
        {
            return false;
        }

        var (here, there) = (Values(one), Values(other));
        foreach (var sort in here.Concat(there).Select(static p => p.Sort).Distinct().ToList())
        {
            var (ofOne, ofOther) = (Of(here, sort), Of(there, sort));
            if (!Sequence(ofOne).SequenceEqual(Sequence(ofOther)) && !InPlace(ofOne).SequenceEqual(InPlace(ofOther)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the values that one statement holds of another stand in another order in it.</summary>
    /// <param name="holder">Which may have more values.</param>
    /// <param name="held">Whose values are looked for.</param>
    public static bool DiffersWithin(PairStatement holder, PairStatement held)
    {
        var (all, some) = (Values(holder), Values(held));
        return some.Count > 1 && some.Select(static p => p.Sort).Distinct().Any(sort => Of(some, sort) is { Count: > 1 } wanted
            && !IsWithin(Sequence(wanted), Sequence(Of(all, sort))) && InPlace(wanted).Except(InPlace(Of(all, sort)), StringComparer.Ordinal).Any());
    }

    private static List<Placed> Of(List<Placed> values, string sort) => values.FindAll(v => v.Sort == sort);

    // In the order they stand; those that follow each other in a list in the order of their names.
    private static IEnumerable<string> Sequence(List<Placed> values)
    {
        for (var i = 0; i < values.Count;)
        {
            var end = i + 1;
            while (values[i].InList && end < values.Count && values[end].InList)
            {
                end++;
            }

            foreach (var value in values.GetRange(i, end - i).Select(static v => v.Value).Order(StringComparer.Ordinal))
            {
                yield return value;
            }

            i = end;
        }
    }

    private static IEnumerable<string> InPlace(List<Placed> values) => values.Select(static v => $"{v.After}\0{v.Value}").Order(StringComparer.Ordinal);

    private static bool IsWithin(IEnumerable<string> some, IEnumerable<string> all)
    {
        using var next = all.GetEnumerator();
        return some.All(value =>
        {
            while (next.MoveNext())
            {
                if (next.Current == value)
                {
                    return true;
                }
            }

            return false;
        });
    }

    private static List<Placed> Values(PairStatement statement)
    {
        var values = new List<Placed>();
        var after = "";
        foreach (var token in statement.Tokens)
        {
            if (token.IsValue)
            {
                values.Add(new Placed(token.Stem, ValueSort.Of(token), after, token.InList));
                // What follows directly belongs to this value, not to the word before it.
                after = values[^1].InList ? after : token.Stem;
            }
            else if (token.IsContent)
            {
                after = token.Stem;
            }
        }

        return values;
    }
}
