using System.Text.Json;
using Memory.Core.Embeddings;
using Memory.Core.Embeddings.Remote;
using Memory.Core.Memories;
using static Memory.Tests.LoopbackServer;

namespace Memory.Core.Tests.Embeddings.Remote;

/// <summary>What is sent, and what becomes of each kind of answer.</summary>
public sealed class OpenAiEmbedderTests
{
    private const string Key = "sk-very-secret";

    [Fact]
    public async Task Vectors_come_in_the_order_of_the_texts_and_with_length_1()
    {
        await using var server = new LoopbackServer(static _ => Reply.Text(200, """{"data":[{"index":1,"embedding":[0,5]},{"index":0,"embedding":[3,4]}],"model":"m","usage":{}}"""));
        using var embedder = Create(server);

        var vectors = await embedder.GenerateAsync(["first", "second"]);

        vectors[0].Vector.ToArray().ShouldBe([0.6f, 0.8f], 1e-6);
        vectors[1].Vector.ToArray().ShouldBe([0f, 1f], 1e-6);
        var request = server.Requests.ShouldHaveSingleItem();
        (request.Method, request.Path).ShouldBe(("POST", "/v1/embeddings"));
        request.Headers["Authorization"].ShouldBe($"Bearer {Key}");
        request.Body.ShouldBe("""{"model":"m","input":["first","second"]}""");
    }

    [Fact]
    public async Task Ollama_is_told_by_its_path_and_its_answer_read()
    {
        await using var server = new LoopbackServer(static _ => Reply.Text(200, """{"model":"m","embeddings":[[0,2]]}"""));
        using var embedder = Create(server, o => o with { Endpoint = new Uri(server.Address, "api/embed") });

        (await embedder.GenerateAsync(["first"]))[0].Vector.ToArray().ShouldBe([0f, 1f]);
        server.Requests.ShouldHaveSingleItem().Path.ShouldBe("/api/embed");
    }

    [Theory]
    [InlineData("", "/v1/embeddings")]
    [InlineData("v1", "/v1/embeddings")]
    [InlineData("api/v3/", "/api/v3/embeddings")]
    [InlineData("v1/embeddings?version=2", "/v1/embeddings?version=2")]
    public async Task The_path_is_completed_when_it_is_not_one_of_embeddings(string given, string asked)
    {
        await using var server = new LoopbackServer(Answer);
        using var embedder = Create(server, o => o with { Endpoint = new Uri(server.Address, given) });

        await embedder.GenerateAsync(["text"]);

        server.Requests.ShouldHaveSingleItem().Path.ShouldBe(asked);
    }

    [Fact]
    public async Task Texts_go_in_batches_long_ones_are_cut_and_blank_ones_stay_here()
    {
        await using var server = new LoopbackServer(Answer);
        using var embedder = Create(server, static o => o with { BatchSize = 2, MaxCharacters = 100 });

        var vectors = await embedder.GenerateAsync(["a", " \n", "b", new string('c', 99) + "\U0001F600", "d", "e"]);

        server.Requests.Select(static r => Inputs(r).Length).ShouldBe([2, 2, 1]);
        Inputs(server.Requests[1])[0].ShouldBe(new string('c', 99) + "\uFFFD");
        vectors[1].Vector.ToArray().ShouldAllBe(static v => v == 0);
        vectors.Count.ShouldBe(6);
    }

