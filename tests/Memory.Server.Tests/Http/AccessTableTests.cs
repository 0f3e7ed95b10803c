namespace Memory.Server.Tests.Http;

/// <summary>Every tool, resource and route, with every kind of key, against a table of who may do what. What is in no table fails too.</summary>
[Collection(typeof(HttpCollection))]
public sealed class AccessTableTests(HttpFixture server)
{
    // y: done; -: forbidden (403, or the refusal of a tool); 4: not there (404). Keys that open nothing are refused everywhere but at what is open to all.
    private const string Table = """
                                           read-a write-a tidy-a all-b everything admin admin-a
        tool store                         -      y       -      -     y          -     -
        tool recall                        y      y       y      -     y          -     -
        tool update                        -      y       -      -     y          -     -
        tool forget                        -      y       -      -     y          -     -
        tool feedback                      -      y       -      -     y          -     -
        tool graph                         y      y       y      -     y          -     -
        tool status                        y      y       y      -     y          -     -
        tool consolidate                   -      -       y      -     y          -     -
        resource memory://a/{id}           y      y       y      -     y          -     -
        resource memory://a/snapshot       y      y       y      -     y          -     -
        resource memory://a/digest         y      y       y      -     y          -     -
        prompt recall_context              y      y       y      -     y          -     -
        prompt save_session                y      y       y      -     y          -     -
        GET /api/v1/memories               y      y       y      -     y          -     -
        POST /api/v1/memories              -      y       -      -     y          -     -
        GET /api/v1/memories/{id}          y      y       y      -     y          -     -
        PATCH /api/v1/memories/{id}        -      y       -      -     y          -     -
        DELETE /api/v1/memories/{id}       -      y       -      -     y          -     -
        POST /api/v1/memories/{id}/feedback -     y       -      -     y          -     -
        POST /api/v1/recall                y      y       y      -     y          -     -
        GET /api/v1/graph                  y      y       y      -     y          -     -
        GET /api/v1/status                 y      y       y      -     y          -     -
        GET /api/v1/runs                   y      y       y      -     y          -     -
        GET /api/v1/runs/{run}             y      y       y      -     y          -     -
        POST /api/v1/runs/{run}/undo       -      -       y      -     y          -     -
        POST /api/v1/consolidations        -      -       y      -     y          -     -
        GET /api/v1/consolidations/{job}   4      4       y      4     y          -     -
        GET /api/v1/consolidations/{job}/result 4 4       y      4     y          -     -
        GET /api/v1/consolidations/{job}/events 4 4       y      4     y          -     -
        DELETE /api/v1/consolidations/{job} 4     4       y      4     y          -     -
        GET /api/v1/audit                  -      -       -      -     y          y     y
        GET /api/v1/keys                   -      -       -      -     y          y     -
        GET /metrics                       -      -       -      -     y          y     -
        """;

    private static readonly string[] OpenToAll = ["/health/live", "/health/ready", "/openapi/v1.json", "/scalar/", "/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp"];

    private static readonly string[] OpensNothing = ["revoked", "expired", "malformed", "unknown", "wrong-secret"];

