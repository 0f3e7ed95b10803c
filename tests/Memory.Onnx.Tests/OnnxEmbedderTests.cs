using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Microsoft.Extensions.AI;

namespace Memory.Onnx.Tests;

public sealed class OnnxEmbedderTests : IDisposable
{
    private static readonly float Half = MathF.Sqrt(0.5f);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_vector_is_the_mean_of_the_tokens_with_length_1(bool withoutTypes)
    {
        using var embedder = Load(new TinyModel { Inputs = withoutTypes ? ["input_ids", "attention_mask"] : ["input_ids", "attention_mask", "token_type_ids"] });

        var vectors = await VectorsAsync(embedder, "Sea WIND", "masts", "sea sea sea wind wind wind");

        vectors[0].ShouldBe([Half, Half, 0, 0], 1e-6);
        vectors[1].ShouldBe([0, 0, Half, Half], 1e-6);
        vectors[2].ShouldBe([Half, Half, 0, 0], 1e-6);
    }

    [Fact]
    public async Task Padding_does_not_count_so_a_text_has_one_vector_in_any_company()
    {
        using var embedder = Load(new TinyModel());

        var alone = await VectorsAsync(embedder, "sea");
        var among = await VectorsAsync(embedder, "wind wind wind wind mast", "sea", "wind mast");

        among[1].ShouldBe(alone[0]);
    }

    [Fact]
    public async Task Many_texts_of_many_lengths_keep_their_order()
    {
        using var embedder = Load(new TinyModel());
        string[] words = ["sea", "wind", "mast"];
        var texts = Enumerable.Range(0, 700).Select(i => string.Join(' ', Enumerable.Repeat(words[i % 3], 1 + (i * 37 % 600)))).ToArray();

        var vectors = await VectorsAsync(embedder, texts);

        vectors.Length.ShouldBe(texts.Length);
        for (var i = 0; i < texts.Length; i++)
        {
            vectors[i][i % 3].ShouldBe(1, 1e-5f);
        }
    }

    [Fact]
    public async Task Output_that_is_pooled_is_taken_as_it_is()
    {
        using var embedder = Load(new TinyModel { IsPooled = true, Output = "sentence_embedding" });

        (await VectorsAsync(embedder, "sea wind"))[0].ShouldBe([Half, Half, 0, 0], 1e-6);
    }