    [Fact]
    public async Task The_model_is_known_after_the_first_answer_and_from_the_start_when_dimensions_are_given()
    {
        await using var server = new LoopbackServer(Answer);
        using var learning = Create(server);
        using var told = Create(server, static o => o with { Dimensions = 3 });

        learning.Model.ShouldBeNull();
        told.Model.ShouldNotBeNull().Dimensions.ShouldBe(3);
        (await learning.ConnectAsync()).Value.ShouldBe(told.Model);
        learning.GetService(typeof(EmbeddingModel)).ShouldBe(told.Model);
        server.Requests.Count.ShouldBe(1);
        told.Model.Name.ShouldBe("openai:m");
        await told.GenerateAsync(["x"]);
        JsonDocument.Parse(server.Requests[1].Body).RootElement.GetProperty("dimensions").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task Two_addresses_or_models_or_dimensions_are_different_models()
    {
        await using var server = new LoopbackServer(Answer);
        OpenAiEmbedder[] embedders =
        [
            Create(server, static o => o with { Dimensions = 3 }), Create(server, static o => o with { Dimensions = 4 }),
            Create(server, static o => o with { Dimensions = 3, Model = "n" }), Create(server, o => o with { Dimensions = 3, Endpoint = new Uri(server.Address, "v2") }),
        ];

        embedders.Select(static e => e.Model).Distinct().Count().ShouldBe(4);
    }

    [Theory]
    [InlineData("<html>", "no list of vectors")]
    [InlineData("{}", "no list of vectors")]
    [InlineData("""{"data":[]}""", "0 vectors for 1 texts")]
    [InlineData("""{"data":[{"index":0,"embedding":[1,0,0]},{"index":1,"embedding":[1,0,0]}]}""", "2 vectors for 1 texts")]
    [InlineData("""{"data":[{"index":7,"embedding":[1,0,0]}]}""", "indices")]
    [InlineData("""{"data":[{"index":0,"embedding":[1,0]}]}""", "2 numbers where 3 belong")]
    [InlineData("""{"data":[{"index":0,"embedding":[]}]}""", "left out")]
    [InlineData("""{"data":[{"index":0,"embedding":[1,null,0]}]}""", "no list of vectors")]
    [InlineData("""{"data":[{"index":0,"embedding":[1,NaN,0]}]}""", "no list of vectors")]
    [InlineData("""{"data":[{"index":0,"embedding":[1,"NaN",0]}]}""", "NaN")]
    [InlineData("""{"data":[{"index":0,"embedding":[1,1e999,0]}]}""", "infinity")]
    public async Task An_answer_that_is_wrong_is_a_problem_and_not_asked_again(string answer, string said)
    {
        await using var server = new LoopbackServer(_ => Reply.Text(200, answer));
        using var embedder = Create(server, static o => o with { Dimensions = 3 });

        var error = await Should.ThrowAsync<EmbeddingException>(() => embedder.GenerateAsync(["Mara is vegetarian"]));

        error.Problem.Code.ShouldBe(ProblemCode.ModelUnavailable);
        error.Message.ShouldContain(said);
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_dimension_that_changes_is_a_problem()
    {
        var dimensions = 3;
        await using var server = new LoopbackServer(r => Answer(r, dimensions));
        using var embedder = Create(server);
        await embedder.GenerateAsync(["a"]);
        dimensions = 4;

        (await Should.ThrowAsync<EmbeddingException>(() => embedder.GenerateAsync(["b"]))).Message.ShouldContain("4 numbers where 3 belong");
        embedder.Model!.Dimensions.ShouldBe(3);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(307)]
    public async Task A_refusal_is_told_without_text_key_or_body_and_not_repeated(int status)
    {
        await using var server = new LoopbackServer(r => Reply.Text(status, $"Wrong: {r.Body} {r.Headers["Authorization"]}") with { Headers = [("Location", "/elsewhere")] });
        using var embedder = Create(server);

        var error = await Should.ThrowAsync<EmbeddingException>(() => embedder.GenerateAsync(["Mara is vegetarian"]));

        server.Requests.Count.ShouldBe(1);
        error.Message.ShouldContain($"{status}");
        error.ToString().ShouldNotContain("Mara");
        error.ToString().ShouldNotContain(Key);
    }

    [Fact]
    public async Task The_caller_can_end_it()
    {
        await using var server = new LoopbackServer(static async _ => { await Task.Delay(Timeout.Infinite); return Reply.None; });
        using var embedder = Create(server);
        using var cancellation = new CancellationTokenSource();

        var call = embedder.GenerateAsync(["a"], cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
        embedder.Availability.IsAvailable.ShouldBeTrue();
    }

    [Theory]
    [InlineData("ftp://localhost/v1", "m", "KEY")]
    [InlineData("http://user:password@localhost/v1", "m", "KEY")]
    [InlineData("http://localhost/v1", " ", "KEY")]
    [InlineData("http://localhost/v1", "m", "BAD_KEY")]
    public void Wrong_options_are_refused(string endpoint, string model, string variable)
    {
        var made = OpenAiEmbedder.Create(
            new OpenAiOptions { Endpoint = new Uri(endpoint), Model = model, ApiKeyVariable = variable }, static v => v == "KEY" ? Key : "bad\nkey", TimeProvider.System, static () => 0.5);

        made.Problem.ShouldNotBeNull().Code.ShouldBe(ProblemCode.Invalid);
        made.Problem.Message.ShouldNotContain("password@");
        made.Problem.Message.ShouldNotContain("bad\nkey");
    }

    internal static OpenAiEmbedder Create(LoopbackServer server, Func<OpenAiOptions, OpenAiOptions>? change = null, TimeProvider? time = null)
    {
        var options = new OpenAiOptions { Endpoint = server.Address, Model = "m", ApiKeyVariable = "KEY" };
        return OpenAiEmbedder.Create(change?.Invoke(options) ?? options, static v => v == "KEY" ? Key : null, time ?? TimeProvider.System, static () => 0.5).Value.ShouldNotBeNull();
    }

    internal static Reply Answer(Request request) => Answer(request, 3);

    internal static Reply Answer(Request request, int dimensions) => Reply.Text(
        200, $$"""{"data":[{{string.Join(',', Inputs(request).Select((_, i) => $$"""{"index":{{i}},"embedding":[{{string.Join(',', Enumerable.Repeat("1", dimensions))}}]}"""))}}]}""");

    private static string[] Inputs(Request request) => [.. JsonDocument.Parse(request.Body).RootElement.GetProperty("input").EnumerateArray().Select(static t => t.GetString()!)];
}
