namespace Memory.Server.Tests.Http;

/// <summary>What address and body of a request say, and that nothing of it is passed over.</summary>
[Collection(typeof(HttpCollection))]
public sealed class RestArgumentTests : IDisposable
{
    private const string Other = "zzzzzzzzzzzz";

    private readonly HttpClient _client;
    private readonly string _ns;

    public RestArgumentTests(HttpFixture server)
    {
        _client = server.Client("everything");
        _ns = server.NewNamespace();
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_body_that_names_another_memory_than_the_path_is_refused_with_both_names()
    {
        var id = await StoreAsync();
        foreach (var (method, path, body) in new[]
        {
            (HttpMethod.Patch, Path($"memories/{id}"), $$"""{"id":"{{Other}}","importance":0.9}"""),
            (HttpMethod.Delete, Path($"memories/{id}"), $$"""{"id":"{{Other}}"}"""),
            (HttpMethod.Post, Path($"memories/{id}/feedback"), $$"""{"id":"{{Other}}","verdict":"refute"}"""),
        })
        {
            (await _client.RefusedAsync(method, path, body)).ShouldBe((400, $"id is \"{id}\" in the address and \"{Other}\" in the body; give it once, or twice the same."));
        }

        (await _client.RefusedAsync(HttpMethod.Patch, Path($"memories/{id}"), """{"id":"\ud800","importance":0.9}""")).Status.ShouldBe(400);
        (await _client.RefusedAsync(HttpMethod.Patch, Path($"memories/{id}"), """{"id":null,"importance":0.9}""")).Status.ShouldBe(400);
        var still = await _client.GetOkAsync(HttpMethod.Get, Path($"memories/{id}"));
        (still.GetProperty("importance").GetDouble(), still.GetProperty("evidence").GetArrayLength()).ShouldBe((0.5, 1));
        (await _client.GetOkAsync(HttpMethod.Patch, Path($"memories/{id}"), $$"""{"id":"{{id}}","importance":0.9}""")).GetProperty("id").GetString().ShouldBe(id);
    }

    [Fact]
    public async Task A_body_that_names_another_namespace_or_run_than_the_address_is_refused()
    {
        (await _client.RefusedAsync(HttpMethod.Post, Path("memories"), """{"namespace":"elsewhere","content":"Where does this go?"}"""))
            .ShouldBe((400, $"namespace is \"{_ns}\" in the address and \"elsewhere\" in the body; give it once, or twice the same."));
        (await _client.RefusedAsync(HttpMethod.Post, Path("consolidations"), """{"namespace":"elsewhere"}""")).Status.ShouldBe(400);
        (await _client.RefusedAsync(HttpMethod.Post, Path("runs/20261124-030000-k3m9x7/undo"), """{"undo_run":"20261124-030000-k3m9x8"}""")).Detail.ShouldContain("k3m9x7\" in the address");

        (await _client.GetOkAsync(HttpMethod.Get, "/api/v1/memories?namespace=elsewhere")).GetProperty("memories").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_body_without_its_length_is_read_as_any_other()
    {
        var stored = await SendChunkedAsync(HttpMethod.Post, Path("memories"), """{"content":"Harbor ships on Mondays."}""");
        var id = (await stored.JsonAsync()).GetProperty("memories")[0].GetProperty("id").GetString();

        ((int)stored.StatusCode).ShouldBe(201);
        ((int)(await SendChunkedAsync(HttpMethod.Patch, Path($"memories/{id}"), """{"importance":0.9}""")).StatusCode).ShouldBe(200);
        ((int)(await SendChunkedAsync(HttpMethod.Delete, Path($"memories/{id}"), $$"""{"id":"{{Other}}"}""")).StatusCode).ShouldBe(400);
        (await _client.GetOkAsync(HttpMethod.Get, Path($"memories/{id}"))).GetProperty("importance").GetDouble().ShouldBe(0.9);
        ((int)(await SendChunkedAsync(HttpMethod.Delete, Path($"memories/{id}"), "")).StatusCode).ShouldBeInRange(200, 204);
    }

    [Fact]
    public async Task A_body_that_is_not_said_to_be_JSON_is_of_no_type_that_is_taken()
    {
        using var response = await _client.PostAsync(Path("memories"), new StringContent("""{"content":"Harbor"}""", System.Text.Encoding.UTF8, "text/plain"), TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBe(415);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task A_body_that_is_not_UTF8_is_told_as_that()
    {
        using var response = await _client.PostAsync(
            Path("memories"), new ByteArrayContent([.. "{\"content\":\"caf"u8, 0xE9, .. "\"}"u8]) { Headers = { ContentType = new("application/json") } }, TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBe(400);
        (await response.JsonAsync()).GetProperty("detail").GetString().ShouldBe("The body is not valid UTF-8; JSON in UTF-8 is allowed.");
    }

    [Fact]
    public async Task A_run_that_can_be_none_is_not_found_by_whatever_looks_for_it()
    {
        (await _client.RefusedAsync(HttpMethod.Get, Path("runs/nope"))).Status.ShouldBe(404);
        (await _client.RefusedAsync(HttpMethod.Post, Path("runs/nope/undo"))).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("memories", "&tags=x", "tags", "namespace, kind, tag, state, since, until, limit, cursor are")]
    [InlineData("memories/zzzzzzzzzzzz", "&version=1", "version", "namespace is")]
    [InlineData("graph", "&entities=x", "entities", "namespace, entity, depth, limit are")]
    [InlineData("status", "&verbose=1", "verbose", "namespace is")]
    [InlineData("runs", "&page=2", "page", "namespace, limit, cursor are")]
    [InlineData("runs/20261124-030000-k3m9x7", "&full=1", "full", "namespace is")]
    [InlineData("audit", "&actions=forget", "actions", "caller, namespace, action, since, until, before, limit are")]
    [InlineData("keys", "", "namespace", "none is")]
    [InlineData("consolidations/job", "", "namespace", "none is")]
    public async Task A_mistyped_parameter_of_a_read_is_refused_with_those_that_are_allowed(string route, string query, string unknown, string allowed) =>
        (await _client.RefusedAsync(HttpMethod.Get, Path(route) + query)).ShouldBe((400, $"The query parameter '{unknown}' is not known here; {allowed} allowed."));

    [Theory]
    [InlineData("memories", "&tag=x&tag=y", "tag")]
    [InlineData("audit", "&action=forget&action=undo", "action")]
    [InlineData("memories", "&namespace=other", "namespace")]
    public async Task A_parameter_of_a_read_that_is_given_twice_is_refused(string route, string query, string twice) =>
        (await _client.RefusedAsync(HttpMethod.Get, Path(route) + query)).ShouldBe((400, $"{twice} is given more than once; once is allowed."));

    [Theory]
    [InlineData("GET", "memories", "&tag=%ff")]
    [InlineData("GET", "memories", "&tag=caf%E9")]
    [InlineData("GET", "memories", "&tag=%ed%a0%80")]
    [InlineData("GET", "memories", "&%ff=1")]
    [InlineData("GET", "memories/zzzzzzzzzzzz", "%ff")]
    [InlineData("GET", "audit", "&caller=%c3")]
    [InlineData("GET", "keys", "%80")]
    [InlineData("POST", "recall", "%ff")]
    [InlineData("DELETE", "memories/zzzzzzzzzzzz", "%ff")]
    public async Task A_query_that_is_not_UTF8_is_told_as_that_by_every_route(string method, string route, string query) =>
        (await _client.RefusedAsync(new HttpMethod(method), Path(route) + query, method == "POST" ? """{"query":"a"}""" : null)).ShouldBe((400, "The query is not valid UTF-8; UTF-8, percent-encoded, is allowed."));

    [Theory]
    [InlineData("caf%C3%A9")]
    [InlineData("caf%c3%a9+%F0%9F%8E%89")]
    [InlineData("100%25")]
    [InlineData("100%")]
    public async Task A_query_in_UTF8_is_read(string tag) =>
        (await _client.GetOkAsync(HttpMethod.Get, Path("memories") + $"&tag={tag}")).GetProperty("memories").GetArrayLength().ShouldBe(0);

    private async Task<HttpResponseMessage> SendChunkedAsync(HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = true;
        return await _client.SendAsync(request);
    }

    private string Path(string path) => $"/api/v1/{path}?namespace={_ns}";

    private async Task<string> StoreAsync() =>
        (await _client.GetOkAsync(HttpMethod.Post, Path("memories"), """{"content":"Harbor ships on Mondays."}""")).GetProperty("memories")[0].GetProperty("id").GetString()!;
}
