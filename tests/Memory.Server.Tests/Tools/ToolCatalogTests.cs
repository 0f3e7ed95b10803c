using System.Text;
using System.Text.Json;

namespace Memory.Server.Tests.Tools;

public sealed class ToolCatalogTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task List_names_the_tools_in_a_fixed_order_with_titles_and_schemas()
    {
        var tools = await server.ToolsAsync();

        tools.Select(static t => t.GetProperty("name").GetString()).ShouldBe(["store", "recall", "update", "forget", "feedback", "graph", "status", "consolidate"]);
        foreach (var tool in tools)
        {
            tool.GetProperty("title").GetString().ShouldNotBeNullOrWhiteSpace();
            tool.GetProperty("description").GetString()!.Length.ShouldBeInRange(60, 600);
            tool.GetProperty("inputSchema").GetProperty("type").GetString().ShouldBe("object");
            tool.GetProperty("inputSchema").GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
            tool.GetProperty("outputSchema").GetProperty("type").GetString().ShouldBe("object");
            tool.GetProperty("outputSchema").GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
        }
    }

    [Fact]
    public async Task List_is_the_same_to_the_byte_in_every_process_and_under_24_KB()
    {
        using var folder = new TemporaryFolder();
        await using var another = await ServerProcess.ServeAsync(folder.File("memory.db"));
        var first = (await server.Server.RequestAsync("tools/list")).GetProperty("result").GetRawText();
        var second = (await another.RequestAsync("tools/list")).GetProperty("result").GetRawText();

        second.ShouldBe(first);
        Encoding.UTF8.GetByteCount(first).ShouldBeLessThan(24 * 1024);
    }

    [Theory]
    [InlineData("store", false, false, false)]
    [InlineData("recall", true, false, true)]
    [InlineData("update", false, false, false)]
    [InlineData("forget", false, true, true)]
    [InlineData("feedback", false, false, false)]
    [InlineData("graph", true, false, true)]
    [InlineData("status", true, false, true)]
    [InlineData("consolidate", false, false, true)]
    public async Task List_tells_what_each_tool_does_to_the_store(string name, bool readOnly, bool destructive, bool idempotent)
    {
        var annotations = (await server.ToolsAsync()).Single(t => t.GetProperty("name").GetString() == name).GetProperty("annotations");

        annotations.GetProperty("readOnlyHint").GetBoolean().ShouldBe(readOnly);
        annotations.GetProperty("destructiveHint").GetBoolean().ShouldBe(destructive);
        annotations.GetProperty("idempotentHint").GetBoolean().ShouldBe(idempotent);
        annotations.GetProperty("openWorldHint").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Every_text_argument_and_array_has_a_bound()
    {
        foreach (var tool in await server.ToolsAsync())
        {
            foreach (var (path, schema) in Properties(tool.GetProperty("inputSchema"), tool.GetProperty("name").GetString()!))
            {
                var bounded = schema.GetProperty("type").GetString() switch
                {
                    "string" => schema.TryGetProperty("enum", out _) || schema.TryGetProperty("format", out _) || schema.TryGetProperty("maxLength", out _),
                    "array" => schema.TryGetProperty("maxItems", out _),
                    "integer" or "number" => schema.TryGetProperty("minimum", out _) && schema.TryGetProperty("maximum", out _),
                    _ => true,
                };
                bounded.ShouldBeTrue(path);
            }
        }
    }

    [Fact]
    public async Task Call_without_a_namespace_uses_the_configured_one()
    {
        using var folder = new TemporaryFolder();
        await using var configured = await ServerProcess.ServeAsync(folder.File("memory.db"), "--namespace", "harbor");
        await configured.StoreAsync("Where am I?");

        (await configured.CallAsync("status")).GetProperty("structuredContent").GetProperty("namespace").GetString().ShouldBe("harbor");
        (await configured.CallAsync("recall", """{"namespace":"harbor"}""")).GetProperty("structuredContent").GetProperty("memories").GetArrayLength().ShouldBe(1);
        (await configured.CallAsync("recall", """{"namespace":"default"}""")).GetProperty("structuredContent").GetProperty("memories").GetArrayLength().ShouldBe(0);
        (await configured.CallAsync("recall", """{"namespace":null}""")).GetProperty("structuredContent").GetProperty("memories").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Call_without_arguments_is_a_call_with_none()
    {
        var answer = await server.Server.RequestAsync("tools/call", """{"name":"status"}""");

        answer.GetProperty("result").GetProperty("structuredContent").GetProperty("namespace").GetString().ShouldBe("default");
    }

    private static IEnumerable<(string Path, JsonElement Schema)> Properties(JsonElement schema, string path) => schema.GetProperty("type").GetString() switch
    {
        "object" => schema.GetProperty("properties").EnumerateObject().SelectMany(p => Properties(p.Value, $"{path}.{p.Name}")),
        "array" => Properties(schema.GetProperty("items"), $"{path}[]").Prepend((path, schema)),
        _ => [(path, schema)],
    };
}
