using Memory.Core.Consolidation.Pairs;
using Memory.Core.Consolidation.Pairs.Network;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Training.Pairs;

namespace Memory.Learning.Tests;

/// <summary>The shipped model on the shipped test split, decided by model, guard, change verbs, encoder and network together.</summary>
public sealed class ShippedPairModelTests
{
    private static readonly IReadOnlyList<LabelledPair> Pairs = LabelledPair.Read(Path.Combine(AppContext.BaseDirectory, "data", "pairs", "pairs.jsonl"));
    private static readonly StaticEmbedder Embedder = StaticEmbedder.Load(StaticEmbedder.DefaultPath).Value.ShouldNotBeNull();
    private static readonly SentenceEncoder Encoder = SentenceEncoder.Load(SentenceEncoder.DefaultPath).Value.ShouldNotBeNull();
    private static readonly PairNetwork Network = PairNetwork.Load(PairNetwork.DefaultPath).Value.ShouldNotBeNull();
    private static readonly PairDecision Decision = new(PairModelFile.Load(PairModelFile.DefaultPath), Embedder, new PairReaders(Encoder, Network));

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
        var (all, withoutBorrowed) = (new Confusion(), new Confusion());
        foreach (var (pair, said) in Pairs.Where(static p => p.Split == "test").AsParallel().Select(static p => (p, DecisionOf(p))))
        {
            all.Add(pair.Relation, said);
            if (!PairMaker.BorrowedCases.Contains(pair.Case))
            {
                withoutBorrowed.Add(pair.Relation, said);
            }
        }

