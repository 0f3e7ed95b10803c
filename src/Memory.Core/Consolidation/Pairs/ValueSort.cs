namespace Memory.Core.Consolidation.Pairs;

/// <summary>Tells of what sort a value is: a weekday, a time of day, a day, a version, or a number by its unit. Values of two sorts are never two values of one attribute.</summary>
internal static class ValueSort
{
    private const string Weekday = "weekday", Clock = "clock", Day = "day", Version = "version";

    /// <summary>The sort of a value in its canonical form.</summary>
    public static string Of(Fact value) => Of(value.Kind == FactKind.Date, value.Kind == FactKind.Version, value.Value);

    /// <summary>The sort of a word that is a value.</summary>
    public static string Of(StatementToken value) => Of(value.Kind == TokenKind.Date, value.Kind == TokenKind.Version, value.Stem);

    /// <summary>Whether a statement has a value that another has not, and of which sorts these are.</summary>
    public static IReadOnlyList<string> OnlyIn(PairStatement one, PairStatement other)
    {
        var sorts = new List<string>();
        foreach (var value in one.Values)
        {
            if (!other.ValueIndex.Contains(value.Value) && Of(value) is var sort && !sorts.Contains(sort))
            {
                sorts.Add(sort);
            }
        }

        return sorts;
    }

    private static string Of(bool isDate, bool isVersion, string value) => isVersion ? Version
        : !isDate ? value.IndexOf(' ', StringComparison.Ordinal) is > 0 and var unit ? Measure(value[(unit + 1)..]) : ""
        : value.Length == 3 && char.IsAsciiLetter(value[0]) ? Weekday
        : value.Contains(':', StringComparison.Ordinal) ? Clock
        : Day;

    // Two units of one measure are of one sort: 500 euros and 600 dollars, three weeks and two months.
    private static string Measure(string unit) => unit switch
    {
        "$" or "€" or "£" or "¥" or "chf" or "nok" or "sek" => "money",
        "ms" or "s" or "min" or "h" or "day" or "week" or "month" or "year" => "time",
        "b" or "kb" or "mb" or "gb" or "tb" or "kib" or "mib" or "gib" or "tib" => "size",
        _ => unit,
    };
}
