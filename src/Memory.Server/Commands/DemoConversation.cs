using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Spectre.Console;

namespace Memory.Server.Commands;

/// <summary>The conversation of the demo: what is called, and what the AI client sees.</summary>
internal sealed class DemoConversation(McpClient client, IAnsiConsole console, CancellationToken cancellationToken)
{
    private const int ShownLines = 14;

    private static readonly string[] Questions =
    [
        "Which database does Harbor use in production?",
        "How does the user like code reviews?",
        "When is the next trip to Lisbon?",
    ];

    private static readonly string[] QuestionsAfter =
    [
        "Which database does Harbor use in production?",
        "Where does Henrik live?",
        "When does the nightly job purge old parcels?",
    ];

    public async Task RunAsync(IReadOnlyList<JsonElement> memories)
    {
        var tools = await client.ListToolsAsync(cancellationToken: cancellationToken);
        console.MarkupLineInterpolated(
            $"Connected to [bold]{client.ServerInfo?.Name} {client.ServerInfo?.Version}[/] (MCP {client.NegotiatedProtocolVersion}); tools: {string.Join(", ", tools.Select(static t => t.Name))}");

        Step($"Store {memories.Count} memories: a month of a developer's assistant, in one batch");
        var (stored, _) = await CallAsync("store", new() { ["memories"] = Array(memories) });
        Summarise(stored);

        Step("Recall: three questions");
        foreach (var question in Questions)
        {
            await RecallAsync(question);
        }

        Step("Consolidate, dry run: what would change?");
        var (planned, plan) = await CallAsync("consolidate", new() { ["dry_run"] = true });
        Print(plan);
        Expect(planned.GetProperty("merged").GetInt32() > 0, "the dry run found nothing to merge");

        Step("Consolidate: exactly that plan");
        var (done, report) = await CallAsync("consolidate", new() { ["plan"] = planned.GetProperty("plan").GetString() });
        Print([report[0], report[^1]]);
        foreach (var count in new[] { "merged", "superseded", "contested" })
        {
            Expect(done.GetProperty(count).GetInt32() > 0, $"nothing was {count}");
            Expect(done.GetProperty(count).GetInt32() == planned.GetProperty(count).GetInt32(), $"the run did not do what the plan told: {count}");
        }

        Step("Recall again: one answer for several, the newer, a conflict by name");
        foreach (var question in QuestionsAfter)
        {
            await RecallAsync(question);
        }

        Step("Explain: the evidence for one memory, and the arithmetic");
        await ExplainAsync(QuestionsAfter[^1]);

        Step("Undo");
        var (undone, undo) = await CallAsync("consolidate", new() { ["undo_run"] = done.GetProperty("run").GetString() });
        Print(undo);
        Expect(undone.GetProperty("refused").GetArrayLength() == 0, "the undo was refused");
        var (status, words) = await CallAsync("status", []);
        Print(words);
        var states = status.GetProperty("states");
        Expect(!states.TryGetProperty("merged", out _) && !states.TryGetProperty("superseded", out _) && states.GetProperty("active").GetInt32() == New(stored), "the undo did not put everything back");
        console.WriteLine();
    }

    private static JsonElement Array(IReadOnlyList<JsonElement> items) => JsonElement.Parse($"[{string.Join(',', items.Select(static i => i.GetRawText()))}]");

    private static int New(JsonElement stored) => stored.GetProperty("memories").EnumerateArray().Count(static m => m.GetProperty("status").GetString() == "new");

    private static void Expect(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new DemoFailedException(otherwise);
        }
    }

    private void Step(string title)
    {
        console.WriteLine();
        console.Write(new Rule($"[bold]{Markup.Escape(title)}[/]") { Justification = Justify.Left });
    }

    private void Summarise(JsonElement stored)
    {
        var items = stored.GetProperty("memories").EnumerateArray().ToArray();
        var resembling = items.FirstOrDefault(static i => i.TryGetProperty("resembles", out _));
        console.MarkupLineInterpolated($"{New(stored)} new, {items.Length - New(stored)} corroborated one that was there word for word.");
        Expect(New(stored) > 0, "nothing was stored");
        if (resembling.ValueKind == JsonValueKind.Object)
        {
            var alike = resembling.GetProperty("resembles")[0];
            console.MarkupLineInterpolated($"[grey]The client is told what it may rather update, such as {alike.GetProperty("id").GetString()}: {alike.GetProperty("content").GetString()}[/]");
        }
    }

    private async Task RecallAsync(string question)
    {
        var (answer, text) = await CallAsync("recall", new() { ["query"] = question, ["limit"] = 4 });
        Print(text);
        Expect(answer.GetProperty("memories").GetArrayLength() > 0, "nothing was recalled");
    }

    private async Task ExplainAsync(string question)
    {
        var (answer, _) = await CallAsync("recall", new() { ["query"] = question, ["limit"] = 1, ["explain"] = true });
        var best = answer.GetProperty("memories")[0];
        var uri = $"memory://demo/{best.GetProperty("id").GetString()}";
        console.MarkupLineInterpolated($"[blue]> read[/] [grey]{uri}[/]");
        var read = await client.ReadResourceAsync(uri, cancellationToken: cancellationToken);
        Print(string.Concat(read.Contents.OfType<TextResourceContents>().Select(static c => c.Text)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Expect(best.GetProperty("explain").GetProperty("evidence").GetArrayLength() > 1, "the contested memory has no evidence against it");
    }

    private async Task<(JsonElement Data, string[] Text)> CallAsync(string tool, Dictionary<string, object?> arguments)
    {
        console.MarkupLineInterpolated($"[blue]> {tool}[/] [grey]{Written(arguments)}[/]");
        var result = await client.CallToolAsync(tool, arguments, cancellationToken: cancellationToken);
        var text = string.Concat(result.Content.OfType<TextContentBlock>().Select(static b => b.Text));
        Expect(result.IsError != true, text);
        return (result.StructuredContent ?? throw new DemoFailedException($"{tool} answered without structured content"), text.Split('\n'));
    }

    private static string Written(Dictionary<string, object?> arguments) => string.Join(", ", arguments.Select(static a => a.Value switch
    {
        JsonElement { ValueKind: JsonValueKind.Array } items => $"{a.Key}: ({items.GetArrayLength()} of them)",
        string text => $"{a.Key}: \"{text}\"",
        bool flag => $"{a.Key}: {(flag ? "true" : "false")}",
        var other => $"{a.Key}: {other}",
    }));

    private void Print(string[] lines)
    {
        foreach (var line in lines.Take(ShownLines))
        {
            console.Write(new Padder(new Text(line), new Padding(2, 0, 0, 0)));
        }

        if (lines.Length > ShownLines)
        {
            console.MarkupLineInterpolated($"  [grey]... and {lines.Length - ShownLines} lines more[/]");
        }
    }
}
