using CsCheck;
using Memory.Core.Consolidation.Pairs;
using Memory.Core.Memories;
using Memory.Core.Tests.Embeddings;
using static Memory.Core.Tests.Consolidation.Pairs.Statements;

namespace Memory.Core.Tests.Consolidation.Pairs;

public sealed class PairDecisionTests
{
    private static readonly string[] Words =
        ["Ana", "Ben", "lives", "moved", "to", "in", "Oslo", "Bergen", "not", "no", "longer", "5", "GB", "tea", "and", ",", "by", "managed", "the", "user", "now", "3 May", "v1.2", "ü", "。", "’s", "-"];

    private static readonly Gen<string> Word = Gen.Int[0, Words.Length - 1].Select(static i => Words[i]);

    // None but the first may be nothing.
    private static readonly string[] Exchanged = ["", "<", ">", "<=", ">=", "=", "!=", "==", "+", "->", "<-", "=>", "~", "^", "✅", "❌", "✔", "✘", "👍", "👎", "🚀", "±", "∞"];

    [Theory]
    [InlineData("The dev server listens on port 8080.", "the dev server listens on port 8080", PairRelation.Duplicate)]
    [InlineData("Harbor stores data in PostgreSQL 16.", "Harbor keeps the data in Postgres 16.", PairRelation.Duplicate)]
    [InlineData("Secrets live in Vault and rotate every quarter.", "Secrets live in Vault.", PairRelation.Contains)]
    [InlineData("The standup starts at 9:15.", "The standup starts at 9:45.", PairRelation.Contradicts)]
    [InlineData("The API supports XML.", "The API does not support XML.", PairRelation.Contradicts)]
    [InlineData("Ana plays chess on Sundays.", "The boiler was serviced in autumn.", PairRelation.Unrelated)]
    public void Decide_by_rules_only_plain_case(string one, string other, PairRelation relation) =>
        RulesOnly().Decide(Read(one), Read(other, 1)).Relation.ShouldBe(relation);

    [Fact]
    public void Decide_later_words_close_the_earlier_statement_and_say_which()
    {
        var decision = RulesOnly();

        decision.Decide(Read("Ana lives in Oslo."), Read("Ana moved to Bergen.", 1)).ShouldSatisfyAllConditions(
            static v => v.Relation.ShouldBe(PairRelation.Contradicts), static v => v.Order.ShouldBe(PairOrder.Second));
        decision.Decide(Read("Ana moved to Bergen.", 1), Read("Ana lives in Oslo.")).Order.ShouldBe(PairOrder.First);
        decision.Decide(Read("Ana moved to Bergen."), Read("Ana lives in Oslo.", 1)).Order.ShouldBe(PairOrder.Neither);
    }

    [Fact]
    public void Decide_order_of_arguments_changes_nothing_but_the_order() =>
        Gen.Select(Word.Array[0, 9], Word.Array[0, 9], Gen.Int[0, 3], Gen.Bool).Sample((a, b, day, learned) =>
        {
            var decision = learned ? new PairDecision(Outcome.Of<IPairModel>(new FixedModel([0.1f, 0.1f, 0.3f, 0.3f, 0.2f])), EmbeddingFiles.Static, null) : RulesOnly();
            var (one, other) = (Read(string.Join(' ', a)), Read(string.Join(' ', b), day));
            var (forth, back) = (decision.Decide(one, other), decision.Decide(other, one));

            forth.Relation.ShouldBe(back.Relation);
            forth.Probability.ShouldBe(back.Probability);
            forth.Reason.ShouldBe(back.Reason);
            if (one.Content != other.Content || one.SaidAt != other.SaidAt)
            {
                back.Order.ShouldBe(forth.Order switch { PairOrder.First => PairOrder.Second, PairOrder.Second => PairOrder.First, _ => PairOrder.Neither });
            }
        }, iter: 500);

    [Fact]
    public void Decide_sign_or_symbol_exchanged_is_never_the_same_nor_held() =>
        Gen.Select(Gen.Int[0, Exchanged.Length - 1], Gen.Int[0, Exchanged.Length - 1], Gen.Int[1, 7], Gen.Bool, Gen.Int[0, 2]).Where(static t => t.Item1 != t.Item2).Sample(
            static (one, other, place, isLonger, judge) =>
            {
                var decision = judge == 0 ? RulesOnly() : new PairDecision(Outcome.Of<IPairModel>(new FixedModel(judge == 1 ? [0, 0, 0, 1, 0] : [0, 0, 1, 0, 0])), EmbeddingFiles.Static, null);
                string[] words = ["Alert", "Ana", "when", "load", "of", "Harbor", "80"];
                var (here, there) = (With(words, place, Exchanged[one]), With(words, place, Exchanged[other]) + (isLonger ? " and page Ben Marsh" : ""));

                decision.Decide(Read(here), Read(there, 1)).Relation.ShouldNotBeOneOf(PairRelation.Duplicate, PairRelation.Contains);
            }, iter: 2_000);

