using System.Text.Json;
using Memory.Core.Consolidation;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using static Memory.Tests.LoopbackServer;

namespace Memory.Core.Tests.Consolidation.Language;

/// <summary>The pipeline with a language model: what it says shapes the result, and without it the rules do.</summary>
public sealed class LanguageModelStagesTests
{
    private const string One = "Harbor is listening on port 8443 in production.";
    private const string Other = "Harbor listens on port 8443. In production.";

    private static readonly EmbeddingSource Embeddings = new(StaticEmbedder.DefaultPath);

    // Chance that differs from run to run of one test: they are named by it.
    private readonly Random _random = new(5);

    [Fact]
    public async Task A_merge_that_adds_sentences_is_worded_by_the_model_with_lineage_and_can_be_undone()
    {
        await using var f = new ServiceFixture();
        await using var model = new FakeModel(static _ => """{"wording":"Harbor listens in production on port 8443."}""");
        await using var helpful = new FakeModel(static _ => """{"wording":"Harbor listens on port 8443, in production."}""");
        await f.StoreAsync(One);
        await f.StoreAsync(Other);
        var before = await f.DumpAsync();

        var refused = await ConsolidateAsync(f, model, dryRun: true);
        var report = await ConsolidateAsync(f, helpful);

        (refused.LanguageModel.Accepted, refused.LanguageModel.Refused).ShouldBe((0, 1));
        report.LanguageModel.Words.ShouldBe("Language model: 1 calls, 1 answers used, 0 refused, 0 failed; 0 questions left to the rules.");
        (await f.InStateAsync(MemoryState.Active)).ShouldBe(["Harbor listens on port 8443, in production."]);
        (await f.InStateAsync(MemoryState.Merged)).ShouldBe([One, Other], ignoreOrder: true);
        (await f.Consolidator.DigestAsync(ServiceFixture.Ns)).Run!.Outcome!.LanguageModel.ShouldBe(report.LanguageModel.Words);
        (await f.Consolidator.UndoAsync(ServiceFixture.Ns, report.Run!.Value)).Succeeded.ShouldBeTrue();
        (await f.InStateAsync(MemoryState.Active)).ShouldBe([One, Other], ignoreOrder: true);
        (await f.DumpAsync()).Where(static l => l.Contains("State = Active", StringComparison.Ordinal)).Count().ShouldBe(before.Length);
    }

    [Theory]
    [InlineData("""{"wording":"Harbor listens on port 8080 in production."}""")]
    [InlineData("I am sorry, I cannot do that.")]
    public async Task A_merge_is_worded_by_the_rules_when_the_model_lies(string lie)
    {
        await using var byRules = new ServiceFixture();
        await using var byModel = new ServiceFixture();
        await using var model = new FakeModel(_ => lie);
        foreach (var f in new[] { byRules, byModel })
        {
            await f.StoreAsync(One);
            await f.StoreAsync(Other);
        }

        var report = await ConsolidateAsync(byModel, model);
        await byRules.ConsolidateAsync();

        report.LanguageModel.Refused.ShouldBe(1);
        (await byModel.InStateAsync(MemoryState.Active)).ShouldBe(await byRules.InStateAsync(MemoryState.Active));
    }

    [Fact]
    public async Task A_near_tie_is_decided_by_the_model_and_the_report_says_so()
    {
        await using var f = await NearTieAsync();
        await using var model = new FakeModel(static q => Right(q, "40"));

        var report = await ConsolidateAsync(f, model);

        (report.Counts.Superseded, report.Counts.Contested).ShouldBe((1, 0));
        (await f.InStateAsync(MemoryState.Active)).ShouldBe(["The timeout of the Harbor gateway is 40 seconds."]);
        report.Changes.ShouldContain(static c => c.Contains("language model", StringComparison.Ordinal));
        (await ConsolidateAsync(f, model)).Counts.IsEmpty.ShouldBeTrue();
        model.Server.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public async Task A_near_tie_stays_contested_when_the_model_does_not_decide(int status)
    {
        await using var f = await NearTieAsync();
        await using var model = new FakeModel(_ => Task.FromResult(status == 200 ? FakeModel.Completion("""{"right":"neither"}""") : Reply.Text(status, "")));

        var report = await ConsolidateAsync(f, model);

        (report.Counts.Superseded, report.Counts.Contested).ShouldBe((0, 1));
        report.LanguageModel.Failed.ShouldBe(status == 200 ? 0 : 1);
    }

    [Fact]
    public async Task What_is_clear_is_never_asked()
    {
        await using var f = new ServiceFixture();
        await using var model = new FakeModel(static q => Right(q, "Oslo"));
        await f.StoreAsync("Lena lives in Oslo.", source: "user");
        f.Time.Advance(TimeSpan.FromDays(40));
        await f.StoreAsync("Lena moved to Bergen.", source: "user", session: "later");
        await f.StoreAsync("The rule holds.");
        await f.StoreAsync("The (rule) holds.");

        var report = await ConsolidateAsync(f, model);

        (report.Counts.Superseded, report.Counts.Merged).ShouldBe((1, 1));
        model.Server.Requests.ShouldBeEmpty();
    }

    private static async Task<ServiceFixture> NearTieAsync()
    {
        var f = new ServiceFixture();
        await f.StoreAsync("The timeout of the Harbor gateway is 30 seconds.", source: "a");
        await f.StoreAsync("The timeout of the Harbor gateway is 40 seconds.", source: "b");
        return f;
    }

    private static string Right(JsonElement question, string words) =>
        $$"""{"right":"{{(question.GetProperty("first").GetProperty("text").GetString()!.Contains(words, StringComparison.Ordinal) ? "first" : "second")}}"}""";

    private async Task<ConsolidationReport> ConsolidateAsync(ServiceFixture f, FakeModel model, bool dryRun = false)
    {
        var consolidator = new Consolidator(f.Store, f.Time, _random, embeddings: Embeddings, languageModel: model.Source);
        var outcome = await consolidator.RunAsync(new ConsolidationRequest(ServiceFixture.Ns, RunScope.Full, dryRun));
        return outcome.Succeeded ? outcome.Value : throw new InvalidOperationException(outcome.Problem.Message);
    }
}
