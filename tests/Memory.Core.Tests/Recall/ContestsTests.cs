using Memory.Core.Memories;
using Memory.Core.Recall;

namespace Memory.Core.Tests.Recall;

public sealed class ContestsTests
{
    [Fact]
    public async Task Recall_of_two_that_contradict_each_other_shows_the_newer_first_although_the_older_has_the_words()
    {
        await using var f = new ServiceFixture();
        var (older, newer) = await ContestedAsync(f);

        var found = (await f.RecallAsync(new RecallRequest { Query = "when does the nightly backup run" })).Memories;

        found.Select(static m => m.Memory.Id).Take(2).ShouldBe([newer, older]);
        found[0].Score.ShouldBe(found[1].Score);
        found[0].ContestedWith.Single().Id.ShouldBe(older);
    }

    [Fact]
    public async Task Recall_shows_first_what_says_the_query_word_for_word_however_old()
    {
        await using var f = new ServiceFixture();
        var (older, _) = await ContestedAsync(f);

        (await f.RecallAsync(new RecallRequest { Query = "the nightly backup runs at 02:00" })).Memories[0].Memory.Id.ShouldBe(older);
    }

    [Fact]
    public async Task Recall_as_of_a_time_before_they_were_contested_moves_nothing()
    {
        await using var f = new ServiceFixture();
        var (older, newer) = await ContestedAsync(f);

        var then = (await f.RecallAsync(new RecallRequest { Query = "when does the nightly backup run", AsOf = ServiceFixture.Start.AddDays(1).AddMinutes(1) })).Memories;

        then.Select(static m => m.Memory.Id).Take(2).ShouldBe([older, newer]);
    }

    [Theory]
    [InlineData(0.9, 0.5, "c a b")]
    [InlineData(0.9, 0.3, "a b c")]
    public void NewerFirst_moves_only_what_answers_about_as_well(double first, double last, string expected)
    {
        (string Name, double Score)[] ranked = [("a", first), ("b", 0.6), ("c", last)];

        var ordered = Contests.NewerFirst(
            ranked, shown: 2, static place => place == 0 ? [2, -1] : [], static place => DateTimeOffset.UnixEpoch.AddDays(place), static r => r.Score, static (r, score) => r with { Score = score }, share: 0.4);

        string.Join(' ', ordered.Select(static r => r.Name)).ShouldBe(expected);
    }

    // The clock of the first is asked for in its own words; the second was stored a day later and is in doubt with it.
    private static async Task<(MemoryId Older, MemoryId Newer)> ContestedAsync(ServiceFixture f)
    {
        var older = await f.StoreAsync("The nightly backup runs at 02:00.", source: "document:ops");
        f.Time.Advance(TimeSpan.FromDays(1));
        var newer = await f.StoreAsync("Backup of the night, as far as the runbook knows: at 03:30.", source: "document:runbook");
        f.Time.Advance(TimeSpan.FromDays(1));
        await f.Store.WriteAsync(ServiceFixture.Ns, w =>
        {
            w.AddPairMark(new PairMark(older.Memory.Id, newer.Memory.Id, PairMarkKind.Contested, f.Time.GetUtcNow()));
            return true;
        });
        return (older.Memory.Id, newer.Memory.Id);
    }
}