    [Theory]
    [InlineData("Is Henrik on leave?", "Henrik is on leave.")]
    [InlineData("Is Henrik on leave?", "Henrik is not on leave.")]
    [InlineData("Can we deploy on Friday", "We can not deploy on Friday.")]
    [InlineData("Ana lives in Oslo.", "Has Ana moved to Bergen?")]
    [InlineData("Is the port 8080?", "Is the port 9090?")]
    public void Decide_question_claims_nothing(string one, string other)
    {
        for (var relation = PairRelation.Contains; relation <= PairRelation.Contradicts; relation++)
        {
            var probabilities = new float[5];
            probabilities[(int)relation] = 1;
            var decision = new PairDecision(Outcome.Of<IPairModel>(new FixedModel(probabilities)), EmbeddingFiles.Static, null);

            decision.Decide(Read(one), Read(other, 1)).Relation.ShouldBeOneOf(PairRelation.Unrelated, PairRelation.Related);
        }
    }

    [Theory]
    [InlineData("The timeout is 30 seconds.", "The timeout is 90 seconds.")]
    [InlineData("The service uses Redis.", "The service does not use Redis.")]
    [InlineData("The owner is Ana.", "The owner is Ben.")]
    public void Decide_model_that_calls_everything_a_duplicate_is_overruled(string one, string other)
    {
        var decision = new PairDecision(Outcome.Of<IPairModel>(new FixedModel([0, 0, 0, 1, 0])), EmbeddingFiles.Static, null);

        decision.Decide(Read(one), Read(other, 1)).Relation.ShouldNotBe(PairRelation.Duplicate);
    }

    [Fact]
    public void Decide_model_that_calls_everything_contained_is_overruled_where_a_fact_is_missing()
    {
        var decision = new PairDecision(Outcome.Of<IPairModel>(new FixedModel([0, 0, 1, 0, 0])), EmbeddingFiles.Static, null);

        decision.Decide(Read("Logs are kept for 30 days on the host in Oslo."), Read("Logs are kept for 90 days.", 1)).Relation.ShouldNotBe(PairRelation.Contains);
    }

    [Theory]
    [InlineData("Der Server steht in Frankfurt und ist neu.", "Der Server steht nicht in Frankfurt und ist neu.")]
    [InlineData("Le serveur est dans la cave et il est neuf.", "Le serveur est dans la cave et il est vieux.")]
    [InlineData("ユーザーは紅茶が好きです。", "ユーザーはコーヒーが好きです。")]
    [InlineData("用户喜欢喝茶。", "用户不喜欢喝茶。")]
    [InlineData("Пользователь любит кофе.", "Пользователь не любит кофе.")]
    [InlineData("المستخدم يحب الشاي", "المستخدم لا يحب الشاي")]
    public void Decide_other_languages_are_no_duplicates_unless_the_same(string one, string other)
    {
        var decision = new PairDecision(Outcome.Of<IPairModel>(new FixedModel([0, 0, 0, 1, 0])), EmbeddingFiles.Static, null);

        decision.Decide(Read(one), Read(other)).Relation.ShouldNotBe(PairRelation.Duplicate);
        decision.Decide(Read(one), Read(one + " ", 1)).Relation.ShouldBe(PairRelation.Duplicate);
    }

    [Fact]
    public void Decide_long_texts_that_differ_at_their_end_are_no_duplicates()
    {
        var start = string.Concat(Enumerable.Range(0, 3_000).Select(static i => $"word{i % 700} "));
        var decision = new PairDecision(Outcome.Of<IPairModel>(new FixedModel([0, 0, 0, 1, 0])), EmbeddingFiles.Static, null);

        decision.Decide(Read(start + "ends here"), Read(start + "stops there")).Relation.ShouldNotBe(PairRelation.Duplicate);
    }

    [Fact]
    public void Decide_long_text_beside_a_thousand_short_ones_takes_little_time()
    {
        var decision = RulesOnly();
        var longOne = Read(string.Concat(Enumerable.Range(0, 4_000).Select(static i => $"w{i} x{i % 9}. "))[..32_000]);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        for (var i = 0; i < 1_000; i++)
        {
            decision.Decide(longOne, Read($"The lamp in room {i} is broken."));
        }

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void RulesOnlyBecause_no_model_says_why()
    {
        RulesOnly().RulesOnlyBecause.ShouldBe("there is no model");
        new PairDecision(Outcome.Of<IPairModel>(new FixedModel([1, 0, 0, 0, 0])), null, null).RulesOnlyBecause.ShouldBeNull();
    }

    private static string With(string[] words, int place, string sign) => string.Join(' ', [.. words[..place], .. sign.Length > 0 ? [sign] : Array.Empty<string>(), .. words[place..]]);

    private sealed class FixedModel(float[] probabilities) : IPairModel
    {
        public string Version => "fixed";

        public string NetworkVersion => "none";

        public PairThresholds Thresholds => new(0.5, 0.5);

        public void Judge(ReadOnlySpan<float> features, Span<float> destination) => probabilities.CopyTo(destination);
    }
}
