using Memory.Core.Consolidation;
using Memory.Core.Consolidation.Clusters;
using Memory.Core.Consolidation.Pairs;
using Memory.Core.Memories;
using Memory.Core.Recall;

namespace Memory.Core.Tests.Consolidation;

public sealed class VerificationTests
{
    private static readonly Namespace Ns = ServiceFixture.Ns;

    [Fact]
    public async Task RunAsync_puts_a_unit_back_that_takes_a_remembered_answer_away()
    {
        await using var f = new ServiceFixture();
        var asked = await f.StoreAsync("The lift was loud today", MemoryKind.Note);
        await f.RecallAsync("loud lift");
        await f.ReopenAsync();
        var hasty = new Consolidator(f.Store, f.Time, new Random(4), ConsolidationOptions.Default with { ArchiveAfter = TimeSpan.Zero, ArchiveActivation = 99, ArchiveConfidence = 1 });

        var report = (await hasty.RunAsync(new ConsolidationRequest(Ns))).Value!;

        report.RolledBack.Single().ShouldContain(asked.Memory.Id.Value);
        report.Counts.Archived.ShouldBe(0);
        report.Changes.ShouldBeEmpty();
        (await f.ShowAsync(asked.Memory.Id)).Memory.State.ShouldBe(MemoryState.Active);
    }

    [Fact]
    public async Task RunAsync_a_remembered_answer_that_was_merged_is_still_found()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("the release runs on Harbor");
        await f.StoreAsync("The release, runs on Harbor.");
        await f.RecallAsync("release of Harbor");
        await f.ReopenAsync();

        var report = await f.ConsolidateAsync();

        report.Counts.Merged.ShouldBe(1);
        report.RolledBack.ShouldBeEmpty();
    }

    [Fact]
    public async Task Recalls_are_remembered_as_hashes_only_and_not_at_all_when_opted_out()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The lift was loud today");
        await f.RecallAsync("zanzibar loud lift");
        await f.ReopenAsync();

        (await f.Store.ReadAsync(Ns, static r => r.RememberedQueries(10))).Single().Words.Count.ShouldBe(3);
        (await f.Store.ReadAsync(Ns, static r => r.RememberedQueries(10))).Single().Results.Count.ShouldBe(1);

        await using (var without = new MemoryService(f.Store, f.Time, new Random(2), RecallOptions.Default with { RememberedQueries = 0 }))
        {
            await without.RecallAsync(Ns, new RecallRequest { Query = "today" });
        }

        (await f.Store.ReadAsync(Ns, static r => r.RememberedQueries(10))).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Recalls_of_what_was_forgotten_are_remembered_no_more()
    {
        await using var f = new ServiceFixture();
        var id = (await f.StoreAsync("The lift was loud today")).Memory.Id;
        await f.RecallAsync("loud lift");
        await f.ReopenAsync();

        await f.Memories.ForgetAsync(Ns, [id]);

        (await f.Store.ReadAsync(Ns, static r => r.RememberedQueries(10))).ShouldBeEmpty();
    }

    [Fact]
    public void Added_sentences_are_those_that_the_best_worded_does_not_say()
    {
        var judge = new PairJudge(new OwnersWord([]), new PairDecision(new Problem(ProblemCode.ModelUnavailable, "none"), null, null));

        var (best, other) = (Judged(judge, "Harbor runs in Frankfurt. Ana owns the backups."), Judged(judge, "harbor runs in Frankfurt. The database is tuned by Henrik. Ana owns the backups."));
        var added = new List<AddedSentence>();

        AddedSentences.TryAdd(judge, best, other, added).ShouldBeTrue();

        added.ShouldBe([new AddedSentence(other.Record.Id, "The database is tuned by Henrik.")]);
        AddedSentences.Text("Harbor runs in Frankfurt.", ["The database is tuned by Henrik.", "the database is tuned by Henrik."]).ShouldBe("Harbor runs in Frankfurt. The database is tuned by Henrik.");
    }

    [Fact]
    public void Added_sentences_that_are_more_than_a_memory_may_hold_are_not_added_in_part()
    {
        var judge = new PairJudge(new OwnersWord([]), new PairDecision(new Problem(ProblemCode.ModelUnavailable, "none"), null, null));
        var (best, other) = (Judged(judge, $"Harbor runs in {new string('x', MemoryRecord.MaxContentLength - 40)}."), Judged(judge, "The database is tuned by Henrik. Ana owns the backups and Bo the alarms."));
        var added = new List<AddedSentence>();

        AddedSentences.TryAdd(judge, best, other, added).ShouldBeFalse();

        added.ShouldBeEmpty();
    }

    [Fact]
    public void Growth_takes_in_only_what_the_best_worded_stands_for()
    {
        var judge = new PairJudge(new OwnersWord([]), new PairDecision(new Problem(ProblemCode.ModelUnavailable, "none"), null, null));
        var growth = new ClusterGrowth(judge);
        JudgedMemory[] chain = [Judged(judge, "Mara likes small reviews."), Judged(judge, "mara likes small reviews"), Judged(judge, "mara likes small dogs")];
        var same = new PairVerdict(PairRelation.Duplicate, 0.9, PairOrder.Neither, "the same");
        growth.Add(chain[0].Record.Id, chain[1].Record.Id, same);
        // A mistake of the judge in the middle of a chain.
        growth.Add(chain[1].Record.Id, chain[2].Record.Id, same);

        var cluster = growth.Clusters(chain).ShouldHaveSingleItem();

        cluster.Best.ShouldBe(chain[0].Record.Id);
        cluster.Others.Single().Id.ShouldBe(chain[1].Record.Id);
    }

    private static JudgedMemory Judged(PairJudge judge, string content)
    {
        var record = new MemoryRecord
        {
            Id = MemoryId.New(new Random(Folding.Hash(content).GetHashCode())), Namespace = Ns, Content = content, Kind = MemoryKind.Fact, Tags = [], Importance = 0.5, Source = "agent",
            State = MemoryState.Active, Confidence = 0.7, ConfidenceAt = ServiceFixture.Start, CreatedAt = ServiceFixture.Start, UpdatedAt = ServiceFixture.Start, Sequence = 1,
        };
        return new JudgedMemory(record, judge.Read(record));
    }
}
