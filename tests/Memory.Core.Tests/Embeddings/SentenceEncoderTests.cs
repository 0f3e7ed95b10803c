using System.Text.Json;
using Memory.Core.Embeddings;
using Memory.Core.Memories;

namespace Memory.Core.Tests.Embeddings;

public sealed class SentenceEncoderTests
{
    /// <summary>Vectors that the original made with TensorFlow.js 4.22.0 of pieces in the same file.</summary>
    public static TheoryData<string> Texts
    {
        get
        {
            using var golden = JsonDocument.Parse(File.ReadAllText(EmbeddingFiles.Golden()));
            return [.. golden.RootElement.EnumerateArray().Select(static e => e.GetProperty("text").GetString()!)];
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Encode_agrees_with_the_original(string text)
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(EmbeddingFiles.Golden()));
        var original = golden.RootElement.EnumerateArray().Single(e => e.GetProperty("text").GetString() == text)
            .GetProperty("vector").EnumerateArray().Select(static n => n.GetSingle()).ToArray();

        Vectors.Dot(Encode(text), original).ShouldBeGreaterThan(0.999f);
    }

    [Fact]
    public void Encode_twice_gives_the_same_bits() => Encode("The user prefers dark mode.").ShouldBe(Encode("The user prefers dark mode."));

    [Fact]
    public void Encode_gives_length_one() => Vectors.Dot(Encode("x"), Encode("x")).ShouldBe(1, 1e-5f);

    [Fact]
    public void Encode_of_an_empty_text_gives_zeros() => Encode("").ShouldAllBe(static v => v == 0);

    [Fact]
    public void Encode_reads_no_more_than_its_pieces()
    {
        var long1 = string.Join(' ', Enumerable.Repeat("word", SentenceEncoder.MaxPieces));

        Encode(long1 + " and the rest").ShouldBe(Encode(long1));
    }

    [Fact]
    public void Encode_puts_a_paraphrase_closer_than_another_statement()
    {
        var statement = Encode("Mara does not eat meat.");

        Vectors.Dot(statement, Encode("Mara is a vegetarian.")).ShouldBeGreaterThan(Vectors.Dot(statement, Encode("The build takes nine minutes.")) + 0.2f);
    }

    [Fact]
    public async Task Encode_from_several_threads_gives_the_same()
    {
        var alone = Encode("The deploy failed again.");

        var together = await Task.WhenAll(Enumerable.Range(0, 8).Select(static _ => Task.Run(static () => Encode("The deploy failed again."))));

        together.ShouldAllBe(vector => vector.SequenceEqual(alone));
    }

    [Fact]
    public void Encode_into_another_length_is_refused() => Should.Throw<ArgumentException>(static () => EmbeddingFiles.Encoder.Encode("x", new float[3]));

    [Fact]
    public void Encode_of_an_id_without_piece_is_refused() =>
        Should.Throw<ArgumentException>(static () => EmbeddingFiles.Encoder.Encode([EmbeddingFiles.Encoder.Tokenizer.Count], new float[SentenceEncoder.Dimensions]));

    [Fact]
    public void Load_of_a_table_is_a_problem() => SentenceEncoder.Load(EmbeddingFiles.StaticPath).Problem!.Code.ShouldBe(ProblemCode.ModelUnavailable);

    [Fact]
    public void Load_of_a_number_that_is_not_finite_is_a_problem()
    {
        using var folder = new TemporaryFolder();
        var content = File.ReadAllBytes(EmbeddingFiles.EncoderPath)[32..];
        BitConverter.TryWriteBytes(content.AsSpan(sizeof(int)), double.NaN);
        File.WriteAllBytes(folder.File("encoder.bin"), ModelFile.Wrap(EncoderWeights.Magic, content));

        SentenceEncoder.Load(folder.File("encoder.bin")).Problem!.Message.ShouldContain("not finite");
    }

    [Fact]
    public void File_is_at_most_8_megabytes() => new FileInfo(EmbeddingFiles.EncoderPath).Length.ShouldBeLessThanOrEqualTo(8_000_000);

    private static float[] Encode(string text)
    {
        var vector = new float[SentenceEncoder.Dimensions];
        EmbeddingFiles.Encoder.Encode(text, vector);
        return vector;
    }
}
