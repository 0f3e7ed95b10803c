using Memory.Core.Recall.Ranking;
using Memory.Core.Tests.Embeddings;
using Memory.Core.Tests.Recall.Index;

namespace Memory.Core.Tests.Recall.Ranking;

public sealed class WordMeaningTests
{
    private static readonly WordVectors Vectors = new(EmbeddingFiles.Static);

    [Fact]
    public async Task Score_is_1_for_who_meets_every_word_best_and_less_for_who_meets_fewer()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("the physician baked a loaf");
        await f.StoreAsync("the physician went home");
        await f.StoreAsync("gravel and cement");
        var index = await TestIndex.OfAsync(f);

        var scores = WordMeaning.Score(index, QueryTerms.Parse(index, "doctor bread"), [0, 1, 2], Vectors, 0.2f, 0.8f);

        scores[0].ShouldBe(1);
        scores[1].ShouldBeInRange(0.05f, 0.95f);
        scores[2].ShouldBeLessThan(scores[1]);
    }

    [Fact]
    public async Task Score_of_a_word_that_another_implies_is_as_if_it_were_nearly_there()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("mira ibarra sleeps");
        await f.StoreAsync("mira works");
        var index = await TestIndex.OfAsync(f);
        var terms = QueryTerms.Parse(index, "ibarra");
        var implied = terms.Select(t => t with { ImpliedBy = index.Vocabulary.Find("mira") }).ToList();

        WordMeaning.Score(index, terms, [0, 1], Vectors, 0.2f, 0.8f)[1].ShouldBeLessThan(0.5f);
        WordMeaning.Score(index, implied, [0, 1], Vectors, 0.2f, 0.8f)[1].ShouldBeInRange(0.7f, 1);
    }

    [Fact]
    public async Task Score_counts_nothing_below_the_floor()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("the physician prescribed tablets");
        var index = await TestIndex.OfAsync(f);

        WordMeaning.Score(index, QueryTerms.Parse(index, "doctor"), [0], Vectors, 0.999f, 0.8f).ShouldBe([0]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("the of")]
    public async Task Score_of_a_query_without_words_is_0(string query)
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("tea is green");
        var index = await TestIndex.OfAsync(f);

        WordMeaning.Score(index, QueryTerms.Parse(index, query), [0], Vectors, 0.2f, 0.8f).ShouldBe([0]);
        WordMeaning.Score(index, QueryTerms.Parse(index, "tea"), [], Vectors, 0.2f, 0.8f).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_makes_the_vector_of_a_word_once_and_the_index_keeps_it()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("tea is green");
        var index = await TestIndex.OfAsync(f);
        var word = index.Vocabulary.Find("green");

        var vector = Vectors.Of(index, word);

        vector.Exists.ShouldBeTrue();
        index.VectorOfWord(word).ShouldBeSameAs(vector);
        Vectors.Of("green").ShouldBeSameAs(Vectors.Of("green"));
        vector.Cosine(vector).ShouldBe(1, 0.01);
        vector.Cosine(Vectors.Of("green")).ShouldBe(1, 0.01);
        Vectors.Of("\ud800").Exists.ShouldBeFalse();
    }
}
