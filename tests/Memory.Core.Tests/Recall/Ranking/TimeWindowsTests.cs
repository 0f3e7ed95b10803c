using Memory.Core.Memories;
using Memory.Core.Recall;
using Memory.Core.Recall.Index;
using Memory.Core.Recall.Ranking;
using Memory.Core.Recall.Time;
using Memory.Core.Storage;
using Memory.Core.Tests.Recall.Index;

namespace Memory.Core.Tests.Recall.Ranking;

public sealed class TimeWindowsTests
{
    private static readonly DateTimeOffset Launch = new(2026, 3, 14, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("what did we do before the launch?", true)]
    [InlineData("what did we do after the launch?", false)]
    public async Task Of_an_event_is_dated_by_the_memory_that_tells_of_it(string query, bool before)
    {
        var window = (await OfAsync(query)).ShouldHaveSingleItem();

        var at = Launch.ToUnixTimeMilliseconds();
        window.Weight.ShouldBe(0.6f);
        Contains(window, at).ShouldBeFalse();
        Contains(window, at - 7_200_000).ShouldBe(before);
        Contains(window, at + 7_200_000).ShouldBe(!before);
        Contains(window, DateTimeOffset.MinValue.ToUnixTimeMilliseconds()).ShouldBe(before);
    }

    [Fact]
    public async Task Of_an_event_that_no_memory_tells_of_is_nothing() => (await OfAsync("what did we do before the wedding?")).ShouldBeEmpty();

    [Fact]
    public async Task Of_an_event_that_the_filter_keeps_out_is_nothing() =>
        (await OfAsync("what did we do before the launch?", new MemoryFilter { Kinds = [MemoryKind.Note] })).ShouldBeEmpty();

    [Theory]
    [InlineData("what happened yesterday?", 1f, "2026-11-23", "2026-11-24")]
    [InlineData("what happened in May 2023?", 1f, "2023-05-01", "2023-06-01")]
    public async Task Of_a_date_is_its_interval(string query, float weight, string from, string to)
    {
        var window = (await OfAsync(query)).ShouldHaveSingleItem();

        window.ShouldBe(new TimeWindow(Of(from), Of(to), weight));

        static long Of(string date) => DateTimeOffset.Parse(date + "T00:00:00Z").ToUnixTimeMilliseconds();
    }

    [Fact]
    public async Task Of_a_guess_weighs_less() => (await OfAsync("what happened recently?")).ShouldHaveSingleItem().Weight.ShouldBe(0.6f);

    [Fact]
    public async Task Of_a_query_without_time_is_nothing() => (await OfAsync("who reviews the code?")).ShouldBeEmpty();

    [Fact]
    public async Task Recall_with_a_time_in_the_query_puts_what_happened_then_first()
    {
        await using var f = await FilledAsync();

        (await FirstAsync("did Ana repair something before the launch?")).ShouldBe("Ana repaired the bridge");
        (await FirstAsync("did Ana repair something after the launch?")).ShouldBe("Ana repaired the tower");
        (await f.RecallAsync("what did Ana repair in February 2026?"))[0].ShouldBe("Ana repaired the bridge");

        async Task<string> FirstAsync(string query) => (await f.RecallAsync(query)).First(static c => c.StartsWith("Ana", StringComparison.Ordinal));
    }

    private static bool Contains(TimeWindow window, long at) => at >= window.From && at < window.To;

    private static async Task<IReadOnlyList<TimeWindow>> OfAsync(string query, MemoryFilter? filter = null)
    {
        await using var f = await FilledAsync();
        var index = await TestIndex.OfAsync(f);
        return TimeWindows.Of(index, new Ranker(RecallOptions.Default, words: null), new IndexFilter(index, filter ?? new(), null), query, TimeExpressions.Find(query, ServiceFixture.Start));
    }

    private static async Task<ServiceFixture> FilledAsync()
    {
        var f = new ServiceFixture();
        await f.StoreAsync("The launch of the Harbor went well", MemoryKind.Event, occurredAt: Launch);
        await f.StoreAsync("Ana repaired the bridge", MemoryKind.Event, occurredAt: Launch.AddDays(-30));
        await f.StoreAsync("Ana repaired the tower", MemoryKind.Event, occurredAt: new DateTimeOffset(2026, 7, 2, 9, 0, 0, TimeSpan.Zero));
        return f;
    }
}