    [Fact]
    public async Task A_first_token_model_takes_the_first_token()
    {
        var table = new TinyModel().Table;
        table[(2 * 4) + 3] = 1;
        Configure("1_Pooling/config.json", """{"pooling_mode_cls_token":true,"pooling_mode_mean_tokens":false}""");
        using var embedder = Load(new TinyModel { Table = table });

        (await VectorsAsync(embedder, "sea wind"))[0].ShouldBe([0, 0, 0, 1f]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("xyzzy")]
    [InlineData("🙂 \uD800")]
    public async Task A_text_of_which_nothing_is_known_has_the_zero_vector(string text)
    {
        using var embedder = Load(new TinyModel());

        var vectors = await VectorsAsync(embedder, text, "sea");

        vectors[0].ShouldAllBe(static v => v == 0);
        vectors[1].ShouldBe([1f, 0, 0, 0]);
    }

    [Fact]
    public async Task Only_what_the_model_reads_of_a_text_counts()
    {
        Configure("sentence_bert_config.json", """{"max_seq_length":10}""");
        using var embedder = Load(new TinyModel());

        (await VectorsAsync(embedder, "sea sea sea sea sea sea sea sea wind"))[0].ShouldBe([1f, 0, 0, 0]);
        (await VectorsAsync(embedder, string.Join(' ', Enumerable.Repeat("sea", 100_000))))[0].ShouldBe([1f, 0, 0, 0]);
    }

    [Fact]
    public void The_version_changes_with_the_files_and_not_with_the_folder()
    {
        using var first = OnnxEmbedder.Load(new TinyModel().WriteTo(_folder.File("a"))).Value.ShouldNotBeNull();
        using var moved = OnnxEmbedder.Load(new TinyModel().WriteTo(_folder.File("b"))).Value.ShouldNotBeNull();
        var table = new TinyModel().Table;
        table[20] = 0.5f;
        using var other = OnnxEmbedder.Load(new TinyModel { Table = table }.WriteTo(_folder.File("c"))).Value.ShouldNotBeNull();

        first.Model.Name.ShouldBe("onnx");
        first.Model.Dimensions.ShouldBe(4);
        first.Model.Version.ShouldMatch("^[0-9a-f]{32}$");
        moved.Model.ShouldBe(first.Model);
        other.Model.ShouldNotBe(first.Model);
        first.GetService(typeof(EmbeddingModel)).ShouldBe(first.Model);
        first.GetService(typeof(EmbeddingGeneratorMetadata)).ShouldBeOfType<EmbeddingGeneratorMetadata>().DefaultModelDimensions.ShouldBe(4);
    }

    [Fact]
    public void A_missing_folder_and_each_missing_file_are_named()
    {
        Problem(OnnxEmbedder.Load(_folder.File("none"))).ShouldContain("does not exist");
        var folder = new TinyModel().WriteTo(_folder.Path);
        File.Delete(Path.Combine(folder, "vocab.txt"));
        Problem(OnnxEmbedder.Load(folder)).ShouldContain("no tokenizer.json or vocab.txt");
        new TinyModel().WriteTo(folder);
        File.Delete(Path.Combine(folder, "model.onnx"));
        Problem(OnnxEmbedder.Load(folder)).ShouldContain("no model.onnx");
    }

    [Theory]
    [InlineData("model.onnx", "this is no model")]
    [InlineData("vocab.txt", "no\nspecial\ntokens")]
    [InlineData("tokenizer.json", "{")]
    [InlineData("tokenizer_config.json", "[]")]
    public void A_file_that_is_damaged_is_named(string file, string content)
    {
        new TinyModel().WriteTo(_folder.Path);
        File.WriteAllText(_folder.File(file), content);

        Problem(OnnxEmbedder.Load(_folder.Path)).ShouldContain(file);
    }

    public static TheoryData<string, string> WrongModels => new()
    {
        { "no mask", "attention_mask are needed" },
        { "another input", "position_ids" },
        { "int32", "must be int64" },
        { "fixed length", "both free" },
        { "NaN", "NaN" },
        { "four dimensions", "holds float vectors" },
        { "summed over the texts", "has the shape" },
    };

    [Theory]
    [MemberData(nameof(WrongModels))]
    public void A_model_of_another_shape_is_refused_with_the_reason(string which, string said)
    {
        var table = new TinyModel().Table;
        table[4] = float.NaN;
        var model = which switch
        {
            "no mask" => new TinyModel { Inputs = ["input_ids"] },
            "another input" => new TinyModel { Inputs = ["input_ids", "attention_mask", "position_ids"] },
            "int32" => new TinyModel { InputType = 6 },
            "four dimensions" => new TinyModel { OutputShape = ["texts", "tokens", "heads", 4] },
            "summed over the texts" => new TinyModel { IsPooled = true, SummedAxis = 0, OutputShape = ["texts", 4] },
            "fixed length" => new TinyModel { FixedLength = 128 },
            _ => new TinyModel { Table = table },
        };

        Problem(OnnxEmbedder.Load(model.WriteTo(_folder.Path))).ShouldContain(said);
    }

    [Fact]
    public async Task A_vector_that_is_no_vector_is_a_problem_and_never_returned()
    {
        var table = new TinyModel().Table;
        table[4 * 4] = float.NaN;
        using var embedder = Load(new TinyModel { Table = table });

        (await VectorsAsync(embedder, "wind"))[0].ShouldBe([0, 1f, 0, 0]);
        var error = await Should.ThrowAsync<EmbeddingException>(() => embedder.GenerateAsync(["wind", "sea"]));

        error.Problem.Code.ShouldBe(ProblemCode.ModelUnavailable);
        error.Message.ShouldContain("NaN");
    }

    private OnnxEmbedder Load(TinyModel model)
    {
        var loaded = OnnxEmbedder.Load(model.WriteTo(_folder.Path));
        loaded.Problem.ShouldBeNull();
        return loaded.Value!;
    }

    private void Configure(string file, string json)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(file))!);
        File.WriteAllText(_folder.File(file), json);
    }

    private static string Problem(Outcome<OnnxEmbedder> outcome)
    {
        outcome.Problem.ShouldNotBeNull().Code.ShouldBe(ProblemCode.ModelUnavailable);
        return outcome.Problem.Message;
    }

    private static async Task<float[][]> VectorsAsync(OnnxEmbedder embedder, params string[] texts) =>
        [.. (await embedder.GenerateAsync(texts)).Select(static e => e.Vector.ToArray())];
}
