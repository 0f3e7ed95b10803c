namespace Memory.Core.Recall.Time;

/// <summary>What a word or sign of the query can mean in an expression of time.</summary>
internal enum TimeTokenKind : byte
{
    /// <summary>Past the end of the query.</summary>
    End,

    /// <summary>Anything without a meaning here: other words, versions, file names, amounts of money.</summary>
    Word,

    /// <summary>Punctuation that ends a phrase.</summary>
    Break,
    Comma,
    Dash,

    /// <summary>A whole number that stands alone.</summary>
    Number,

    /// <summary>'3rd'.</summary>
    Ordinal,

    /// <summary>A date in digits; the value is yyyymmdd, with day 00 for a month.</summary>
    Date,

    /// <summary>'1990s'; the value is the first year. '90s' and 'nineties' are marked short and hold 90.</summary>
    Decade,

    /// <summary>'Q3'; the value is 1 to 4.</summary>
    QuarterName,
    Month,
    Weekday,
    Unit,
    Season,
    DayPart,

    /// <summary>'two'; the value is the number.</summary>
    Count,
    Couple,

    /// <summary>'few', 'several'; the value is the middle of what is meant.</summary>
    Few,

    /// <summary>'first' to 'fourth'.</summary>
    OrdinalWord,
    A,
    The,
    Of,
    In,
    On,

    /// <summary>'at', 'for', 'over', 'around': prepositions that stand before much else than times.</summary>
    At,
    From,
    To,
    Until,
    By,
    Since,
    Before,
    After,
    Between,
    And,
    As,
    Prior,
    Last,
    Past,
    This,
    Next,
    Ago,
    Now,
    Recently,
    Yesterday,
    Today,
    Tonight,
    Tomorrow,

    /// <summary>'early', 'mid', 'late'; the value is the third: 0, 1, 2.</summary>
    Part,

    /// <summary>'beginning', 'middle', 'end', before 'of'; the value is the third: 0, 1, 2.</summary>
    Edge,

    /// <summary>'earlier' (0), 'later' (1), before 'this week'.</summary>
    Earlier,
    Half,
    Other,
    These,

    /// <summary>'every', 'each': what follows recurs and is no time.</summary>
    Every,

    /// <summary>'Good', 'Black': the weekday that follows is a feast or a sale.</summary>
    FeastDay,

    /// <summary>'dollars', 'people': the number before it is no year.</summary>
    Counted,

    /// <summary>'my', 'their': begins an event, as 'the' does.</summary>
    Possessor,

    /// <summary>'he', 'they': begins an event that is a clause.</summary>
    Pronoun,

    /// <summary>'it', 'them', 'all': never an event.</summary>
    Vague,

    /// <summary>'did', 'when', 'to': ends an event.</summary>
    Closer,

    /// <summary>'look', 'named': the 'after' that follows is part of the verb.</summary>
    AfterVerb,
}

/// <summary>What else is known about a word.</summary>
[Flags]
internal enum TimeTokenMarks : byte
{
    None = 0,

    /// <summary>Begins with a capital letter.</summary>
    Capital = 1,

    /// <summary>Followed by 's.</summary>
    Possessive = 2,

    /// <summary>An abbreviation ('Sept', 'Fri'), or a short decade.</summary>
    Short = 4,

    /// <summary>No white space stands before it.</summary>
    Glued = 8,

    /// <summary>Digits that can be read as two dates: 3/4/2023.</summary>
    Ambiguous = 16,
}

/// <summary>A word or sign of the query.</summary>
/// <param name="Kind">What it can mean.</param>
/// <param name="Marks">How it is written.</param>
/// <param name="Value">The number, month (1 to 12), weekday (0 is Sunday), unit, season or third; see <see cref="TimeTokenKind"/>.</param>
/// <param name="Start">Where it begins, in UTF-16 characters.</param>
/// <param name="Length">Its length without a possessive ending.</param>
internal readonly record struct TimeToken(TimeTokenKind Kind, TimeTokenMarks Marks, int Value, int Start, int Length)
{
    public int End => Start + Length;

    public bool IsCapital => (Marks & TimeTokenMarks.Capital) != 0;

    public bool IsPossessive => (Marks & TimeTokenMarks.Possessive) != 0;

    public bool IsShort => (Marks & TimeTokenMarks.Short) != 0;

    public bool IsGlued => (Marks & TimeTokenMarks.Glued) != 0;

    public bool IsAmbiguous => (Marks & TimeTokenMarks.Ambiguous) != 0;
}