        withoutBorrowed.Precision(PairRelation.Duplicate).ShouldBeGreaterThanOrEqualTo(0.98);
        all.Precision(PairRelation.Duplicate).ShouldBeGreaterThanOrEqualTo(0.93);
        all.Recall(PairRelation.Duplicate).ShouldBeGreaterThanOrEqualTo(0.76);
        all.Precision(PairRelation.Contradicts).ShouldBeGreaterThanOrEqualTo(0.92);
        all.Recall(PairRelation.Contradicts).ShouldBeGreaterThanOrEqualTo(0.75);
        all.MacroF1.ShouldBeGreaterThanOrEqualTo(0.85);
    }

    [Theory]
    [InlineData("Henrik moved to Bergen.|Henrik works at Norsk Hydro.|Henrik likes cross-country skiing.|Henrik's sister lives in Trondheim.|Henrik drives a blue Volvo.|Henrik is allergic to nuts.|Henrik speaks Norwegian and German."
        + "|Henrik plays the cello on Tuesdays.|Henrik studied physics in Uppsala.|Henrik was born in Tromsø.|Henrik started a new job in October.|Henrik leads the data team.|Henrik reports to Astrid.|Henrik is married to Sofie."
        + "|Henrik has two children.|Henrik bought a cabin in Voss.|Henrik uses Vim.|Henrik quit smoking in 2019.|Henrik takes the train to work.|Henrik wakes up at six.|Henrik drinks his coffee black.|Henrik no longer eats meat.|Henrik eats fish.")]
    [InlineData("Project Falcon is written in Go.|Project Falcon uses PostgreSQL.|Project Falcon deploys to Hetzner.|Project Falcon moved its CI to GitHub Actions.|Project Falcon is owned by the platform team.|Project Falcon has a budget of 40,000 euros."
        + "|Project Falcon logs to Loki.|Project Falcon stores files in MinIO.|Project Falcon's API listens on port 8080.|Project Falcon's code is on GitLab.|Project Falcon switched to pnpm.|Project Falcon's main customer is Equinor."
        + "|Project Falcon has 85% test coverage.|Project Falcon's stand-up is at 9:15.|Project Falcon was renamed from Osprey.|Project Falcon caches with Redis.|Project Falcon authenticates with Keycloak.|Project Falcon monitors with Grafana.")]
    [InlineData("I am allergic to peanuts.|I live in Ghent.|I work as a nurse.|I moved to a part-time contract.|I have a dog called Bo.|I play squash on Wednesdays.|I drink oat milk.|My favourite colour is green.|My favourite band is Wilco.|My phone is a Pixel 8."
        + "|My laptop is a ThinkPad.|I switched to an electric toothbrush.|I use Obsidian for notes.|I learned Spanish at school.|I take the bus to work.|I gave up coffee.|My sister is called Nora.|My dentist is Dr Maes.|I bank with KBC.|I wear glasses.|I read the Guardian.")]
    public void Decide_of_what_is_true_together_supersedes_nothing_and_doubts_at_most_one_pair(string statements)
    {
        var read = statements.Split('|').Select((s, i) => Decision.Read(s, MemoryKind.Fact, DateTimeOffset.UnixEpoch.AddDays(i))).ToList();

        var contradictions = from i in Enumerable.Range(0, read.Count) from j in Enumerable.Range(0, i)
                             let verdict = Decision.Decide(read[i], read[j])
                             where verdict.Relation == PairRelation.Contradicts
                             select (verdict.IsDoubtful, Pair: $"{read[j].Content} {read[i].Content}");

        contradictions.Where(static c => !c.IsDoubtful).ShouldBeEmpty();
        contradictions.Count().ShouldBeLessThanOrEqualTo(1);
    }

    [Theory]
    [MemberData(nameof(NearMisses.BySigns), MemberType = typeof(NearMisses))]
    [MemberData(nameof(NearMisses.ByOrderAndSmallWords), MemberType = typeof(NearMisses))]
    [MemberData(nameof(NearMisses.ByOneOrTwoWords), MemberType = typeof(NearMisses))]
    [MemberData(nameof(NearMisses.ByTurningWords), MemberType = typeof(NearMisses))]
    [MemberData(nameof(NearMisses.ByRolesAndOpposites), MemberType = typeof(NearMisses))]
    [MemberData(nameof(NearMisses.ByFrames), MemberType = typeof(NearMisses))]
    public void Decide_what_words_do_not_show_keeps_apart(string one, string other) =>
        RelationOf(one, other).ShouldNotBeOneOf(PairRelation.Duplicate, PairRelation.Contains);

    [Theory]
    [InlineData("In the evening Luca drinks oat milk. Reminder: Basel is where Luca Brandvik lives.", "Luca Brandvik is on a vegan diet.", PairRelation.Related)]
    [InlineData("Osprey is at version 2.1.0. In staging Osprey runs on port 6060.", "In staging Osprey runs on port 6060.", PairRelation.Contains)]
    public void Decide_several_sentences_hold_what_one_of_them_says(string several, string one, PairRelation relation)
    {
        RelationOf(several, one).ShouldBe(relation);
        RelationOf(one, several).ShouldBe(relation);
    }

    [Theory]
    [InlineData("Harbor doesn't use MySQL but PostgreSQL.", "Harbor uses PostgreSQL.")]
    [InlineData("The release is not on Friday but on Monday.", "The release is on Monday.")]
    public void Decide_who_denies_something_to_say_the_same_contradicts_nothing(string one, string other) =>
        RelationOf(one, other).ShouldNotBe(PairRelation.Contradicts);

    [Theory]
    [InlineData("Ana leads Atlas.", "Ana works on Atlas.")]
    [InlineData("Mira visited Lisbon.", "Mira lives in Lisbon.")]
    [InlineData("Mira was born in Lisbon.", "Mira lives in Lisbon.")]
    [InlineData("Luca's boss is Beatriz Lobo.", "Luca's mentor is Beatriz Lobo.")]
    [InlineData("Luca likes Anna.", "Luca is married to Anna.")]
    [InlineData("Juniper is tested with Jest.", "Juniper is built with Jest.")]
    [InlineData("The user teaches Spanish.", "The user speaks Spanish.")]
    [InlineData("Alpenstrom provides the electricity.", "Alpenstrom bills the electricity.")]
    [InlineData("The invoice was sent on 4 May.", "The invoice is due on 4 May.")]
    [InlineData("The gateway listens on port 8080.", "The gateway forwards to port 8080.")]
    [InlineData("The boiler was bought from Vaillant.", "The boiler is serviced by Vaillant.")]
    [InlineData("Eva is allergic to penicillin.", "Eva takes penicillin.")]
    public void Decide_one_value_of_two_attributes_is_not_the_same(string one, string other) =>
        RelationOf(one, other).ShouldNotBeOneOf(PairRelation.Duplicate, PairRelation.Contains);

    [Theory]
    [InlineData("Luca comes to work by bike.", "The company Luca works for is Tamarind Bank.")]
    [InlineData("Luca's boss is Beatriz Lobo.", "The company Luca works for is Tamarind Bank.")]
    [InlineData("The company Luca works for is Lumen Freight.", "Luca is based in Gdansk.")]
    [InlineData("The car Luca drives is a Fabia.", "Luca commutes by car.")]
    [InlineData("Meridian is built by GitLab CI.", "Meridian is owned by Hanna Lindqvist.")]
    [InlineData("Juniper runs on CockroachDB.", "The CI of Juniper runs in CircleCI.")]
    [InlineData("Friday is Zora's training day.", "Zora starts the day with kombucha.")]
    [InlineData("Henrik moved to Bergen.", "Henrik is married to Sofie.")]
    [InlineData("Project Falcon switched to pnpm.", "Project Falcon is written in Go.")]
    public void Decide_values_of_two_attributes_do_not_contradict(string one, string other) =>
        RelationOf(one, other).ShouldNotBe(PairRelation.Contradicts);

    [Theory]
    [InlineData("The company Mira Ibarra works for is Tamarind Bank.", "Mira Ibarra comes to work by scooter.")]
    [InlineData("As far as I know, Mira's pet is a tortoise. The company Mira Ibarra works for is Tamarind Bank.", "Mira Ibarra comes to work by scooter.")]
    [InlineData("Zora Szabo is based in Tartu.", "The company Zora Szabo works for is Opal Travel.")]
    [InlineData("Larkspur runs on Redis.", "The builds of Larkspur run on Drone.")]
    public void Decide_values_of_two_attributes_that_share_a_word_supersede_nothing(string one, string other) =>
        (VerdictOf(one, other) is { Relation: PairRelation.Contradicts, IsDoubtful: false }).ShouldBeFalse();

    [Theory]
    [InlineData("*Important*: restart the server.", "Important: restart the server.")]
    [InlineData("The **nightly build** runs at two.", "The nightly build runs at two.")]
    [InlineData("The *very quick* build runs at night.", "The very quick build runs at night.")]
    [InlineData("Mara really likes tea.", "Mara likes tea.")]
    public void Decide_emphasis_makes_no_difference(string one, string other) =>
        RelationOf(one, other).ShouldBeOneOf(PairRelation.Duplicate, PairRelation.Contains);

    [Fact]
    public void Train_twice_on_the_same_pairs_decides_the_same()
    {
        var decision = new PairDecision(PairModelFile.Load(PairModelFile.DefaultPath), Embedder, null);
        var pairs = Pairs.Where(static (_, i) => i % 80 == 0).AsParallel().AsOrdered().Select(p => new ComparedPair(p, decision, Encoder, Network)).ToList();
        var (one, other) = (PairTrainer.Train(pairs, PairTrainer.Kinds[0]).ToModel(default), PairTrainer.Train(pairs, PairTrainer.Kinds[0]).ToModel(default));
        var (first, second) = (new float[PairModelVerdict.Classes], new float[PairModelVerdict.Classes]);

        foreach (var pair in pairs)
        {
            one.Judge(pair.Read.Values, first);
            other.Judge(pair.Read.Values, second);
            second.ShouldBe(first);
        }
    }

    private static PairRelation DecisionOf(LabelledPair pair) => Decision.Decide(
        Decision.Read(pair.A, pair.Kind, DateTimeOffset.UnixEpoch), Decision.Read(pair.B, pair.Kind, DateTimeOffset.UnixEpoch.AddDays(pair.Days))).Relation;

    private static PairRelation RelationOf(string one, string other) => VerdictOf(one, other).Relation;

    private static PairVerdict VerdictOf(string one, string other) =>
        Decision.Decide(Decision.Read(one, MemoryKind.Fact, DateTimeOffset.UnixEpoch), Decision.Read(other, MemoryKind.Fact, DateTimeOffset.UnixEpoch));
}
