using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Memory.Server.Tests.Http;

/// <summary>Every tool, resource, prompt, completion and route, with every kind of key and token, against a table of who may do what. What is in no table fails too.</summary>
[Collection(typeof(HttpCollection))]
public sealed class AccessTableTests(HttpFixture server) : IDisposable
{
    private readonly RSA _stranger = RSA.Create(2048);

    // ok: the status of REST when it is done. y: done, with that status, or for MCP with a result; -: forbidden (403, or the refusal as an error of the tool or
    // the protocol); 4: not there (404); 0: answered with nothing of the namespace. Who opens nothing is refused everywhere but at what is open to all.
    private const string Table = """
                                                  ok  read-a write-a tidy-a all-b everything admin admin-a jwt-read-a jwt-write-a jwt-tidy-a jwt-all-b jwt-everything jwt-nothing
        tool store                                200   -       y      -      -       y        -      -        -           y          -          -           y             -
        tool recall                               200   y       y      y      -       y        -      -        y           y          y          -           y             -
        tool update                               200   -       y      -      -       y        -      -        -           y          -          -           y             -
        tool forget                               200   -       y      -      -       y        -      -        -           y          -          -           y             -
        tool feedback                             200   -       y      -      -       y        -      -        -           y          -          -           y             -
        tool graph                                200   y       y      y      -       y        -      -        y           y          y          -           y             -
        tool status                               200   y       y      y      -       y        -      -        y           y          y          -           y             -
        tool consolidate                          200   -       -      y      -       y        -      -        -           -          y          -           y             -
        resource memory://a/{id}                  200   y       y      y      -       y        -      -        y           y          y          -           y             -
        resource memory://a/snapshot              200   y       y      y      -       y        -      -        y           y          y          -           y             -
        resource memory://a/digest                200   y       y      y      -       y        -      -        y           y          y          -           y             -
        prompt recall_context                     200   y       y      y      -       y        -      -        y           y          y          -           y             -
        prompt save_session                       200   y       y      y      -       y        -      -        y           y          y          -           y             -
        completion namespace                      200   y       y      y      0       y        0      0        y           y          y          0           y             0
        completion tag                            200   y       y      y      0       y        0      0        y           y          y          0           y             0
        GET /api/v1/memories                      200   y       y      y      -       y        -      -        y           y          y          -           y             -
        POST /api/v1/memories                     201   -       y      -      -       y        -      -        -           y          -          -           y             -
        GET /api/v1/memories/{id}                 200   y       y      y      -       y        -      -        y           y          y          -           y             -
        PATCH /api/v1/memories/{id}               200   -       y      -      -       y        -      -        -           y          -          -           y             -
        DELETE /api/v1/memories/{id}              200   -       y      -      -       y        -      -        -           y          -          -           y             -
        POST /api/v1/memories/{id}/feedback       200   -       y      -      -       y        -      -        -           y          -          -           y             -
        POST /api/v1/recall                       200   y       y      y      -       y        -      -        y           y          y          -           y             -
        GET /api/v1/graph                         200   y       y      y      -       y        -      -        y           y          y          -           y             -
        GET /api/v1/status                        200   y       y      y      -       y        -      -        y           y          y          -           y             -
        GET /api/v1/runs                          200   y       y      y      -       y        -      -        y           y          y          -           y             -
        GET /api/v1/runs/{run}                    200   y       y      y      -       y        -      -        y           y          y          -           y             -
        POST /api/v1/runs/{run}/undo              200   -       -      y      -       y        -      -        -           -          y          -           y             -
        POST /api/v1/consolidations               202   -       -      y      -       y        -      -        -           -          y          -           y             -
        GET /api/v1/consolidations/{job}          200   4       4      y      4       y        -      -        4           4          y          4           y             -
        GET /api/v1/consolidations/{job}/result   200   4       4      y      4       y        -      -        4           4          y          4           y             -
        GET /api/v1/consolidations/{job}/events   200   4       4      y      4       y        -      -        4           4          y          4           y             -
        DELETE /api/v1/consolidations/{job}       202   4       4      y      4       y        -      -        4           4          y          4           y             -
        GET /api/v1/audit                         200   -       -      -      -       y        y      y        -           -          -          -           y             -
        GET /api/v1/keys                          200   -       -      -      -       y        y      -        -           -          -          -           y             -
        GET /metrics                              200   -       -      -      -       y        y      -        -           -          -          -           y             -
        """;

