using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Memory.Server.Tests.Http;

/// <summary>What is answered is what the description says: its status, its content, its members and its headers.</summary>
[Collection(typeof(HttpCollection))]
public sealed class ApiDescriptionTests : IDisposable
{
    private static readonly string[] Headers = ["ETag", "Location", "Retry-After"];

    private readonly HttpFixture _server;
    private readonly HttpClient _client;
    private readonly string _ns;
    private readonly List<string> _wrong = [];
    private JsonElement _described;

    public ApiDescriptionTests(HttpFixture server)
    {
        _server = server;
        _client = server.Client("everything");
        _ns = server.NewNamespace();
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Answers_have_the_status_content_members_and_headers_that_are_described()
    {
        _described = await _client.GetOkAsync(HttpMethod.Get, "/openapi/v1.json");
        var one = (await AnswerAsync("POST", "/memories", null, """{"content":"Alice Johnson works at Harbor since 2020.","tags":["a"]}""")).GetProperty("memories")[0].GetProperty("id").GetString()!;
        await AnswerAsync("POST", "/memories", null, """{"memories":[{"content":"The mast is tall"},{"content":"mast is tall"}]}""");
        await AnswerAsync("GET", "/memories", null, query: "&limit=1");
        await AnswerAsync("GET", "/memories", null);
        await AnswerAsync("GET", "/memories/{id}", one);
        using (var shown = await _client.GetAsync($"/api/v1/memories/{one}?namespace={_ns}"))
        {
            await AnswerAsync("GET", "/memories/{id}", one, header: ("If-None-Match", shown.Headers.ETag!.ToString()));
        }

        await AnswerAsync("GET", "/memories/{id}", "zzzzzzzzzzzz");
        await AnswerAsync("PATCH", "/memories/{id}", one, """{"tags":["z"]}""");
        var two = (await AnswerAsync("PATCH", "/memories/{id}", one, """{"content":"Alice Johnson works at Bridge since 2020."}""")).GetProperty("id").GetString()!;
        await AnswerAsync("GET", "/memories/{id}", two);
        await AnswerAsync("POST", "/memories/{id}/feedback", two, """{"verdict":"confirm"}""");
        await AnswerAsync("POST", "/recall", null, """{"query":"Alice"}""");
        await AnswerAsync("GET", "/graph", null);
        await AnswerAsync("GET", "/status", null);
        var job = (await AnswerAsync("POST", "/consolidations", null, """{"scope":"full"}""")).GetProperty("job").GetString()!;
        await AnswerAsync("GET", "/consolidations/{job}/events", job, query: null);
        await AnswerAsync("GET", "/consolidations/{job}", job, query: null);
        var run = (await AnswerAsync("GET", "/consolidations/{job}/result", job, query: null)).GetProperty("run").GetString()!;
        await AnswerAsync("DELETE", "/consolidations/{job}", job, query: null);
        await AnswerAsync("GET", "/runs", null);
        await AnswerAsync("GET", "/runs/{run}", run);
        await AnswerAsync("POST", "/runs/{run}/undo", run);
        await AnswerAsync("GET", "/runs/{run}", run);
        await AnswerAsync("GET", "/audit", null);
        await AnswerAsync("GET", "/keys", null, query: null);
        await AnswerAsync("DELETE", "/memories/{id}", two);
        await AnswerAsync("GET", "/memories/{id}", two);
        await AnswerAsync("GET", "/health/live", null, query: null);
        await AnswerAsync("GET", "/health/ready", null, query: null);

        _wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ways_to_show_a_key_are_described_and_each_is_enough_by_itself()
    {
        _described = await _client.GetOkAsync(HttpMethod.Get, "/openapi/v1.json");

        var schemes = _described.GetProperty("components").GetProperty("securitySchemes");
        var header = schemes.GetProperty("key");
        (header.GetProperty("type").GetString(), header.GetProperty("in").GetString()).ShouldBe(("apiKey", "header"));
        _described.GetProperty("security").EnumerateArray().Select(static way => way.EnumerateObject().ShouldHaveSingleItem().Name).ShouldBe(["bearer", "key"]);
        using var keyed = _server.Client();
        using var answer = await keyed.SendJsonAsync(HttpMethod.Get, "/api/v1/status", null, (header.GetProperty("name").GetString()!, _server.Key("read-a")));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Bodies_need_nothing_that_stands_in_the_path_and_hold_nothing_that_is_refused()
    {
        _described = await _client.GetOkAsync(HttpMethod.Get, "/openapi/v1.json");

        Members("/memories/{id}", "patch").ShouldNotContain("id");
        Members("/memories/{id}", "patch").ShouldContain("tags");
        Members("/memories/{id}/feedback", "post").ShouldNotContain("id");
        Members("/runs/{run}/undo", "post").ShouldBe(["namespace"]);
        Members("/consolidations", "post").ShouldContain("undo_run");
        Body("/memories/{id}", "patch").TryGetProperty("required", out var required).ShouldBe(required.ValueKind == JsonValueKind.Array && required.GetArrayLength() > 0);
        Body("/memories/{id}/feedback", "post").GetProperty("required").EnumerateArray().Select(static r => r.GetString()).ShouldBe(["verdict"]);

        string[] Members(string path, string method) => [.. Body(path, method).GetProperty("properties").EnumerateObject().Select(static p => p.Name)];

        JsonElement Body(string path, string method) => Operation(path, method).GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");
    }

    [Fact]
    public async Task Members_of_answers_have_one_type_each_and_are_never_null()
    {
        _described = await _client.GetOkAsync(HttpMethod.Get, "/openapi/v1.json");

        foreach (var schema in _described.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            foreach (var member in schema.Value.GetProperty("properties").EnumerateObject())
            {
                (member.Value.TryGetProperty("$ref", out _) || member.Value.GetProperty("type").ValueKind == JsonValueKind.String).ShouldBeTrue($"{schema.Name}.{member.Name}: {member.Value.GetRawText()}");
            }
        }

        Operation("/audit", "get").GetProperty("parameters").EnumerateArray().First(static p => p.GetProperty("name").GetString() == "limit").GetProperty("schema").GetProperty("type").GetString().ShouldBe("integer");
    }

    [Fact]
    public async Task Retry_After_is_described_where_callers_are_counted_and_no_key_where_none_is_needed()
    {
        _described = await _client.GetOkAsync(HttpMethod.Get, "/openapi/v1.json");

        Operation("/recall", "post").GetProperty("responses").GetProperty("429").GetProperty("headers").TryGetProperty("Retry-After", out _).ShouldBeTrue();
        Operation("/recall", "post").TryGetProperty("security", out _).ShouldBeFalse();
        foreach (var path in new[] { "/health/live", "/health/ready" })
        {
            Operation(path, "get").GetProperty("responses").TryGetProperty("429", out _).ShouldBeFalse();
            // Empty, or one of its ways asks for nothing.
            var security = Operation(path, "get").GetProperty("security").EnumerateArray().ToArray();
            security.All(static way => !way.EnumerateObject().Any()).ShouldBeTrue();
        }
    }

    private static string Full(string path) => path.StartsWith("/health", StringComparison.Ordinal) ? path : $"/api/v1{path}";

    private JsonElement Operation(string path, string method) => _described.GetProperty("paths").GetProperty(Full(path)).GetProperty(method);

    // Sends a request, compares the answer with its description, and yields its JSON.
    private async Task<JsonElement> AnswerAsync(string method, string path, string? id, string? body = null, string? query = "", (string, string)? header = null)
    {
        var address = Full(path).Replace("{id}", id, StringComparison.Ordinal).Replace("{job}", id, StringComparison.Ordinal).Replace("{run}", id, StringComparison.Ordinal)
            + (query is null ? "" : $"?namespace={_ns}{query}");
        using var response = await _client.SendJsonAsync(new HttpMethod(method), address, body, header is { } given ? [given] : []);
        var text = await response.Content.ReadAsStringAsync();
        var where = $"{method} {path} {(int)response.StatusCode}";
        var all = Operation(path, method.ToLowerInvariant()).GetProperty("responses");
        var answer = all.TryGetProperty(((int)response.StatusCode).ToString(CultureInfo.InvariantCulture), out var exact) ? exact : all.GetProperty("default");
        if (response.IsSuccessStatusCode && exact.ValueKind == JsonValueKind.Undefined)
        {
            _wrong.Add($"{where}: the status is not described");
        }

        foreach (var name in Headers.Where(h => response.Headers.Contains(h) && !(answer.TryGetProperty("headers", out var described) && described.TryGetProperty(h, out _))))
        {
            _wrong.Add($"{where}: the header {name} is not described");
        }

        if (response.StatusCode == HttpStatusCode.NotModified)
        {
            return default;
        }

        var type = response.Content.Headers.ContentType!.MediaType!;
        if (!answer.TryGetProperty("content", out var contents) || !contents.TryGetProperty(type, out var content))
        {
            _wrong.Add($"{where}: {type} is not described");
        }
        else if (type == "application/json")
        {
            Compare(where, content.GetProperty("schema"), JsonElement.Parse(text));
        }

        return type.EndsWith("json", StringComparison.Ordinal) ? JsonElement.Parse(text) : default;
    }

    private void Compare(string where, JsonElement schema, JsonElement value)
    {
        if (schema.TryGetProperty("$ref", out var target))
        {
            schema = _described.GetProperty("components").GetProperty("schemas").GetProperty(target.GetString()!.Split('/')[^1]);
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var (i, item) in value.EnumerateArray().Index())
            {
                Compare($"{where}[{i}]", schema.GetProperty("items"), item);
            }
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(static r => r.GetString()!) : [];
            _wrong.AddRange(required.Where(r => !value.TryGetProperty(r, out _)).Select(r => $"{where}: {r} is required and not there"));
            foreach (var member in schema.TryGetProperty("properties", out var properties) ? value.EnumerateObject().ToArray() : [])
            {
                if (!properties.TryGetProperty(member.Name, out var described))
                {
                    _wrong.Add($"{where}: {member.Name} is there and not described");
                    continue;
                }

                Compare($"{where}.{member.Name}", described, member.Value);
            }
        }
    }
}
