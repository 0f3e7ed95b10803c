using System.Text.Json;
using CsCheck;
using Memory.Core.Embeddings;

namespace Memory.Core.Tests.Embeddings;

public sealed class SentencePieceTokenizerTests
{
    private static readonly (string, double)[] Markers = [.. Enumerable.Range(0, SentencePieceTokenizer.Reserved).Select(static i => ($"marker{i}", 0.0))];

    public static TheoryData<string, int[]> Golden
    {
        get
        {
            var data = new TheoryData<string, int[]>();
            using var golden = JsonDocument.Parse(File.ReadAllText(EmbeddingFiles.Golden()));
            foreach (var entry in golden.RootElement.EnumerateArray())
            {
                data.Add(entry.GetProperty("text").GetString()!, [.. entry.GetProperty("pieces").EnumerateArray().Select(static p => p.GetInt32())]);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Golden))]
    public void Encode_of_the_originals_texts_gives_its_pieces(string text, int[] pieces) => EmbeddingFiles.Encoder.Tokenizer.Encode(text).ShouldBe(pieces);

    [Fact]
    public void Encode_of_an_empty_text_gives_nothing() => EmbeddingFiles.Encoder.Tokenizer.Encode("").ShouldBeEmpty();

    [Fact]
    public void Encode_prefers_the_likelier_cut_over_the_longer_piece()
    {
        var tokenizer = new SentencePieceTokenizer([.. Markers, ("\u2581ab", -9), ("\u2581a", -2), ("b", -2), ("bc", -9), ("c", -1)]);

        tokenizer.Encode("abc").ShouldBe([7, 8, 10]);
    }

    [Fact]
    public void Encode_of_characters_without_a_piece_gives_the_unknown_piece_once()
    {
        var tokenizer = new SentencePieceTokenizer([.. Markers, ("\u2581", -1), ("a", -1)]);

        tokenizer.Encode("a\u6570\u636E\U0001F600a").ShouldBe([6, 7, SentencePieceTokenizer.Unknown, 7]);
    }

    [Fact]
    public void Encode_folds_compatible_characters() => EmbeddingFiles.Encoder.Tokenizer.Encode("Ｆｕｌｌ").ShouldBe(EmbeddingFiles.Encoder.Tokenizer.Encode("Full"));

    [Fact]
    public void Encode_of_any_string_gives_ids_of_pieces() =>
        Gen.String[0, 80].Sample(static text => EmbeddingFiles.Encoder.Tokenizer.Encode(text).All(static id => id >= 0 && id < EmbeddingFiles.Encoder.Tokenizer.Count), iter: 300);

    [Fact]
    public void Constructor_without_pieces_is_refused() => Should.Throw<ArgumentException>(static () => new SentencePieceTokenizer(Markers));
}
