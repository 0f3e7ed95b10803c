using Memory.Core.Memories;
using Memory.Core.Recall;
using Memory.Core.Recall.Ranking;
using Memory.Core.Recall.Time;
using Memory.Core.Storage;

namespace Memory.Core.Tests.Recall.Ranking;

public sealed class TimeQuestionTests
{
    [Theory]
    [InlineData("what happened last week?", true)]
    [InlineData("last week", true)]
    [InlineData("what did I do yesterday?", true)]
    [InlineData("what did we talk about two days ago?", true)]
    [InlineData("anything new since Friday?", true)]
    [InlineData("what happened on 2026-11-20", true)]
    [InlineData("what is new in November 2026?", true)]
    [InlineData("what did Ana repair last week?", false)]
    [InlineData("the sprint of last week", false)]
    [InlineData("what happens next week?", false)]
    [InlineData("what happened before the launch?", false)]
    [InlineData("what happened?", false)]
    public void AsksOnlyWhen_nothing_but_the_past_is_asked_for(string query, bool only) =>
        TimeQuestion.AsksOnlyWhen(query, TimeExpressions.Find(query, ServiceFixture.Start), ServiceFixture.Start).ShouldBe(only);

    [Theory]
    [InlineData("what did Ana repair last week?", "what did Ana repair ?")]
    [InlineData("the bridge two days ago", "the bridge")]
    [InlineData("the bridge in May 2023", "the bridge in May 2023")]
    [InlineData("the standup on Friday", "the standup on Friday")]
    [InlineData("the bridge last summer", "the bridge last summer")]
    [InlineData("the bridge on 2026-11-20", "the bridge on 2026-11-20")]
    [InlineData("the bridge before the launch", "the bridge before the launch")]
    public void WithoutRelative_leaves_what_a_text_could_say(string query, string left) =>
        string.Join(' ', TimeQuestion.WithoutRelative(query, TimeExpressions.Find(query, ServiceFixture.Start)).Split(' ', StringSplitOptions.RemoveEmptyEntries)).ShouldBe(left);

    [Theory]
    [InlineData("what happened last week?", "Bo painted the fence", "The kettle broke", "Cy fed the goat")]
    [InlineData("last week", "Bo painted the fence", "The kettle broke", "Cy fed the goat")]
    [InlineData("what did I do two days ago?", "Cy fed the goat")]
    [InlineData("what happened on 2026-11-18?", "The kettle broke")]
    [InlineData("what happened on 18 November 2026?", "The kettle broke", "On 18 November 2026 the fair opens")]
    public async Task Recall_of_nothing_but_a_time_gives_what_is_of_it(string query, params string[] expected)
    {
        await using var f = await FilledAsync();

        (await f.RecallAsync(query)).ShouldBe(expected, ignoreOrder: true);
    }

    [Fact]
    public async Task Recall_of_nothing_but_a_time_of_which_there_is_nothing_says_so()
    {
        await using var f = await FilledAsync();

        var result = await f.RecallAsync(new RecallRequest { Query = "what happened three months ago?" });

        result.Memories.ShouldBeEmpty();
        result.Note.ShouldNotBeNull().ShouldContain("of the time");
        (await f.RecallAsync(new RecallRequest { Query = "what happened last week?", Filter = new MemoryFilter { Kinds = [MemoryKind.Note] } })).Note.ShouldNotBeNull();
    }

    [Fact]
    public async Task Recall_of_a_subject_and_a_time_does_not_look_for_the_words_of_the_time()
    {
        await using var f = await FilledAsync();

        (await f.RecallAsync("what did Bo paint last week?"))[0].ShouldBe("Bo painted the fence");
    }

    // Words of time stand in what is of no such time.
    private static async Task<ServiceFixture> FilledAsync()
    {
        var f = new ServiceFixture();
        await f.StoreAsync("Bo painted the fence", MemoryKind.Event, occurredAt: ServiceFixture.Start.AddDays(-5));
        await f.StoreAsync("The kettle broke", MemoryKind.Event, occurredAt: ServiceFixture.Start.AddDays(-6));
        await f.StoreAsync("Cy fed the goat", MemoryKind.Event, occurredAt: ServiceFixture.Start.AddDays(-2));
        await f.StoreAsync("The last sprint takes two weeks", occurredAt: ServiceFixture.Start.AddDays(-200));
        await f.StoreAsync("Last week is the title of a song that Bo likes", occurredAt: ServiceFixture.Start.AddDays(-201));
        await f.StoreAsync("What happened is told two days later", occurredAt: ServiceFixture.Start.AddDays(-202));
        await f.StoreAsync("On 18 November 2026 the fair opens", occurredAt: ServiceFixture.Start.AddDays(-203));
        return f;
    }
}
