using System.CommandLine;
using System.Runtime.CompilerServices;
using Memory.Core.Memories;
using Memory.Core.Recall;
using Memory.Server.Callers;
using Memory.Server.Tools;

namespace Memory.Server.Commands;

/// <summary><c>store</c>, <c>recall</c>, <c>forget</c>, <c>status</c>, <c>undo</c>: the tools, typed by hand.</summary>
internal static class MemoryCommands
{
    private static readonly string[] Kinds = [.. Enum.GetValues<MemoryKind>().Select(Names.Of)];

    public static Command Store(CommandHost host)
    {
        var content = new Argument<string>("content") { Description = "The statement; '-' reads it from stdin." };
        // An option that is misspelt would be stored.
        content.Validators.Add(static given =>
        {
            if (given.Tokens is [var token, ..] && token.Value.StartsWith("--", StringComparison.Ordinal) && !token.Value.Any(char.IsWhiteSpace))
            {
                given.AddError($"There is no option '{token.Value}'. To store it as a statement, give it on stdin: '-' reads that.");
            }
        });
        var kind = WordOption.One("--kind", "What it is; fact when left out.", Kinds);
        var tags = new Option<string[]>("--tag") { Description = "A label; may be repeated." };
        var importance = NumberOption.Share("--importance", "How much it matters, from 0 to 1. Default: 0.5.");
        var source = new Option<string>("--source") { Description = "Who says so.", DefaultValueFactory = static _ => "user" };
        var session = new Option<string>("--session") { Description = "The conversation it comes from." };
        var when = new Option<string>("--occurred-at") { Description = "When it happened, as ISO 8601." };
        return host.Command(
            new Command("store", "Store a statement; what is there word for word gets one more piece of evidence.") { content, kind, tags, importance, source, session, when },
            async (parsed, run) => await run.CallAsync("store", new Dictionary<string, System.Text.Json.JsonElement?>
            {
                ["content"] = CommandJson.Of(parsed.GetRequiredValue(content) is "-" ? await Console.In.ReadToEndAsync(run.Cancellation) : parsed.GetRequiredValue(content)),
                ["kind"] = CommandJson.Of(parsed.GetValue(kind)), ["tags"] = CommandJson.Of(parsed.GetValue(tags)), ["importance"] = CommandJson.Of(parsed.GetValue(importance)),
                ["source"] = CommandJson.Of(parsed.GetValue(source)), ["session"] = CommandJson.Of(parsed.GetValue(session)), ["occurred_at"] = CommandJson.Of(parsed.GetValue(when)),
            }),
            makesDatabase: true);
    }

    public static Command Recall(CommandHost host)
    {
        var query = new Argument<string[]>("query") { Description = "What is sought, in words; when left out, what matters most.", Arity = ArgumentArity.ZeroOrMore };
        // An option that is misspelt would be sought as a word.
        query.Validators.Add(static given =>
        {
            if (given.Tokens.FirstOrDefault(static t => t.Value.StartsWith("--", StringComparison.Ordinal))?.Value is { } option)
            {
                given.AddError($"There is no option '{option}'. To seek it as a word, put the query in quotes.");
            }
        });
        var limit = NumberOption.Whole("--limit", "How many at most", 1, RecallRequest.MaxLimit, RecallRequest.DefaultLimit);
        var kinds = WordOption.Several("--kind", "Only of this kind; may be repeated.", Kinds);
        var tags = new Option<string[]>("--tag") { Description = "Only with this label; may be repeated." };
        return host.Command(
            new Command("recall", "Find memories by words and meaning, the best first.") { query, limit, kinds, tags },
            (parsed, run) => run.CallAsync("recall", new Dictionary<string, System.Text.Json.JsonElement?>
            {
                ["query"] = CommandJson.Of(string.Join(' ', parsed.GetValue(query) ?? []) is { Length: > 0 } words ? words : null), ["limit"] = CommandJson.Of(parsed.GetValue(limit)),
                ["kinds"] = CommandJson.Of(parsed.GetValue(kinds)), ["tags"] = CommandJson.Of(parsed.GetValue(tags)),
            }));
    }

