namespace Memory.Core.Recall.Time;

/// <summary>The units that expressions of time count in. Seconds are missing on purpose: 'second' is nearly always an ordinal.</summary>
internal enum TimeUnit
{
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
}