    private static readonly string[] OpenToAll = ["/health/live", "/health/ready", "/openapi/v1.json", "/scalar/", "/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp"];

    private static readonly string[] OpensNothing =
        ["revoked", "expired", "malformed", "unknown", "wrong-secret", "jwt-other-audience", "jwt-other-issuer", "jwt-expired", "jwt-unsigned", "jwt-signed-by-another"];

    public void Dispose() => _stranger.Dispose();

    [Fact]
    public async Task Every_tool_resource_completion_and_route_does_for_every_key_and_token_what_the_table_says()
    {
        var (columns, rows) = Read();
        var wrong = new List<string>();
        foreach (var (column, caller) in columns.Index())
        {
            using var client = Client(caller);
            // What is undone and forgotten is another for each, so that nobody finds it done already.
            var ids = await PrepareAsync();
            foreach (var (operation, ok, expected) in rows)
            {
                var actual = await TryAsync(client, operation, ok, ids);
                if (actual != expected[column].ToString())
                {
                    wrong.Add($"{operation} with {caller}: '{actual}' instead of '{expected[column]}'");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_table_holds_every_tool_resource_prompt_and_route_there_is()
    {
        using var client = server.Client("everything");
        var described = await client.GetOkAsync(HttpMethod.Get, "/openapi/v1.json");
        var there = described.GetProperty("paths").EnumerateObject()
            .Where(static p => !OpenToAll.Contains(p.Name))
            .SelectMany(static p => p.Value.EnumerateObject().Select(m => $"{m.Name.ToUpperInvariant()} {p.Name}"))
            .Append("GET /metrics")
            .Concat(await CompletedAsync())
            .Concat((await ListAsync("tools/list", "tools", "name")).Select(static n => $"tool {n}"))
            .Concat((await ListAsync("prompts/list", "prompts", "name")).Select(static n => $"prompt {n}"))
            .Concat((await ListAsync("resources/templates/list", "resourceTemplates", "uriTemplate")).Select(static u => $"resource {u.Replace("{namespace}", "a", StringComparison.Ordinal)}"));

        Read().Rows.Select(static r => r.Operation).Order(StringComparer.Ordinal).ShouldBe(there.Order(StringComparer.Ordinal));

        // Of all arguments of prompts and resources, those for which there is something to complete.
        async Task<string[]> CompletedAsync()
        {
            await PrepareAsync();
            var prompts = (await client.McpAsync("prompts/list")).GetProperty("result").GetProperty("prompts").EnumerateArray();
            var completed = new List<string>();
            foreach (var name in prompts.SelectMany(static p => p.GetProperty("arguments").EnumerateArray()).Select(static a => a.GetProperty("name").GetString()!).Concat(["namespace", "id"]).Distinct())
            {
                using var response = await CompleteAsync(client, name, "");
                if ((await ResultAsync(response)).GetProperty("result").GetProperty("completion").GetProperty("values").GetArrayLength() > 0)
                {
                    completed.Add($"completion {name}");
                }
            }

            return [.. completed];
        }

        async Task<string[]> ListAsync(string method, string list, string name) =>
            [.. (await client.McpAsync(method)).GetProperty("result").GetProperty(list).EnumerateArray().Select(t => t.GetProperty(name).GetString()!)];
    }

    [Fact]
    public async Task What_opens_nothing_is_answered_401_everywhere_but_at_what_is_open_to_all()
    {
        var rows = Read().Rows;
        var nothing = new Ids("0123456789ab", "0123456789ab", "20261124-030000-k3m9x7", "job");
        var wrong = new List<string>();
        using (var client = server.Client())
        {
            await WalkAsync(client, "nothing", rows);
            foreach (var path in OpenToAll)
            {
                using var response = await client.GetAsync(path);
                ((int)response.StatusCode).ShouldBe(200, path);
            }
        }

        foreach (var caller in OpensNothing)
        {
            // An address of its own for a few requests each: after twenty wrong ones an address has to wait.
            foreach (var some in rows.Chunk(15))
            {
                using var client = Client(caller);
                await WalkAsync(client, caller, some);
            }
        }

        wrong.ShouldBeEmpty();

        async Task WalkAsync(HttpClient client, string caller, (string Operation, int Ok, string Expected)[] some)
        {
            foreach (var (operation, ok, _) in some)
            {
                if (await TryAsync(client, operation, ok, nothing) is var actual and not "401")
                {
                    wrong.Add($"{operation} with {caller}: '{actual}'");
                }
            }
        }
    }

    private static (string[] Columns, (string Operation, int Ok, string Expected)[] Rows) Read()
    {
        var lines = Table.ReplaceLineEndings("\n").Split('\n');
        var columns = lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..];
        return (columns, [.. lines.Skip(1).Select(line =>
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            words.Length.ShouldBe(3 + columns.Length, line);
            return ($"{words[0]} {words[1]}", int.Parse(words[2], CultureInfo.InvariantCulture), string.Concat(words[3..]));
        })]);
    }

    private HttpClient Client(string caller) => caller switch
    {
        "jwt-read-a" => Token(server.Issuer.Token(scope: "openid memory:read")),
        "jwt-write-a" => Token(server.Issuer.Token(scope: "memory:write")),
        "jwt-tidy-a" => Token(server.Issuer.Token(scope: "memory:consolidate")),
        "jwt-all-b" => Token(server.Issuer.Token(scope: "memory:read memory:write memory:consolidate", namespaces: "b")),
        "jwt-everything" => Token(server.Issuer.Token(scope: "memory:read memory:write memory:consolidate memory:admin", namespaces: "*")),
        "jwt-nothing" => Token(server.Issuer.Token(scope: "openid profile", namespaces: "")),
        "jwt-other-audience" => Token(server.Issuer.Token(audience: "https://other.example.com")),
        "jwt-other-issuer" => Token(server.Issuer.Token(issuer: "https://evil.example.com")),
        "jwt-expired" => Token(server.Issuer.Token(expiresIn: -60)),
        "jwt-unsigned" => Token(server.Issuer.Unsigned()),
        "jwt-signed-by-another" => Token(server.Issuer.Token(signedBy: _stranger)),
        _ => server.Client(caller),
    };

    private HttpClient Token(string token) => server.Host.Client(token);

    private async Task<Ids> PrepareAsync()
    {
        using var client = server.Client("all-a");
        var stored = await client.GetOkAsync(
            HttpMethod.Post, "/api/v1/memories", """{"memories":[{"content":"Harbor keeps its backups in Antwerp.","tags":["walked"]},{"content":"This one is to be forgotten."}]}""");
        var done = await client.ToolAsync("consolidate", "{}");
        var job = await client.GetOkAsync(HttpMethod.Post, "/api/v1/consolidations", """{"dry_run":true}""");
        await EndAsync(client, job);
        return new Ids(
            stored.GetProperty("memories")[0].GetProperty("id").GetString()!, stored.GetProperty("memories")[1].GetProperty("id").GetString()!,
            done.GetProperty("structuredContent").GetProperty("run").GetString()!, job.GetProperty("job").GetString()!);
    }

    // The stream of a job ends with it.
    private static Task<string> EndAsync(HttpClient client, JsonElement job) => client.GetStringAsync($"/api/v1/consolidations/{job.GetProperty("job").GetString()}/events");

    private static async Task<string> TryAsync(HttpClient client, string operation, int ok, Ids ids)
    {
        var (kind, name) = (operation.Split(' ')[0], operation.Split(' ')[1]);
        return kind switch
        {
            "tool" => await TryMcpAsync(() => client.SendMcpAsync("tools/call", $$"""{"name":"{{name}}","arguments":{{Arguments(name, ids)}}}""")),
            "resource" => await TryMcpAsync(() => client.SendMcpAsync("resources/read", $$"""{"uri":"{{name.Replace("{id}", ids.Id, StringComparison.Ordinal)}}"}""")),
            "prompt" => await TryMcpAsync(() => client.SendMcpAsync("prompts/get", $$$"""{"name":"{{{name}}}","arguments":{"namespace":"a"}}""")),
            "completion" => await TryMcpAsync(() => CompleteAsync(client, name, name == "tag" ? "walk" : "")),
            _ => await TryRestAsync(client, new HttpMethod(kind), name, ok, ids),
        };
    }

    private static Task<HttpResponseMessage> CompleteAsync(HttpClient client, string argument, string typed) => client.SendMcpAsync(
        "completion/complete",
        $$$$"""{"ref":{"type":"ref/prompt","name":"recall_context"},"argument":{"name":"{{{{argument}}}}","value":"{{{{typed}}}}"},"context":{"arguments":{"namespace":"a"}}}""");

    private static string Arguments(string tool, Ids ids) => tool switch
    {
        "store" => """{"namespace":"a","content":"The table was walked."}""",
        "update" => $$"""{"namespace":"a","id":"{{ids.Id}}","importance":0.75}""",
        "forget" => $$"""{"namespace":"a","id":"{{ids.Doomed}}"}""",
        "feedback" => $$"""{"namespace":"a","id":"{{ids.Id}}","verdict":"confirm"}""",
        "consolidate" => """{"namespace":"a","dry_run":true}""",
        _ => """{"namespace":"a"}""",
    };

    // A tool answers with a result that is no error, and is refused by one that is; what is read is refused by an error of the protocol.
    private static async Task<string> TryMcpAsync(Func<Task<HttpResponseMessage>> send)
    {
        using var response = await send();
        if ((int)response.StatusCode != 200)
        {
            return $"{(int)response.StatusCode}";
        }

        var answer = await ResultAsync(response);
        if (answer.TryGetProperty("error", out var error))
        {
            return error.GetProperty("code").GetInt32() == -32602 && IsRefusal(error.GetProperty("message").GetString()!) ? "-" : error.GetRawText();
        }

        var result = answer.GetProperty("result");
        return result.TryGetProperty("completion", out var completion)
                ? completion.GetProperty("values").EnumerateArray().Any(static v => v.GetString() is "a" or "walked") ? "y" : completion.GetProperty("values").GetArrayLength() > 1 ? completion.GetRawText() : "0"
            : result.TryGetProperty("isError", out var isError) && isError.GetBoolean()
                ? IsRefusal(ServerProcess.Text(result)) ? "-" : result.GetRawText()
            : result.EnumerateObject().Any(static p => p.Name is "structuredContent" or "contents" or "messages") ? "y" : result.GetRawText();
    }

    private static bool IsRefusal(string message) => message.StartsWith("This needs the scope '", StringComparison.Ordinal) || message.StartsWith("Namespace 'a' is not one of this caller's", StringComparison.Ordinal);

    private static async Task<JsonElement> ResultAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return JsonElement.Parse(text.StartsWith('{') ? text : text.Split('\n').Last(static l => l.StartsWith("data: {", StringComparison.Ordinal))[6..]);
    }

    private static async Task<string> TryRestAsync(HttpClient client, HttpMethod method, string path, int ok, Ids ids)
    {
        var id = method == HttpMethod.Delete ? ids.Doomed : ids.Id;
        var full = path.Replace("{id}", id, StringComparison.Ordinal).Replace("{run}", ids.Run, StringComparison.Ordinal).Replace("{job}", ids.Job, StringComparison.Ordinal)
            + (path.Contains("{job}", StringComparison.Ordinal) || path.EndsWith("/keys", StringComparison.Ordinal) ? "" : "?namespace=a");
        var body = (method.Method, path) switch
        {
            ("POST", "/api/v1/memories") => """{"content":"The table was walked."}""",
            ("PATCH", _) => """{"importance":0.75}""",
            ("POST", "/api/v1/memories/{id}/feedback") => """{"verdict":"confirm"}""",
            ("POST", "/api/v1/consolidations") => """{"dry_run":true}""",
            ("POST", _) => "{}",
            _ => null,
        };
        using var response = await client.SendJsonAsync(method, full, body);
        var status = (int)response.StatusCode;
        if (status == ok)
        {
            // The next to start one shall not find this one at work.
            _ = path == "/api/v1/consolidations" ? await EndAsync(client, await response.JsonAsync()) : null;
            return "y";
        }

        var problem = response.Content.Headers.ContentType?.MediaType == "application/problem+json" ? (await response.JsonAsync()).GetProperty("type").GetString() : null;
        return (status, problem) switch
        {
            (403, "urn:memory-server:problem:forbidden") => "-",
            (404, "urn:memory-server:problem:not_found") => "4",
            (401, "urn:memory-server:problem:unauthenticated") => "401",
            _ => $"{status} {problem}",
        };
    }

    private sealed record Ids(string Id, string Doomed, string Run, string Job);
}
