using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Memory.Server.Tests.Faults;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Memory.Server.Tests.Protocol;

/// <summary>Everything the server offers, through the SDK's client pinned to each revision, over real stdio.</summary>
public sealed class RevisionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Revisions => ["2025-11-25", "2026-07-28"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Client_pinned_to_a_revision_gets_that_revision_and_is_told_what_the_server_is(string revision)
    {
        await using var client = await ConnectAsync(revision);

        client.NegotiatedProtocolVersion.ShouldBe(revision);
        client.ServerInfo!.Name.ShouldBe("memory-server");
        client.ServerInfo.Version.ShouldBe(ProductVersion.Text);
        client.ServerInstructions.ShouldNotBeNull().ShouldContain("Recall before you answer");
        client.ServerCapabilities.Tools.ShouldNotBeNull();
        client.ServerCapabilities.Resources.ShouldNotBeNull();
        client.ServerCapabilities.Prompts.ShouldNotBeNull();
        client.ServerCapabilities.Completions.ShouldNotBeNull();
        JsonSerializer.SerializeToElement(client.ServerCapabilities, McpJsonUtilities.DefaultOptions).TryGetProperty("logging", out _).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Tools_have_all_that_a_model_chooses_by(string revision)
    {
        await using var client = await ConnectAsync(revision);

        var tools = await client.ListToolsAsync();

        tools.Select(static t => t.Name).ShouldBe(["store", "recall", "update", "forget", "feedback", "graph", "status", "consolidate"]);
        foreach (var tool in tools.Select(static t => t.ProtocolTool))
        {
            tool.Title.ShouldNotBeNullOrWhiteSpace();
            tool.Description.ShouldNotBeNullOrWhiteSpace();
            tool.InputSchema.GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
            tool.OutputSchema.ShouldNotBeNull().GetProperty("type").GetString().ShouldBe("object");
            tool.Annotations.ShouldNotBeNull().OpenWorldHint.ShouldBe(false);
        }

        tools.Where(static t => t.ProtocolTool.Annotations!.ReadOnlyHint == true).Select(static t => t.Name).ShouldBe(["recall", "graph", "status"]);
        tools.Where(static t => t.ProtocolTool.Annotations!.DestructiveHint == true).Select(static t => t.Name).ShouldBe(["forget"]);
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Every_tool_answers(string revision)
    {
        await using var client = await ConnectAsync(revision);

        var id = (await CallAsync(client, "store", """{"content":"Ana pays Henrik on Fridays.","tags":["rent"]}""")).GetProperty("memories")[0].GetProperty("id").GetString()!;
        (await CallAsync(client, "recall", """{"query":"who pays Henrik?"}""")).GetProperty("memories")[0].GetProperty("id").GetString().ShouldBe(id);
        var updated = (await CallAsync(client, "update", $$"""{"id":"{{id}}","content":"Ana pays Henrik on Mondays."}""")).GetProperty("id").GetString()!;
        (await CallAsync(client, "feedback", $$"""{"id":"{{updated}}","verdict":"confirm"}""")).GetProperty("confidence").GetDouble().ShouldBeGreaterThan(0.8);
        (await CallAsync(client, "graph", """{"entity":"henrik"}""")).GetProperty("entity").GetProperty("name").GetString().ShouldBe("Henrik");
        (await CallAsync(client, "consolidate", """{"dry_run":true}""")).GetProperty("merged").GetInt32().ShouldBe(0);
        (await CallAsync(client, "status", "{}")).GetProperty("states").GetProperty("active").GetInt32().ShouldBe(1);
        (await CallAsync(client, "forget", $$"""{"id":"{{updated}}"}""")).GetProperty("forgotten").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task What_a_tool_refuses_is_a_result_that_the_model_can_act_on(string revision)
    {
        await using var client = await ConnectAsync(revision);

        var refused = await client.CallToolAsync("recall", Arguments("""{"limit":10000}"""));

        refused.IsError.ShouldBe(true);
        refused.Content.ShouldHaveSingleItem().ShouldBeOfType<TextContentBlock>().Text.ShouldContain("an integer from 1 to 50");
        (await client.CallToolAsync("recall", Arguments("""{"limit":10}"""))).IsError.ShouldNotBe(true);
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task What_does_not_exist_is_an_error_of_the_protocol(string revision)
    {
        await using var client = await ConnectAsync(revision);

        (await Should.ThrowAsync<McpProtocolException>(async () => await client.CallToolAsync("remember", Arguments("{}")))).ErrorCode.ShouldBe(McpErrorCode.InvalidParams);
        (await Should.ThrowAsync<McpProtocolException>(async () => await client.GetPromptAsync("nothing"))).ErrorCode.ShouldBe(McpErrorCode.InvalidParams);
        foreach (var uri in new[] { "memory://default/000000000000", "memory://default/", "file:///etc/hosts" })
        {
            var missing = await Should.ThrowAsync<McpProtocolException>(async () => await client.ReadResourceAsync(uri));
            missing.ErrorCode.ShouldBe(revision == "2025-11-25" ? McpErrorCode.ResourceNotFound : McpErrorCode.InvalidParams);
            missing.Data["uri"]?.ToString().ShouldBe(uri);
        }
    }

    [Theory]
    [InlineData("2025-11-25", "initialize, ping, tools/list, ")]
    [InlineData("2026-07-28", "server/discover, subscriptions/listen, tools/list, ")]
    public async Task A_method_that_is_not_offered_is_refused_with_those_of_the_revision(string revision, string offered)
    {
        await using var client = await ConnectAsync(revision);

        var refused = await Should.ThrowAsync<McpProtocolException>(async () => await client.SendRequestAsync(new JsonRpcRequest { Method = "foo/bar" }));

        refused.ErrorCode.ShouldBe(McpErrorCode.MethodNotFound);
        refused.Message.ShouldContain($"Method 'foo/bar' is not offered; offered are {offered}");
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Resources_are_listed_and_read(string revision)
    {
        await using var client = await ConnectAsync(revision);
        var id = (await CallAsync(client, "store", """{"content":"The mast is tall."}""")).GetProperty("memories")[0].GetProperty("id").GetString()!;

        (await client.ListResourceTemplatesAsync()).Select(static t => t.UriTemplate).ShouldBe(["memory://{namespace}/{id}", "memory://{namespace}/snapshot", "memory://{namespace}/digest"], ignoreOrder: true);
        (await client.ListResourcesAsync()).Select(static r => r.Uri).ShouldBe(["memory://default/snapshot", "memory://default/digest"], ignoreOrder: true);
        TextOf(await client.ReadResourceAsync($"memory://default/{id}")).ShouldContain("The mast is tall.");
        TextOf(await client.ReadResourceAsync("memory://default/snapshot")).ShouldContain("The mast is tall.");
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Prompts_and_completions_answer(string revision)
    {
        await using var client = await ConnectAsync(revision);
        await CallAsync(client, "store", """{"content":"The mast is tall.","tags":["sailing"]}""");

        (await client.ListPromptsAsync()).Select(static p => p.Name).ShouldBe(["recall_context", "save_session"]);
        var prompt = await client.GetPromptAsync("recall_context", new Dictionary<string, object?> { ["topic"] = "mast" });
        prompt.Messages.Select(static m => m.Content).OfType<TextContentBlock>().ShouldContain(static t => t.Text.Contains("The mast is tall.", StringComparison.Ordinal));
        (await client.GetPromptAsync("save_session")).Messages.ShouldNotBeEmpty();
        (await client.CompleteAsync(new PromptReference { Name = "recall_context" }, "tag", "sai")).Completion.Values.ShouldBe(["sailing"]);
        (await client.CompleteAsync(new ResourceTemplateReference { Uri = "memory://{namespace}/snapshot" }, "namespace", "def")).Completion.Values.ShouldBe(["default"]);
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Consolidate_tells_of_each_stage_while_it_runs(string revision)
    {
        await using var client = await ConnectAsync(revision);
        await CallAsync(client, "store", """{"memories":[{"content":"The mast is tall"},{"content":"mast is tall"}]}""");
        var told = new Told();
        // A listener of its own: the one of the call is gone as soon as the answer is there, and what is told last may be handled after it.
        await using var listening = client.RegisterNotificationHandler("notifications/progress", (notification, _) =>
        {
            told.Report(new ProgressNotificationValue { Progress = notification.Params!["progress"]!.GetValue<float>(), Message = notification.Params["message"]?.GetValue<string>() });
            return ValueTask.CompletedTask;
        });

        var result = await client.CallToolAsync("consolidate", Arguments("{}"), new Told());

        result.StructuredContent.ShouldNotBeNull().GetProperty("merged").GetInt32().ShouldBe(1);

        // This client hands each notification to a task of its own, and the answer to another; the order on the wire is tested where lines are read.
        await told.WhenToldAsync(9);
        told.Values.Order().ShouldBe([0, 100, 200, 300, 400, 500, 600, 700, 800]);
        told.Messages.ShouldContain(static m => m.Contains("merge", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Consolidation_that_the_client_cancels_stops_and_leaves_a_valid_store(string revision)
    {
        await using (var client = await ConnectAsync(revision))
        {
            for (var batch = 0; batch < 5; batch++)
            {
                await CallAsync(client, "store", $$"""{"memories":[{{string.Join(',', Enumerable.Range(0, 50).Select(i => $$"""{"content":"The mast {{batch}}-{{i}} is tall"},{"content":"mast {{batch}}-{{i}} is tall"}"""))}}]}""");
            }

            // The SDK's client gives up by its token without telling the server; what the server does when it is told is meant here.
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var progress = client.RegisterNotificationHandler("notifications/progress", (_, _) =>
            {
                begun.TrySetResult();
                return ValueTask.CompletedTask;
            });
            using var waiting = new CancellationTokenSource();
            var id = new RequestId("cancelled-by-the-client");
            var call = client.SendRequestAsync(
                new JsonRpcRequest { Id = id, Method = "tools/call", Params = JsonNode.Parse("""{"name":"consolidate","arguments":{},"_meta":{"progressToken":"told"}}""") }, waiting.Token);
            await begun.Task.WaitAsync(ServerProcess.Patience);
            await client.SendNotificationAsync("notifications/cancelled", new CancelledNotificationParams { RequestId = id });
            await waiting.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(call);

            // The lease is free again as soon as the run has noticed, and what was left is taken up.
            while ((await client.CallToolAsync("consolidate", Arguments("""{"scope":"full"}"""))).IsError == true)
            {
            }

            var status = await CallAsync(client, "status", "{}");
            status.GetProperty("states").GetProperty("merged").GetInt32().ShouldBe(250);
            status.GetProperty("states").GetProperty("active").GetInt32().ShouldBe(250);
            status.GetProperty("healthy").GetBoolean().ShouldBeTrue();
        }

        using var copy = new DatabaseCopy(_folder.File("memory.db"));
        var runs = copy.Query("SELECT state, merged FROM runs ORDER BY started_at", static r => (State: r.GetString(0), Merged: r.GetInt32(1)));
        runs.Select(static r => r.State).ShouldBe(["cancelled", "completed"]);
        runs[0].Merged.ShouldBeLessThan(250);
        runs.Sum(static r => r.Merged).ShouldBe(250);
    }

    private Task<McpClient> ConnectAsync(string revision) => McpClient.CreateAsync(
        new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = ServerProcess.Executable,
            Arguments = ["serve", "--db", _folder.File("memory.db"), "--schedule", "off"],
            Name = "memory-server",
            EnvironmentVariables = new Dictionary<string, string?>(ServerProcess.Unburdened),
        }),
        new McpClientOptions { ProtocolVersion = revision, DiscoverProbeTimeout = ServerProcess.Patience });

    private static async Task<JsonElement> CallAsync(McpClient client, string tool, string arguments)
    {
        var result = await client.CallToolAsync(tool, Arguments(arguments));
        var text = string.Join('\n', result.Content.OfType<TextContentBlock>().Select(static t => t.Text));
        result.IsError.ShouldNotBe(true, text);
        text.ShouldNotBeNullOrWhiteSpace();
        return result.StructuredContent.ShouldNotBeNull();
    }

    private static Dictionary<string, object?> Arguments(string json) =>
        JsonElement.Parse(json).EnumerateObject().ToDictionary(static p => p.Name, static p => (object?)p.Value);

    private static string TextOf(ReadResourceResult result) => result.Contents.ShouldHaveSingleItem().ShouldBeOfType<TextResourceContents>().Text;

    /// <summary>Keeps what was reported, on the thread that reports it: <see cref="Progress{T}"/> would deliver it later, in any order.</summary>
    private sealed class Told : IProgress<ProgressNotificationValue>
    {
        private readonly Lock _lock = new();
        private readonly List<ProgressNotificationValue> _reports = [];
        private readonly Channel<ProgressNotificationValue> _told = Channel.CreateUnbounded<ProgressNotificationValue>();

        public string[] Messages => [.. Reports().Select(static r => r.Message ?? "")];

        public float[] Values => [.. Reports().Select(static r => r.Progress)];

        public void Report(ProgressNotificationValue value)
        {
            lock (_lock)
            {
                _reports.Add(value);
            }

            _told.Writer.TryWrite(value);
        }

        public async Task WhenToldAsync(int times)
        {
            for (var i = 0; i < times; i++)
            {
                await _told.Reader.ReadAsync().AsTask().WaitAsync(ServerProcess.Patience);
            }
        }

        private ProgressNotificationValue[] Reports()
        {
            lock (_lock)
            {
                return [.. _reports];
            }
        }
    }
}
