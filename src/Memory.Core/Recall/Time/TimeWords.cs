namespace Memory.Core.Recall.Time;

/// <summary>The English words that can be part of an expression of time.</summary>
internal static class TimeWords
{
    /// <summary>The longest word in the table, in characters.</summary>
    public const int MaxLength = 10;

    // A plain dictionary and not a frozen one: it is read a few dozen times a query and must cost nothing at start-up.
    private static readonly Dictionary<string, (TimeTokenKind Kind, int Value, bool Short)>.AlternateLookup<ReadOnlySpan<char>> Table =
        Build().GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Looks a word up, in any letter case.</summary>
    public static bool TryGet(ReadOnlySpan<char> word, out (TimeTokenKind Kind, int Value, bool Short) meaning)
    {
        meaning = default;
        return word.Length <= MaxLength && Table.TryGetValue(word, out meaning);
    }

    private static Dictionary<string, (TimeTokenKind Kind, int Value, bool Short)> Build()
    {
        var table = new Dictionary<string, (TimeTokenKind, int, bool)>(300, StringComparer.OrdinalIgnoreCase);

        // Words in one group mean the same number; a number counts up from the first group.
        void Add(TimeTokenKind kind, int first, string groups, bool isShort = false)
        {
            foreach (var group in groups.Split(", "))
            {
                foreach (var word in group.Split(' '))
                {
                    table[word] = (kind, first, isShort);
                }

                first++;
            }
        }

        Add(TimeTokenKind.Month, 1, "january, february, march, april, may, june, july, august, september, october, november, december");
        Add(TimeTokenKind.Month, 1, "jan, feb, mar, apr", isShort: true);
        Add(TimeTokenKind.Month, 6, "jun, jul, aug, sep sept, oct, nov, dec", isShort: true);
        Add(TimeTokenKind.Weekday, 0, "sunday, monday, tuesday, wednesday, thursday, friday, saturday");
        Add(TimeTokenKind.Weekday, 0, "sun, mon, tue tues, wed, thu thur thurs, fri, sat", isShort: true);
        Add(TimeTokenKind.Unit, (int)TimeUnit.Minute,
            "minute minutes mins, hour hours, day days, weekend weekends, week weeks, fortnight fortnights, month months, quarter quarters, year years, decade decades");
        Add(TimeTokenKind.Season, 0, "winter, spring, summer, autumn fall");
        Add(TimeTokenKind.DayPart, 0, "morning, afternoon, evening, night");
        Add(TimeTokenKind.Count, 1, "one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve");
        Add(TimeTokenKind.OrdinalWord, 1, "first, second, third, fourth");
        Add(TimeTokenKind.Few, 3, "few, several");
        Add(TimeTokenKind.Part, 0, "early, mid, late");
        Add(TimeTokenKind.Edge, 0, "beginning start, middle, end");
        Add(TimeTokenKind.Earlier, 0, "earlier, later");
        Add(TimeTokenKind.Last, 0, "last previous");
        Add(TimeTokenKind.Recently, 0, "recently lately recent");
        Add(TimeTokenKind.In, 0, "in during within throughout");
        Add(TimeTokenKind.At, 0, "at for over around");
        Add(TimeTokenKind.To, 0, "to through");
        Add(TimeTokenKind.Until, 0, "until till");
        Add(TimeTokenKind.A, 0, "a an");
        Add(TimeTokenKind.Ago, 0, "ago back");
        Add(TimeTokenKind.Every, 0, "every each");
        Add(TimeTokenKind.FeastDay, 0, "good black ash fat super palm cyber easter ruby");
        Add(TimeTokenKind.Counted, 0,
            "dollars euros pounds people users items words tokens files rows lines steps characters chars bytes pixels requests points times cases ways meters metres miles km kg ms");
        Add(TimeTokenKind.Possessor, 0, "my our his her their your its");
        Add(TimeTokenKind.Pronoun, 0, "i he she they we you");
        Add(TimeTokenKind.Vague, 0, "it them him me us all that then long anything everything something");
        Add(TimeTokenKind.Closer, 0,
            "did does do was is were are has have had will would should can could when who whom what where why how which because if while but so or");
        Add(TimeTokenKind.AfterVerb, 0, "look looks looked looking named naming modeled modelled chase chased chasing sought");
        foreach (var kind in new[]
                 {
                     TimeTokenKind.Couple, TimeTokenKind.The, TimeTokenKind.Of, TimeTokenKind.On, TimeTokenKind.From, TimeTokenKind.By, TimeTokenKind.Since,
                     TimeTokenKind.Before, TimeTokenKind.After, TimeTokenKind.Between, TimeTokenKind.And, TimeTokenKind.As, TimeTokenKind.Prior, TimeTokenKind.Past,
                     TimeTokenKind.This, TimeTokenKind.Next, TimeTokenKind.Now, TimeTokenKind.Yesterday, TimeTokenKind.Today, TimeTokenKind.Tonight,
                     TimeTokenKind.Tomorrow, TimeTokenKind.Half, TimeTokenKind.Other, TimeTokenKind.These,
                 })
        {
            table[kind.ToString()] = (kind, 0, false);
        }

        string[] decades = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
        for (var i = 0; i < decades.Length; i++)
        {
            table[decades[i]] = (TimeTokenKind.Decade, (i + 2) * 10, true);
        }

        return table;
    }
}
