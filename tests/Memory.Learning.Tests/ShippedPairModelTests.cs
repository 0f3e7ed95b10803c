using Memory.Core.Consolidation.Pairs;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Training.Pairs;

namespace Memory.Learning.Tests;

/// <summary>The shipped model on the shipped test split, decided by model, guard, change verbs and encoder together.</summary>
public sealed class ShippedPairModelTests
{
    private static readonly IReadOnlyList<LabelledPair> Pairs = LabelledPair.Read(Path.Combine(AppContext.BaseDirectory, "data", "pairs", "pairs.jsonl"));
    private static readonly StaticEmbedder Embedder = StaticEmbedder.Load(StaticEmbedder.DefaultPath).Value.ShouldNotBeNull();
    private static readonly SentenceEncoder Encoder = SentenceEncoder.Load(Path.Combine(AppContext.BaseDirectory, "data", "embeddings", "encoder.bin")).Value.ShouldNotBeNull();

    [Fact]
    public void Pairs_are_many_and_the_test_split_shares_neither_topic_nor_template()
    {
        var (train, test) = (Pairs.Where(static p => p.Split == "train").ToList(), Pairs.Where(static p => p.Split == "test").ToList());

        Pairs.Count.ShouldBeGreaterThanOrEqualTo(3_000);
        test.Select(static p => p.Topic).Intersect(train.Select(static p => p.Topic)).ShouldBeEmpty();
        test.Select(static p => p.Template).Intersect(train.Select(static p => p.Template)).ShouldBeEmpty();
        test.Select(static p => p.A).Intersect(train.Select(static p => p.A)).ShouldBeEmpty();
    }

    [Fact]
    public void Decide_test_split_does_not_fall_below_what_was_reached()
    {
        var decision = new PairDecision(PairModelFile.Load(PairModelFile.DefaultPath), Embedder, Encoder);
        var confusion = new Confusion();
        foreach (var pair in Pairs.Where(static p => p.Split == "test").AsParallel().AsOrdered().Select(p => new ComparedPair(p, decision)))
        {
            confusion.Add(pair.Label.Relation, decision.Decide(pair.One, pair.Other).Relation);
        }

        confusion.Precision(PairRelation.Duplicate).ShouldBeGreaterThanOrEqualTo(0.98);
        confusion.Recall(PairRelation.Duplicate).ShouldBeGreaterThanOrEqualTo(0.81);
        confusion.Precision(PairRelation.Contradicts).ShouldBeGreaterThanOrEqualTo(0.915);
        confusion.Recall(PairRelation.Contradicts).ShouldBeGreaterThanOrEqualTo(0.64);
        confusion.MacroF1.ShouldBeGreaterThanOrEqualTo(0.83);
    }

    [Theory]
    [MemberData(nameof(NearMisses.BySigns), MemberType = typeof(NearMisses))]
    [MemberData(nameof(NearMisses.ByOrderAndSmallWords), MemberType = typeof(NearMisses))]
    [MemberData(nameof(NearMisses.ByOneOrTwoWords), MemberType = typeof(NearMisses))]
    public void Decide_what_words_do_not_show_keeps_apart(string one, string other)
    {
        var decision = new PairDecision(PairModelFile.Load(PairModelFile.DefaultPath), Embedder, Encoder);
        var (here, there) = (decision.Read(one, MemoryKind.Fact, DateTimeOffset.UnixEpoch), decision.Read(other, MemoryKind.Fact, DateTimeOffset.UnixEpoch));

        decision.Decide(here, there).Relation.ShouldNotBeOneOf(PairRelation.Duplicate, PairRelation.Contains);
    }

    [Theory]
    [InlineData("As far as I know, Mira's pet is a tortoise. The company Mira Ibarra works for is Tamarind Bank.", "Mira Ibarra comes to work by scooter.", PairRelation.Related)]
    [InlineData("In the evening Luca drinks oat milk. Reminder: Basel is where Luca Brandvik lives.", "Luca Brandvik is on a vegan diet.", PairRelation.Related)]
    [InlineData("Osprey is at version 2.1.0. In staging Osprey runs on port 6060.", "In staging Osprey runs on port 6060.", PairRelation.Contains)]
    public void Decide_several_sentences_hold_what_one_of_them_says(string several, string one, PairRelation relation)
    {
        var decision = new PairDecision(PairModelFile.Load(PairModelFile.DefaultPath), Embedder, Encoder);
        var (here, there) = (decision.Read(several, MemoryKind.Fact, DateTimeOffset.UnixEpoch), decision.Read(one, MemoryKind.Fact, DateTimeOffset.UnixEpoch));

        decision.Decide(here, there).Relation.ShouldBe(relation);
        decision.Decide(there, here).Relation.ShouldBe(relation);
    }

    [Fact]
    public void Train_twice_on_the_same_pairs_decides_the_same()
    {
        var decision = new PairDecision(PairModelFile.Load(PairModelFile.DefaultPath), Embedder, null);
        var rows = Pairs.Where(static (_, i) => i % 40 == 0).SelectMany(p => new ComparedPair(p, decision).Rows()).ToList();
        var (one, other) = (new PairModel(PairTrainer.Train(rows, PairTrainer.Kinds[0], out _), "one", default), new PairModel(PairTrainer.Train(rows, PairTrainer.Kinds[0], out _), "other", default));
        var (first, second) = (new float[PairModelVerdict.Classes], new float[PairModelVerdict.Classes]);

        foreach (var row in rows)
        {
            one.Judge(row.Features, first);
            other.Judge(row.Features, second);
            second.ShouldBe(first);
        }
    }
}