    public static Command Forget(CommandHost host)
    {
        var ids = new Argument<string[]>("id") { Description = "The memories to erase.", Arity = ArgumentArity.OneOrMore };
        var yes = new Option<bool>("--yes") { Description = "Erase without asking. Needed where nobody can be asked." };
        return host.Command(
            new Command("forget", "Erase memories for good, with their earlier versions and what was merged into them, from the database, its log and its backups. What consolidation let them supersede is active again.") { ids, yes },
            (parsed, run) => run.RunAsync(parts => ForgetAsync(parts, run, parsed.GetRequiredValue(ids), parsed.GetValue(yes))));
    }

    public static Command Status(CommandHost host) => host.Command(
        new Command("status", "How many memories there are, when consolidation ran and runs next, whether the database is healthy."),
        static (_, run) => run.CallAsync(
            "status", new Dictionary<string, System.Text.Json.JsonElement?>(), static data => data.GetProperty("healthy").GetBoolean() ? ExitCodes.Done : ExitCodes.Failed,
            static _ => "What waits for a decision: memory-server consolidate --dry-run", isAudited: false));

    public static Command Undo(CommandHost host)
    {
        var run = new Argument<string>("run") { Description = "The run, as 'runs' names it." };
        run.Validators.Add(static given => RunNames.Check(given, "run", "memory-server runs"));
        return host.Command(
            new Command("undo", "Put back what a run of consolidation changed; what was edited since is refused and named.") { run },
            (parsed, session) => session.CallAsync(
                "consolidate", new Dictionary<string, System.Text.Json.JsonElement?> { ["undo_run"] = CommandJson.Of(parsed.GetRequiredValue(run)) },
                static data => data.TryGetProperty("refused", out var refused) && refused.GetArrayLength() > 0 ? ExitCodes.Partly : ExitCodes.Done));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> ForgetAsync(ServerComposition parts, CommandSession run, string[] given, bool yes)
    {
        var ids = new List<MemoryId>();
        foreach (var text in given)
        {
            if (!MemoryId.TryParse(text, out var id))
            {
                return run.Fail(new Problem(ProblemCode.Invalid, $"id is '{text}'; {MemoryId.Length} letters and digits as 'list' shows them are allowed."));
            }

            ids.Add(id);
        }

        if (!yes)
        {
            var known = await parts.Store.ReadAsync(run.Settings.Namespace, reader => reader.FindMany(ids), run.Cancellation);
            foreach (var memory in known)
            {
                await Console.Error.WriteLineAsync(TerminalText.Of($"[{memory.Id}] {MemoryText.Excerpt(memory.Content)}"));
            }

            if (Console.IsInputRedirected)
            {
                return run.Fail(new Problem(ProblemCode.Invalid, "Nothing was erased. It cannot be undone; say --yes to do it."));
            }

            await Console.Error.WriteAsync("Erase for good, with earlier versions and what was merged into them? [y/N] ");
            if (Console.ReadLine()?.Trim() is not ("y" or "Y" or "yes"))
            {
                return run.Fail(new Problem(ProblemCode.Conflict, "Nothing was erased."));
            }
        }

        var forgotten = await run.NotedAsync(
            parts, "forget", everywhere: false, () => parts.Memories.ForgetAsync(run.Settings.Namespace, ids, cancellationToken: run.Cancellation), static f => AuditSubject.Of(f.Ids.Select(static i => i.Value)));
        if (!forgotten.Succeeded)
        {
            return run.Fail(forgotten.Problem);
        }

        string[] erased = [.. forgotten.Value.Ids.Select(static i => i.Value)];
        if (run.Json)
        {
            return Screenful.Json(erased, CommandJson.Default.StringArray);
        }

        await Console.Out.WriteLineAsync($"Forgotten: {string.Join(", ", erased)}.{Tools.ForgetTool.Reinstated(forgotten.Value.Reinstated)}");
        if (forgotten.Value.TracesRemain is { } remain)
        {
            await Console.Error.WriteLineAsync($"Traces may remain in the files for now ({remain}).");
            return ExitCodes.Partly;
        }

        return ExitCodes.Done;
    }
}