    [Fact]
    public async Task Every_tool_resource_and_route_does_for_every_key_what_the_table_says()
    {
        var (columns, rows) = Read();
        var ids = await PrepareAsync();
        var wrong = new List<string>();
        foreach (var (column, key) in columns.Index())
        {
            using var client = server.Client(key);
            foreach (var (operation, expected) in rows)
            {
                var actual = await TryAsync(client, operation, ids);
                if (actual != expected[column])
                {
                    wrong.Add($"{operation} with {key}: '{actual}' instead of '{expected[column]}'");
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
            .Concat((await ListAsync("tools/list", "tools", "name")).Select(static n => $"tool {n}"))
            .Concat((await ListAsync("prompts/list", "prompts", "name")).Select(static n => $"prompt {n}"))
            .Concat((await ListAsync("resources/templates/list", "resourceTemplates", "uriTemplate")).Select(static u => $"resource {u.Replace("{namespace}", "a", StringComparison.Ordinal)}"));

        Read().Rows.Select(static r => r.Operation).Order(StringComparer.Ordinal).ShouldBe(there.Order(StringComparer.Ordinal));

        async Task<string[]> ListAsync(string method, string list, string name) =>
            [.. (await client.McpAsync(method)).GetProperty("result").GetProperty(list).EnumerateArray().Select(t => t.GetProperty(name).GetString()!)];
    }

    [Fact]
    public async Task What_opens_nothing_is_answered_401_everywhere_but_at_what_is_open_to_all()
    {
        var operations = Read().Rows.Select(static r => r.Operation).ToArray();
        var wrong = new List<string>();
        using (var client = server.Client())
        {
            foreach (var operation in operations)
            {
                if (await TryAsync(client, operation, ("0123456789ab", "0123456789ab", "20261124-030000-k3m9x7", "job")) is var actual and not '1')
                {
                    wrong.Add($"{operation} without a key: '{actual}'");
                }
            }

            foreach (var path in OpenToAll)
            {
                using var response = await client.GetAsync(path);
                ((int)response.StatusCode).ShouldBe(200, path);
            }
        }

        foreach (var key in OpensNothing)
        {
            // An address of its own for a few requests each: after twenty wrong ones an address has to wait.
            foreach (var some in operations.Chunk(15))
            {
                using var client = server.Client(key);
                foreach (var operation in some)
                {
                    if (await TryAsync(client, operation, ("0123456789ab", "0123456789ab", "20261124-030000-k3m9x7", "job")) is var actual and not '1')
                    {
                        wrong.Add($"{operation} with {key}: '{actual}'");
                    }
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    private static (string[] Columns, (string Operation, string Expected)[] Rows) Read()
    {
        var lines = Table.ReplaceLineEndings("\n").Split('\n');
        var columns = lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (columns, [.. lines.Skip(1).Select(line =>
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            words.Length.ShouldBe(2 + columns.Length, line);
            return ($"{words[0]} {words[1]}", string.Concat(words[2..]));
        })]);
    }

    private async Task<(string Id, string Doomed, string Run, string Job)> PrepareAsync()
    {
        using var client = server.Client("all-a");
        var stored = await client.GetOkAsync(HttpMethod.Post, "/api/v1/memories", """{"memories":[{"content":"Harbor keeps its backups in Antwerp."},{"content":"This one is to be forgotten."}]}""");
        var (_, done) = (0, await client.ToolAsync("consolidate", "{}"));
        var job = await client.GetOkAsync(HttpMethod.Post, "/api/v1/consolidations", """{"dry_run":true}""");
        var path = $"/api/v1/consolidations/{job.GetProperty("job").GetString()}";
        // The stream ends with the job.
        await client.GetStringAsync($"{path}/events");
        return (
            stored.GetProperty("memories")[0].GetProperty("id").GetString()!, stored.GetProperty("memories")[1].GetProperty("id").GetString()!,
            done.GetProperty("structuredContent").GetProperty("run").GetString()!, job.GetProperty("job").GetString()!);
    }

    private static async Task<char> TryAsync(HttpClient client, string operation, (string Id, string Doomed, string Run, string Job) ids)
    {
        var (kind, name) = (operation.Split(' ')[0], operation.Split(' ')[1]);
        return kind switch
        {
            "tool" => await TryMcpAsync(client, "tools/call", $$"""{"name":"{{name}}","arguments":{{Arguments(name, ids)}}}"""),
            "resource" => await TryMcpAsync(client, "resources/read", $$"""{"uri":"{{name.Replace("{id}", ids.Id, StringComparison.Ordinal)}}"}"""),
            "prompt" => await TryMcpAsync(client, "prompts/get", $$$"""{"name":"{{{name}}}","arguments":{"namespace":"a"}}"""),
            _ => await TryRestAsync(client, new HttpMethod(kind), name, ids),
        };
    }

    private static string Arguments(string tool, (string Id, string Doomed, string Run, string Job) ids) => tool switch
    {
        "store" => """{"namespace":"a","content":"The table was walked."}""",
        "update" => $$"""{"namespace":"a","id":"{{ids.Id}}","importance":0.75}""",
        "forget" => $$"""{"namespace":"a","id":"{{ids.Doomed}}"}""",
        "feedback" => $$"""{"namespace":"a","id":"{{ids.Id}}","verdict":"confirm"}""",
        "consolidate" => """{"namespace":"a","dry_run":true}""",
        _ => """{"namespace":"a"}""",
    };

    private static async Task<char> TryMcpAsync(HttpClient client, string method, string parameters)
    {
        using var response = await client.SendMcpAsync(method, parameters);
        if ((int)response.StatusCode == 401)
        {
            return '1';
        }

        var text = await response.Content.ReadAsStringAsync();
        return text.Contains("This needs the scope", StringComparison.Ordinal) || text.Contains("is not one of this caller", StringComparison.Ordinal) ? '-'
            : text.Contains("\"isError\":true", StringComparison.Ordinal) || text.Contains("\"error\":", StringComparison.Ordinal) ? '?'
            : 'y';
    }

    private static async Task<char> TryRestAsync(HttpClient client, HttpMethod method, string path, (string Id, string Doomed, string Run, string Job) ids)
    {
        var id = method == HttpMethod.Delete ? ids.Doomed : ids.Id;
        var full = path.Replace("{id}", id, StringComparison.Ordinal).Replace("{run}", ids.Run, StringComparison.Ordinal).Replace("{job}", ids.Job, StringComparison.Ordinal) + "?namespace=a";
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
        return (int)response.StatusCode switch
        {
            // 409: it was undone already, or another is at work. The door was open.
            (>= 200 and < 300) or 409 => 'y',
            401 => '1',
            403 => '-',
            404 => '4',
            _ => '?',
        };
    }
}
