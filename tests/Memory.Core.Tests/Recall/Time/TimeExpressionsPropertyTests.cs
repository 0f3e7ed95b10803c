using System.Diagnostics;
using CsCheck;
using Memory.Core.Recall.Time;

namespace Memory.Core.Tests.Recall.Time;

public sealed class TimeExpressionsPropertyTests
{
    private const int MaxRuns = 50;
    // Takes 5 at most on an idle machine; what is not linear takes seconds.
    private const double MaxMilliseconds = 150;

    private static readonly string[] Words =
    [
        "in", "on", "the", "of", "May", "may", "March", "last", "this", "next", "past", "week", "weekend", "year", "days", "Friday", "Sun", "summer", "fall",
        "two", "a", "few", "couple", "ago", "before", "after", "since", "until", "by", "between", "and", "from", "to", "-", ",", ".", "?", "2023", "1999", "31", "3rd", "29",
        "February", "Q3", "1990s", "90s", "first", "half", "early", "mid", "end", "yesterday", "today", "now", "recently", "earlier", "night", "launch", "she", "left", "9999",
        "2023-05-08", "2024-02-29", "3/4/2023", "v1.2", "'s", "é", "\uD83D", "😀", "quarter", "decades", "hours", "second", "other", "day",
    ];

    private static readonly Gen<string> Queries = Gen.OneOf(
        Gen.String[0, 80],
        Gen.OneOf(Words).Array[0, 14].Select(static w => string.Join(' ', w)),
        Gen.OneOf(Words).Array[0, 14].Select(static w => string.Concat(w)));

    private static readonly Gen<DateTimeOffset> Times = Gen.OneOf(
        Gen.Select(Gen.Long[0, DateTime.MaxValue.Ticks], Gen.Int[-14 * 60, 14 * 60], Clamped),
        Gen.OneOf(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, new DateTimeOffset(2024, 2, 29, 23, 59, 59, TimeSpan.Zero)));

    [Fact]
    public void Find_any_text_at_any_time_gives_ordered_spans_inside_it_and_intervals_that_begin_before_they_end() =>
        Gen.Select(Queries, Times).Sample(static (query, now) =>
        {
            var end = 0;
            foreach (var found in TimeExpressions.Find(query, now))
            {
                found.Start.ShouldBeGreaterThanOrEqualTo(end);
                found.Length.ShouldBeGreaterThan(0);
                end = found.Start + found.Length;
                end.ShouldBeLessThanOrEqualTo(query.Length);
                if (found.IsEventRelative)
                {
                    found.EventStart.ShouldBeGreaterThan(found.Start);
                    (found.EventStart + found.EventLength).ShouldBe(end);
                    (found.From ?? found.To).ShouldBeNull();
                    found.IsExact.ShouldBeFalse();
                }
                else
                {
                    (found.From is null).ShouldBe(found.Relation == TimeRelation.Before);
                    (found.To is null).ShouldBe(found.Relation == TimeRelation.After);
                    (found.From > found.To).ShouldBeFalse();
                }
            }
        }, iter: 30_000);

    [Theory]
    [InlineData("early ")]
    [InlineData("day before ")]
    [InlineData("a day before the ")]
    [InlineData("between May ")]
    [InlineData("before the launch of ")]
    [InlineData("the last week of ")]
    [InlineData("3-")]
    [InlineData("2023.")]
    [InlineData("in in ")]
    [InlineData("'")]
    [InlineData("aaaaaaaaaa")]
    [InlineData("since the launch in ")]
    public void Find_long_text_takes_linear_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 32_768 / piece.Length));
        var now = new DateTimeOffset(2026, 11, 25, 14, 30, 0, TimeSpan.Zero);

        // The best of several: the first runs are not yet compiled well, and another process may take the core at any moment.
        var best = double.MaxValue;
        for (var i = 0; i < MaxRuns && best >= MaxMilliseconds; i++)
        {
            var watch = Stopwatch.GetTimestamp();
            TimeExpressions.Find(text, now);
            best = Math.Min(best, Stopwatch.GetElapsedTime(watch).TotalMilliseconds);
        }

        best.ShouldBeLessThan(MaxMilliseconds);
    }

    private static DateTimeOffset Clamped(long ticks, int minutes)
    {
        var offset = TimeSpan.FromMinutes(minutes);
        return new DateTimeOffset(Math.Clamp(ticks, TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay), offset);
    }
}
