using System.Text.Json;
using Memory.Server.Tests.Tools;

namespace Memory.Server.Tests;

public sealed class CompletionCatalogTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private readonly string _ns = server.NewNamespace();

    [Fact]
    public async Task Tags_are_completed_by_what_was_typed_and_the_most_used_comes_first()
    {
        await server.StoreAsync(_ns, "One", ""","tags":["harbor","hall"]""");
        await server.StoreAsync(_ns, "Two", ""","tags":["harbor","mast"]""");

        Values(await CompleteAsync("tag", "ha")).ShouldBe(["harbor", "hall"]);
        Values(await CompleteAsync("tag", "HAR")).ShouldBe(["harbor"]);
        Values(await CompleteAsync("tag", "h%")).ShouldBeEmpty();
        Values(await CompleteAsync("tag", "\u0000'\"")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Tags_are_completed_however_their_letters_are_put_together()
    {
        await server.StoreAsync(_ns, "One", ""","tags":["e\u0301cole"]""");

        Values(await CompleteAsync("tag", "\u00E9")).ShouldBe(["\u00E9cole"]);
        Values(await CompleteAsync("tag", "e\u0301c")).ShouldBe(["\u00E9cole"]);
    }

    [Fact]
    public async Task Tags_beyond_the_100_that_the_protocol_allows_are_told_of()
    {
        for (var memory = 0; memory < 4; memory++)
        {
            await server.StoreAsync(_ns, $"Memory {memory}", $$""","tags":[{{string.Join(',', Enumerable.Range(0, 26).Select(i => $"\"t{memory}-{i}\""))}}]""");
        }

        var completion = await CompleteAsync("tag", "t");

        Values(completion).Length.ShouldBe(100);
        completion.GetProperty("hasMore").GetBoolean().ShouldBeTrue();
        (await CompleteAsync("tag", "t1")).GetProperty("hasMore").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Namespaces_are_those_that_hold_memories_and_the_configured_one()
    {
        await server.StoreAsync(_ns, "Here.");

        Values(await CompleteAsync("namespace", "")).ShouldContain("default");
        var typed = Values(await CompleteAsync("namespace", _ns.ToUpperInvariant()));
        typed.ShouldContain(_ns);
        typed.ShouldAllBe(ns => ns.StartsWith(_ns, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Other_arguments_have_no_completions() => Values(await CompleteAsync("topic", "")).ShouldBeEmpty();

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"ref":{"type":"ref/prompt","name":"recall_context"}}""")]
    public async Task What_lacks_its_reference_or_argument_is_refused_with_what_is_needed(string parameters)
    {
        var error = (await server.Server.RequestAsync("completion/complete", parameters)).GetProperty("error");

        error.GetProperty("code").GetInt32().ShouldBe(-32602);
        error.GetProperty("message").GetString()!.ShouldContain("argument");
    }

    [Fact]
    public async Task Tags_within_what_is_no_namespace_are_none()
    {
        await server.StoreAsync(_ns, "One", ""","tags":["harbor"]""");

        Values(await CompleteAsync("tag", "ha", "no namespace!")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"type":"ref/prompt","name":"recal_context"}""", "recall_context, save_session")]
    [InlineData("""{"type":"ref/resource","uri":"memory://{nmspace}/snap"}""", "memory://{namespace}/snapshot")]
    public async Task Unknown_prompts_and_templates_are_refused_with_those_there_are(string reference, string allowed)
    {
        var answer = await server.Server.RequestAsync("completion/complete", $$$"""{"ref":{{{reference}}},"argument":{"name":"namespace","value":""}}""");

        answer.GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-32602);
        answer.GetProperty("error").GetProperty("message").GetString()!.ShouldContain(allowed);
    }

    [Fact]
    public async Task Templates_of_resources_complete_their_namespace()
    {
        await server.StoreAsync(_ns, "Here.");

        var answer = await server.Server.RequestAsync("completion/complete",
            $$$"""{"ref":{"type":"ref/resource","uri":"memory://{namespace}/snapshot"},"argument":{"name":"namespace","value":"{{{_ns}}}"}}""");

        Values(answer.GetProperty("result").GetProperty("completion")).ShouldContain(_ns);
    }

    private async Task<JsonElement> CompleteAsync(string argument, string typed, string? within = null) => (await server.Server.RequestAsync("completion/complete",
        $$$$"""{"ref":{"type":"ref/prompt","name":"recall_context"},"argument":{"name":"{{{{argument}}}}","value":{{{{ServerProcess.Quote(typed)}}}}},"context":{"arguments":{"namespace":"{{{{within ?? _ns}}}}"}}}"""))
        .GetProperty("result").GetProperty("completion");

    private static string[] Values(JsonElement completion) => [.. completion.GetProperty("values").EnumerateArray().Select(static v => v.GetString()!)];
}
