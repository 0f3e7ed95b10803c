using System.Text.Json;
using System.Text.Json.Nodes;
using Memory.Server.Tools;

namespace Memory.Server.Tests.Tools;

/// <summary>One real server for all tests of a class; each test works in a namespace of its own. Every answer is held against the tool's output schema.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, JsonElement> _outputSchemas = [];
    private ServerProcess? _server;
    private int _namespaces;

    internal ServerProcess Server => _server!;

    public string Database => _folder.File("memory.db");

    public string NewNamespace() => $"test-{++_namespaces}";

    public async ValueTask InitializeAsync()
    {
        _server = await ServerProcess.ServeAsync(Database);
        foreach (var tool in await ToolsAsync())
        {
            _outputSchemas.Add(tool.GetProperty("name").GetString()!, tool.GetProperty("outputSchema"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    public async Task<JsonElement[]> ToolsAsync() =>
        [.. (await Server.RequestAsync("tools/list")).GetProperty("result").GetProperty("tools").EnumerateArray()];

    /// <summary>Calls a tool in a namespace; it must succeed.</summary>
    internal async Task<Answered> CallAsync(string tool, string ns, string arguments = "{}")
    {
        var result = await Server.CallAsync(tool, WithNamespace(ns, arguments));
        var text = ServerProcess.Text(result);
        (result.TryGetProperty("isError", out var failed) && failed.GetBoolean()).ShouldBeFalse(text);
        var data = result.GetProperty("structuredContent");
        SchemaValidator.Check(_outputSchemas[tool], data, "answer").ShouldBeNull();
        return new Answered(text, data);
    }

    /// <summary>Calls a tool in a namespace; it must refuse.</summary>
    /// <returns>What the model is told.</returns>
    internal async Task<string> RefusedAsync(string tool, string ns, string arguments)
    {
        var result = await Server.CallAsync(tool, WithNamespace(ns, arguments));
        var text = ServerProcess.Text(result);
        result.GetProperty("isError").GetBoolean().ShouldBeTrue(text);
        result.TryGetProperty("structuredContent", out _).ShouldBeFalse();
        return text;
    }

    /// <summary>Stores one statement and yields its id.</summary>
    internal async Task<string> StoreAsync(string ns, string content, string more = "") =>
        (await CallAsync("store", ns, $$"""{"content":{{ServerProcess.Quote(content)}}{{more}}}""")).Data.GetProperty("memories")[0].GetProperty("id").GetString()!;

    /// <summary>What a recall yields, as items of its structured content.</summary>
    internal async Task<JsonElement[]> RecallAsync(string ns, string arguments = """{"limit":50}""") =>
        [.. (await CallAsync("recall", ns, arguments)).Data.GetProperty("memories").EnumerateArray()];

    /// <summary>The contents that a recall yields, in order.</summary>
    internal async Task<string[]> ContentsAsync(string ns, string arguments = """{"limit":50}""") =>
        [.. (await RecallAsync(ns, arguments)).Select(static m => m.GetProperty("content").GetString()!)];

    private static string WithNamespace(string ns, string arguments)
    {
        var all = JsonNode.Parse(arguments)!.AsObject();
        all.TryAdd("namespace", ns);
        return all.ToJsonString();
    }
}

/// <summary>What a tool answered.</summary>
internal sealed record Answered(string Text, JsonElement Data);
