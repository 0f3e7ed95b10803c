using System.CommandLine;
using System.CommandLine.Parsing;
using Memory.Core.Memories;
using Memory.Server.Configuration;
using Memory.Server.Http;

namespace Memory.Server.Commands;

/// <summary>What can be typed, with the options of the settings.</summary>
internal static class CommandLine
{
    public const string Serve = "serve";

    // What is stored and sought may begin with '@': it names no file to read arguments from.
    private static readonly ParserConfiguration Syntax = new() { ResponseFileTokenReplacer = null };

    public static Task<int> RunAsync(string[] args, bool isTerminal, CancellationToken cancellationToken)
    {
        if (ArgumentBytes.FindNotUtf8(args) is { } damaged)
        {
            return Task.FromResult(Failure.Tell(
                new Problem(ProblemCode.Invalid, $"Argument {damaged + 1}, '{Shortened(args[damaged])}', is not UTF-8; only UTF-8 is allowed."), args is not [Serve, ..] && args.Contains("--json")));
        }

        var (root, options) = Create(args is [var first, ..] ? first : isTerminal ? null : Serve);
        root.SetAction((parsed, cancellation) => isTerminal
            ? root.Parse(["--help"]).InvokeAsync(cancellationToken: cancellation)
            : WithSettings(parsed, options, ServeCommand.RunAsync, cancellation));
        var line = root.Parse(args, Syntax);
        return line.Errors.Count > 0 ? Task.FromResult(Refuse(line)) : line.InvokeAsync(cancellationToken: cancellationToken);
    }

    /// <summary>The commands: <c>serve</c> and the one that is typed, or all when that is none.</summary>
    internal static (RootCommand Root, Dictionary<Setting, Option<string>> Options) Create(string? typed = null)
    {
        var root = new RootCommand(
            "memory-server: the memory that AI clients share. Over MCP they store, recall and consolidate what they learn, in one SQLite file on this machine.\n"
            + "MCP clients start it as 'memory-server serve'; try 'memory-server demo' to watch one.");
        var options = Setting.All.ToDictionary(static s => s, static s => Of(s, isRecursive: true));
        foreach (var option in options.Values)
        {
            root.Add(option);
        }

        var serve = new Command(Serve, "Serve one MCP client over stdin and stdout (the default when stdin is not a terminal), or with --http many over HTTP.");
        foreach (var setting in HttpSetting.All)
        {
            options.Add(setting, Of(setting, isRecursive: false));
            serve.Add(options[setting]);
        }

        serve.SetAction((parsed, cancellation) => WithSettings(parsed, options, ServeCommand.RunAsync, cancellation));
        root.Add(serve);

        // A server starts with every client.
        if (typed != Serve)
        {
            AddOthers(root, typed, options);
        }

        return (root, options);
    }

    private static Option<string> Of(Setting setting, bool isRecursive)
    {
        var option = new Option<string>(setting.Option) { Description = $"{setting.Description} ({setting.Variable})", Recursive = isRecursive };
        if (setting.Words.Length > 0)
        {
            option.CompletionSources.Add(setting.Words);
            // Else the help would name these words as all that is allowed.
            option.HelpName = setting.Option[2..];
        }

        return option;
    }

    // A process carries out one command: what the others need is not put together.
    private static void AddOthers(RootCommand root, string? only, Dictionary<Setting, Option<string>> options)
    {
        var host = new CommandHost((parsed, run, cancellation) => WithSettings(parsed, options, run, cancellation));
        (string Name, Func<Command> Create)[] all =
        [
            ("store", () => MemoryCommands.Store(host)),
            ("recall", () => MemoryCommands.Recall(host)),
            ("show", () => LookCommands.Show(host)),
            ("list", () => LookCommands.List(host)),
            ("forget", () => MemoryCommands.Forget(host)),
            ("consolidate", () => ConsolidateCommand.Create(host)),
            ("runs", () => LookCommands.Runs(host)),
            ("undo", () => MemoryCommands.Undo(host)),
            ("status", () => MemoryCommands.Status(host)),
            ("export", () => ExportCommand.Create(host)),
            ("import", () => ImportCommand.Create(host)),
            ("backup", () => BackupCommands.Backup(host)),
            ("restore", () => BackupCommands.Restore(host)),
            ("doctor", () => DoctorCommand.Create(host)),
            ("health", HealthCommand.Create),
            ("config", () => ConfigCommand.Create(parsed => Configured.Open(setting => parsed.GetValue(options[setting]), WantsJson(parsed)), host.Json)),
            ("models", () => ModelsCommand.Create(host.Json)),
            ("keys", () => KeysCommand.Create((parsed, run, cancellation) => WithSettings(parsed, options, run, cancellation), host.Json)),
            ("completion", () => CompletionCommand.Create(host.Json)),
            ("demo", Demo),
        ];
        foreach (var (_, create) in Array.FindAll(all, c => c.Name == only) is { Length: > 0 } typed ? typed : all)
        {
            root.Add(create());
        }
    }

    private static Command Demo()
    {
        var demo = new Command("demo", "Watch an MCP client store a month of memories, recall, consolidate and undo, in a temporary database.");
        demo.SetAction(static (_, cancellation) => DemoCommand.RunAsync(cancellation));
        return demo;
    }

    private static int Refuse(ParseResult line)
    {
        var command = line.CommandResult.Command;
        var messages = command is not RootCommand && command.Subcommands.Count > 0
            ? [$"After '{command.Name}' one of {string.Join(", ", command.Subcommands.Select(static c => c.Name))} is allowed."] : line.Errors.Select(static e => e.Message).Distinct();
        var typed = new List<string>();
        for (SymbolResult? result = line.CommandResult; result is CommandResult { Command: not RootCommand and var part }; result = result.Parent)
        {
            typed.Insert(0, $"{part.Name} ");
        }

        return Failure.Tell(ProblemCode.Invalid, [.. messages, $"memory-server {string.Concat(typed)}--help tells what is allowed."], WantsJson(line));
    }

    private static Task<int> WithSettings(
        ParseResult parsed, Dictionary<Setting, Option<string>> options, Func<ServerSettings, CancellationToken, Task<int>> run, CancellationToken cancellationToken) =>
        Configured.RunAsync(setting => parsed.GetValue(options[setting]), WantsJson(parsed), run, cancellationToken);

    private static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "...";

    // Of a server stdout may already be read by a client that expects protocol messages.
    private static bool WantsJson(ParseResult line) => line.CommandResult.Command.Name != Serve && line.Tokens.Any(static t => t.Value == "--json");
}
