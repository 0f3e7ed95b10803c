using System.Text.Json;
using Memory.Core.Memories;

namespace Memory.Onnx.Tests;

public sealed class TokenizerFileTests : IDisposable
{
    private const string WordPiece = """
        {"normalizer":{"type":"BertNormalizer","lowercase":LOWER},"pre_tokenizer":{"type":"BertPreTokenizer"},
         "post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"[CLS]"}},{"Sequence":{"id":"A"}},{"SpecialToken":{"id":"[SEP]"}}]},
         "model":{"type":"WordPiece","unk_token":"[UNK]","vocab":{"[PAD]":0,"[UNK]":1,"[CLS]":2,"[SEP]":3,"sea":4,"##s":5,"Sea":6,"!":7}}}
        """;

    private const string BytePair = """
        {"normalizer":null,"pre_tokenizer":{"type":"ByteLevel","add_prefix_space":SPACE},
         "post_processor":{"type":"RobertaProcessing","cls":["<s>",0],"sep":["</s>",2]},
         "model":{"type":"BPE","vocab":{"<s>":0,"<pad>":1,"</s>":2,"s":3,"e":4,"a":5,"Ġ":6,"se":7,"sea":8,"Ġsea":9},"merges":["s e","se a","Ġ sea"]}}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Sea seas!", new[] { 2, 4, 4, 5, 7, 3 })]
    [InlineData("séa", new[] { 2, 4, 3 })]
    [InlineData("unknown", new[] { 2, 1, 3 })]
    [InlineData("[SEP]", new[] { 2, 1, 1, 1, 3 })]
    [InlineData("", new[] { 2, 3 })]
    public void WordPiece_of_a_json_file_divides_as_BERT(string text, int[] tokens) =>
        Load(WordPiece.Replace("LOWER", "true")).Value.ShouldNotBeNull().Encode(text, 512).ShouldBe(tokens);

    [Fact]
    public void WordPiece_with_case_keeps_it() =>
        Load(WordPiece.Replace("LOWER", "false")).Value.ShouldNotBeNull().Encode("Sea sea", 512).ShouldBe([2, 6, 4, 3]);

    [Fact]
    public void A_vocabulary_with_capitals_is_of_a_model_with_case()
    {
        File.WriteAllLines(_folder.File("vocab.txt"), ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "sea", "Sea"]);
        TokenizerFile.Load(Folder("vocab.txt")).Value.ShouldNotBeNull().Encode("Sea", 512).ShouldBe([2, 5, 3]);
        TokenizerFile.Load(Folder("vocab.txt") with { LowerCase = true }).Value.ShouldNotBeNull().Encode("Sea", 512).ShouldBe([2, 4, 3]);
    }

    [Theory]
    [InlineData("false", "sea sea", new[] { 0, 8, 9, 2 })]
    [InlineData("true", "sea", new[] { 0, 9, 2 })]
    public void BPE_of_a_json_file_divides_as_RoBERTa(string space, string text, int[] tokens) =>
        Load(BytePair.Replace("SPACE", space)).Value.ShouldNotBeNull().Encode(text, 512).ShouldBe(tokens);

    [Fact]
    public void A_long_text_is_cut_with_its_end_kept()
    {
        Load(WordPiece.Replace("LOWER", "true")).Value.ShouldNotBeNull().Encode("sea sea sea sea sea sea sea sea sea", 8).ShouldBe([2, 4, 4, 4, 4, 4, 4, 3]);
        Load(BytePair.Replace("SPACE", "false")).Value.ShouldNotBeNull().Encode("sea sea sea sea sea sea sea sea sea", 8).ShouldBe([0, 8, 9, 9, 9, 9, 9, 2]);
    }

    [Theory]
    [InlineData("""{"model":{"type":"Unigram","vocab":[]}}""", "'Unigram'")]
    [InlineData("""{"model":{"type":"WordPiece","vocab":{}},"normalizer":{"type":"NFKC"},"pre_tokenizer":{"type":"Whitespace"}}""", "as BERT does")]
    [InlineData("""{"model":{"type":"BPE","vocab":{},"merges":[]},"pre_tokenizer":{"type":"Metaspace"}}""", "as GPT-2 does")]
    [InlineData("""{"model":{"type":"BPE","vocab":{},"merges":[]},"post_processor":{"type":"Sequence"}}""", "'Sequence'")]
    [InlineData("""{"version":"1.0"}""", "no 'model'")]
    [InlineData("[1]", "no 'model'")]
    public void Another_tokenizer_is_refused_by_its_name(string json, string said)
    {
        var problem = Load(json).Problem.ShouldNotBeNull();

        problem.Code.ShouldBe(ProblemCode.ModelUnavailable);
        problem.Message.ShouldContain(said);
        problem.Message.ShouldContain("tokenizer.json");
    }

    [Fact]
    public void A_vocabulary_with_gaps_is_refused() =>
        Load(WordPiece.Replace("LOWER", "true").Replace("\"!\":7", "\"!\":9")).Problem.ShouldNotBeNull().Message.ShouldContain("gaps");

    private Outcome<TextTokenizer> Load(string json)
    {
        using var _ = JsonDocument.Parse(json);
        File.WriteAllText(_folder.File("tokenizer.json"), json);
        return TokenizerFile.Load(Folder("tokenizer.json"));
    }

    private ModelFolder Folder(string tokenizer) => new("", _folder.File(tokenizer), ModelFolder.LongestText, null, Pooling.Mean, []);
}
