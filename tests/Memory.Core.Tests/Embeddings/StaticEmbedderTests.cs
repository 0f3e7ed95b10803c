using CsCheck;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Microsoft.Extensions.AI;

namespace Memory.Core.Tests.Embeddings;

public sealed class StaticEmbedderTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String[0, 80],
        Words(
                "Mara", "likes", "tea", "memory_store", "MemoryStore", "v1.2.3", "don't", "isn’t", "U.S.", "数据库", "お茶", "\U0001F600", "\uD800", "\uDC00", "e\u0301", "\u0301", "Ａ", "½", "10²",
                "ß", "İ", "\u200B", "\0", "---", "...", "'", "a.b", "@x", "C:\\temp", "https://example.org/a?b=c", "0x80070005", "\t", "\n", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
            .Array[0, 12].Select(Words(" ", "", "-", "."), static (words, joint) => string.Join(joint, words)));

    private static Gen<string> Words(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);

    [Fact]
    public void Embed_of_any_string_has_length_one_or_is_zero() => Texts.Sample(static text =>
    {
        var vector = new float[EmbeddingFiles.Static.Model.Dimensions];
        var has = EmbeddingFiles.Static.Embed(text, vector);
        var length = Math.Sqrt(vector.Sum(static v => (double)v * v));
        return has ? Math.Abs(length - 1) < 1e-4 : vector.All(static v => v == 0);
    });

    [Fact]
    public void Embed_twice_gives_the_same_bits() => Texts.Sample(static text => EmbeddingFiles.Vector(text).SequenceEqual(EmbeddingFiles.Vector(text)), iter: 100);

    [Theory]
    [InlineData("")]
    [InlineData("   \t\n")]
    [InlineData("?! ... --- ()")]
    [InlineData("\uFFFD")]
    [InlineData("a I")]
    public void Embed_of_a_text_without_a_usable_word_gives_zeros(string text)
    {
        var vector = Enumerable.Repeat(float.NaN, EmbeddingFiles.Static.Model.Dimensions).ToArray();

        EmbeddingFiles.Static.Embed(text, vector).ShouldBeFalse();
        vector.ShouldAllBe(static v => v == 0);
    }

    [Fact]
    public void Embed_of_broken_surrogates_counts_the_words_around_them() => EmbeddingFiles.Cosine("Mara \uD800 likes \uDC00 tea", "Mara likes tea").ShouldBe(1, 1e-4f);

    [Theory]
    [InlineData("MARA LIKES TEA", "mara likes tea")]
    [InlineData("tea, with Mara.", "tea with Mara")]
    [InlineData("ｔｅａ", "tea")]
    [InlineData("cafe\u0301", "caf\u00e9")]
    [InlineData("don\u2019t", "don't")]
    [InlineData("Mara's tea", "Mara tea")]
    [InlineData("e-mail", "email")]
    [InlineData("iPhone", "iphone")]
    public void Embed_of_the_same_words_gives_the_same(string one, string other) => EmbeddingFiles.Cosine(one, other).ShouldBe(1, 1e-4f);

    [Theory]
    [InlineData("memory_store", "MemoryStore")]
    [InlineData("memoryStore", "memory.store")]
    [InlineData("HTTPServer", "http_server")]
    public void Embed_of_one_identifier_in_two_styles_is_alike(string one, string other) => EmbeddingFiles.Cosine(one, other).ShouldBe(1, 0.01f);

    [Fact]
    public void Embed_of_an_identifier_is_like_its_words_but_not_the_same() =>
        EmbeddingFiles.Cosine("memory_store", "memory store").ShouldBeInRange(0.8f, 0.999f);

    [Theory]
    [InlineData("buy a car", "purchase an automobile", "boil an egg")]
    [InlineData("the physician was ill", "the doctor was sick", "the train was late")]
    [InlineData("deploy to production", "release to the servers", "walk in the park")]
    public void Embed_puts_synonyms_closer_than_other_words(string text, string alike, string other) =>
        EmbeddingFiles.Cosine(text, alike).ShouldBeGreaterThan(EmbeddingFiles.Cosine(text, other) + 0.2f);

    [Theory]
    [InlineData("Zyxquorv", "Zyxquorv's", "Blemftad")]
    [InlineData("kuberntes", "kubernetess", "sandwich")]
    [InlineData("0x80070005", "0x80070006", "12:45")]
    [InlineData("\u6570\u636e\u5e93", "\u6570\u636e", "\u5929\u6c14")]
    public void Embed_of_unknown_words_finds_their_like(string text, string alike, string other) =>
        EmbeddingFiles.Cosine(text, alike).ShouldBeGreaterThan(EmbeddingFiles.Cosine(text, other) + 0.2f);

    [Fact]
    public void Embed_of_a_long_run_of_letters_ends() => EmbeddingFiles.Vector(new string('x', 1_000_000)).ShouldContain(static v => v != 0);

    [Fact]
    public void Embed_of_ASCII_allocates_nothing()
    {
        var vector = new float[EmbeddingFiles.Static.Model.Dimensions];
        EmbeddingFiles.Static.Embed("Mara likes tea; memory_store kuberntes.", vector);
        var before = GC.GetAllocatedBytesForCurrentThread();

        EmbeddingFiles.Static.Embed("Mara likes tea; memory_store kuberntes.", vector);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Embed_into_another_length_is_refused() => Should.Throw<ArgumentException>(static () => EmbeddingFiles.Static.Embed("x", new float[3]));

    [Fact]
    public async Task GenerateAsync_gives_what_Embed_gives_and_names_the_model()
    {
        var result = await EmbeddingFiles.Static.GenerateAsync(["Mara likes tea", ""]);

        result.Count.ShouldBe(2);
        result[0].Vector.ToArray().ShouldBe(EmbeddingFiles.Vector("Mara likes tea"));
        result[0].ModelId.ShouldBe(EmbeddingFiles.Static.Model.ToString());
        result[1].Vector.ToArray().ShouldAllBe(static v => v == 0);
    }

    [Fact]
    public void GetService_gives_the_model_and_its_metadata()
    {
        IEmbeddingGenerator<string, Embedding<float>> generator = EmbeddingFiles.Static;

        generator.GetService<EmbeddingModel>().ShouldBe(EmbeddingFiles.Static.Model);
        generator.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelDimensions.ShouldBe(256);
        generator.GetService<StaticEmbedder>().ShouldBeSameAs(EmbeddingFiles.Static);
        generator.GetService<string>().ShouldBeNull();
    }

    [Fact]
    public void Model_names_dimensions_and_the_files_version()
    {
        EmbeddingFiles.Static.Model.Name.ShouldBe("static");
        EmbeddingFiles.Static.Model.Dimensions.ShouldBe(256);
        EmbeddingFiles.Static.Model.Version.ShouldMatch("^[0-9a-f]{32}$");
    }

    [Fact]
    public void Load_of_the_encoder_is_a_problem() => StaticEmbedder.Load(EmbeddingFiles.EncoderPath).Problem!.Code.ShouldBe(ProblemCode.ModelUnavailable);

    [Fact]
    public void File_is_at_most_12_megabytes() => new FileInfo(EmbeddingFiles.StaticPath).Length.ShouldBeLessThanOrEqualTo(12_000_000);
}
