using Memory.Core.Consolidation;
using Memory.Core.Consolidation.Pairs;
using Memory.Core.Consolidation.Pairs.Network;
using Memory.Core.Embeddings;
using Memory.Core.Memories;

namespace Memory.Learning.Tests;

/// <summary>What a run judges by when a file is missing or does not belong to the others, and what it says of that.</summary>
public sealed class PairJudgingTests
{
    private static readonly Problem Missing = new(ProblemCode.ModelUnavailable, "it is not there");

    [Fact]
    public void For_all_files_reads_texts_and_has_nothing_to_say()
    {
        var judge = Judge(LoadModel, LoadEncoder, LoadNetwork);

        Decide(judge);

        (judge.RulesOnlyBecause, judge.WordsOnlyBecause).ShouldBe((null, null));
    }

    [Fact]
    public void For_no_model_decides_by_rules_and_loads_nothing_else()
    {
        var judge = Judge(static () => Missing, static () => throw new InvalidOperationException(), static () => throw new InvalidOperationException());

        Decide(judge);

        (judge.RulesOnlyBecause, judge.WordsOnlyBecause).ShouldBe((Missing.Message, null));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void For_a_missing_reader_decides_by_words_and_says_so_once_something_was_judged(bool encoder)
    {
        var judge = encoder ? Judge(LoadModel, static () => Missing, LoadNetwork) : Judge(LoadModel, LoadEncoder, static () => Missing);
        judge.WordsOnlyBecause.ShouldBeNull();

        Decide(judge);

        judge.RulesOnlyBecause.ShouldBeNull();
        judge.WordsOnlyBecause.ShouldNotBeNull().ShouldContain(Missing.Message);
    }

    [Fact]
    public void For_a_network_of_another_training_decides_by_words_and_says_so()
    {
        var judge = Judge(static () => Outcome.Of<IPairModel>(new OfAnotherTraining(LoadModel().Value!)), LoadEncoder, LoadNetwork);

        Decide(judge);

        judge.WordsOnlyBecause.ShouldNotBeNull().ShouldContain("not the one that the model was trained with");
    }

    [Fact]
    public void For_a_large_store_reads_nothing()
    {
        var judge = Judge(LoadModel, static () => throw new InvalidOperationException(), static () => throw new InvalidOperationException());
        judge.IsCareful = false;

        Decide(judge);

        judge.WordsOnlyBecause.ShouldBeNull();
    }

    [Fact]
    public void Read_either_order_tells_the_same_of_two_texts()
    {
        var readers = new PairReaders(LoadEncoder().Value!, LoadNetwork().Value!);
        var decision = new PairDecision(Missing, null, null);
        var one = decision.Read("The boiler is serviced every May.", MemoryKind.Fact, DateTimeOffset.UnixEpoch);
        var other = decision.Read("Each spring somebody comes to service the boiler.", MemoryKind.Fact, DateTimeOffset.UnixEpoch);
        var features = PairFeatures.Of(one, other, null);

        var (forth, back) = (readers.Read(one, other, features), readers.Read(other, one, features));

        forth.WereRead.ShouldBeTrue();
        back.Values.ToArray().ShouldBe(forth.Values.ToArray());
    }

    private static Outcome<IPairModel> LoadModel() => PairModelFile.Load(PairModelFile.DefaultPath);

    private static Outcome<SentenceEncoder> LoadEncoder() => SentenceEncoder.Load(SentenceEncoder.DefaultPath);

    private static Outcome<PairNetwork> LoadNetwork() => PairNetwork.Load(PairNetwork.DefaultPath);

    private static PairJudge Judge(Func<Outcome<IPairModel>> model, Func<Outcome<SentenceEncoder>> encoder, Func<Outcome<PairNetwork>> network) =>
        new PairJudging(ConsolidationOptions.Default, new EmbeddingSource(StaticEmbedder.DefaultPath), new PairModels(model, encoder, network)).For(new Dictionary<PairMarkKind, int>(), []);

    // Not the same text, so that rules of equality do not decide.
    private static void Decide(PairJudge judge) => judge.Decide(Judged(judge, "The boiler is serviced every May."), Judged(judge, "Each spring somebody comes to service the boiler."));

    private static JudgedMemory Judged(PairJudge judge, string content)
    {
        var record = new MemoryRecord
        {
            Id = MemoryId.New(new Random(content.Length)), Namespace = Namespace.Default, Content = content, Kind = MemoryKind.Fact, Tags = [], Importance = 0.5, Source = "agent",
            State = MemoryState.Active, Confidence = 0.7, ConfidenceAt = DateTimeOffset.UnixEpoch, CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch, Sequence = 1,
        };
        return new JudgedMemory(record, judge.Read(record));
    }

    private sealed class OfAnotherTraining(IPairModel model) : IPairModel
    {
        public string Version => model.Version;

        public string NetworkVersion => "another";

        public PairThresholds Thresholds => model.Thresholds;

        public void Judge(ReadOnlySpan<float> features, Span<float> probabilities) => model.Judge(features, probabilities);
    }
}
