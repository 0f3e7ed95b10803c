using Memory.Core.Embeddings;
using Memory.Core.Embeddings.Remote;
using Memory.Core.Memories;
using Memory.Server.Embeddings;

namespace Memory.Server.Tests.Embeddings;

public sealed class EmbeddingProvidersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Static_makes_vectors()
    {
        using var generator = EmbeddingProviders.Create("static", NoVariable, null, TimeProvider.System).Value.ShouldNotBeNull();

        (await generator.GenerateAsync(["sea"])).ShouldHaveSingleItem().Vector.Length.ShouldBe(256);
        generator.GetService(typeof(EmbeddingModel)).ShouldBeOfType<EmbeddingModel>().Name.ShouldBe("static");
    }

    [Theory]
    [InlineData("openai:http://localhost:11434/v1#nomic-embed-text", "openai:nomic-embed-text")]
    [InlineData("openai:https://example.org/v1/embeddings?x=1#org/model", "openai:org/model")]
    public void A_remote_endpoint_is_made_without_calling_it(string setting, string model)
    {
        var asked = new List<string>();
        using var generator = EmbeddingProviders.Create(setting, v => { asked.Add(v); return "key"; }, null, TimeProvider.System).Value.ShouldNotBeNull();

        asked.ShouldBe(["MEMORY_EMBEDDINGS_KEY"]);
        var embedder = generator.ShouldBeOfType<OpenAiEmbedder>();
        embedder.Model.ShouldBeNull();
        embedder.Availability.IsAvailable.ShouldBeTrue();
        model.ShouldEndWith(((Microsoft.Extensions.AI.EmbeddingGeneratorMetadata)embedder.GetService(typeof(Microsoft.Extensions.AI.EmbeddingGeneratorMetadata))!).DefaultModelId!);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Static")]
    [InlineData("onnx")]
    [InlineData("onnx:")]
    [InlineData("onnx:..")]
    [InlineData("openai:")]
    [InlineData("openai:http://localhost/v1")]
    [InlineData("openai:http://localhost/v1#")]
    [InlineData("openai:localhost#m")]
    [InlineData("openai:ftp://localhost/v1#m")]
    [InlineData("openai:#m")]
    public void A_wrong_setting_is_refused_with_what_is_allowed(string setting)
    {
        var problem = EmbeddingProviders.Create(setting, NoVariable, _folder.Path, TimeProvider.System).Problem.ShouldNotBeNull();

        problem.Code.ShouldBe(ProblemCode.Invalid);
    }

    [Fact]
    public void A_model_that_was_not_pulled_is_told_how_to_get() =>
        EmbeddingProviders.Create("onnx:all-MiniLM-L6-v2", NoVariable, _folder.Path, TimeProvider.System).Problem.ShouldNotBeNull()
            .Message.ShouldContain("memory-server models pull all-MiniLM-L6-v2");

    [Theory]
    [InlineData("onnx:tiny")]
    [InlineData("onnx:FOLDER/tiny")]
    public void A_name_is_looked_for_among_pulled_models_and_a_path_where_it_leads(string setting)
    {
        Directory.CreateDirectory(_folder.File("tiny"));

        EmbeddingProviders.Create(setting.Replace("FOLDER", _folder.Path), NoVariable, _folder.Path, TimeProvider.System).Problem.ShouldNotBeNull()
            .Message.ShouldContain(_folder.File("tiny"));
    }

    [Fact]
    public async Task A_server_that_starts_loads_no_onnx()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells the files that a process has mapped by its file system.");
        await using var server = ServerProcess.Start(["serve", "--db", _folder.File("memory.db"), "--schedule", "off"]);
        await server.GreetAsync();
        await server.CallAsync("store", """{"content":"The mast is of spruce."}""");

        var mapped = (await File.ReadAllLinesAsync($"/proc/{server.Id}/maps")).Select(Path.GetFileName).Distinct().ToArray();

        mapped.ShouldContain("Memory.Core.dll");
        mapped.ShouldNotContain(static name => name!.Contains("onnx", StringComparison.OrdinalIgnoreCase) || name.Contains("Polly", StringComparison.Ordinal));
    }

    private static string? NoVariable(string name) => null;
}
