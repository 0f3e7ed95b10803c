using System.CommandLine;
using System.Runtime.CompilerServices;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Core.Transfer;

namespace Memory.Server.Commands;

/// <summary><c>import</c>.</summary>
internal static class ImportCommand
{
    private const int ShownToPeople = 20;

    private static readonly Dictionary<string, ImportFormat> Formats = new(StringComparer.Ordinal)
    {
        ["jsonl"] = ImportFormat.Jsonl, ["markdown"] = ImportFormat.Markdown, ["mcp-memory"] = ImportFormat.McpMemory, ["mcp-memory-service"] = ImportFormat.McpMemoryService,
        ["basic-memory"] = ImportFormat.BasicMemory, ["mem0"] = ImportFormat.Mem0, ["list"] = ImportFormat.List,
    };

    public static Command Create(CommandHost host)
    {
        var path = new Argument<string>("path") { Description = "The file or folder." };
        var all = new Option<bool>("--all") { Description = "Write every namespace that the lines or files name; else only the one of --namespace, and what names another is not taken." };
        var from = new Option<string>("--from") { Description = "Take what names this namespace into the one of --namespace." };
        from.Validators.Add(static given =>
        {
            if (!Namespace.TryParse(given.GetValueOrDefault<string>(), out _))
            {
                given.AddError($"--from is '{given.GetValueOrDefault<string>()}'; allowed is a namespace: {Namespace.Allowed}.");
            }
        });
        var format = WordOption.One("--format", "What it is; found out by looking when left out.", [.. Formats.Keys]);
        var report = new Option<string>("--report") { Description = "A file for the lines that were not taken and the fields that were left out, one a line with the reason." };
        var import = new Command("import", "Take in memories: an export of this server, a folder of Markdown files, what other memory programs wrote. May be repeated: what is there already changes nothing.")
        {
            path, all, from, format, report,
        };
        path.Validators.Add(static given =>
        {
            if (given.Tokens is [{ Value: "-" }])
            {
                given.AddError("import reads no stdin under the name '-'. Write it to a file and name that, or name /dev/stdin or <(COMMAND) together with --format; a file that is called so is './-'.");
            }
        });
        import.Validators.Add(given =>
        {
            if (given.GetValue(all) && given.GetResult(from) is not null)
            {
                given.AddError("--all writes each namespace under its own name; --from is not allowed beside it.");
            }
        });
        return host.Command(import, (parsed, run) => run.RunAsync(parts => ImportAsync(
            parts, run, Target(run.Settings.Namespace, parsed.GetValue(all), parsed.GetValue(from)), parsed.GetRequiredValue(path),
            parsed.GetValue(format) is { } name ? Formats[name] : null, parsed.GetValue(report))), makesDatabase: true);
    }

    private static ImportTarget Target(Namespace ns, bool all, string? from) =>
        all ? ImportTarget.Each(ns) : Namespace.TryParse(from, out var source) ? ImportTarget.Renamed(source, ns) : ImportTarget.Only(ns);

    // Never in the place of a file that is there: it may be the one that is imported.
    private static StreamWriter? NewReport(string path)
    {
        try
        {
            return new StreamWriter(new FileStream(path, FileMode.CreateNew, FileAccess.Write));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> ImportAsync(ServerComposition parts, CommandSession run, ImportTarget target, string path, ImportFormat? format, string? reportPath)
    {
        if (reportPath is not null && DatabaseFiles.Refusal(run.Settings.Database, reportPath) is { } refusal)
        {
            return run.Fail(refusal);
        }

        await using var report = reportPath is null ? null : NewReport(reportPath);
        if (reportPath is not null && report is null)
        {
            return run.Fail(new Problem(
                File.Exists(reportPath) ? ProblemCode.Conflict : ProblemCode.StoreUnavailable, $"The report '{reportPath}' could not be made; name a new file in a folder that can be written."));
        }

        var import = new MemoryImport(parts.Store, TimeProvider.System, parts.Memories.Screen, parts.Embeddings);
        var rejections = new List<Rejection>();
        var outcome = await run.NotedAsync(parts, "import", everywhere: target.IsEach, () => run.WithProgressAsync($"Importing {path}", progress => import.ReadAsync(
            target, path, format, new Sharing(progress), Tell, run.Cancellation)));
        if (!outcome.Succeeded)
        {
            if (report is not null)
            {
                // Nothing was read: an empty report would only be in the way of the next attempt.
                await report.DisposeAsync();
                File.Delete(reportPath!);
            }

            return run.Fail(outcome.Problem);
        }

        var done = outcome.Value;
        var name = Formats.First(f => f.Value == done.Format).Key;
        var code = done.Rejected > 0 ? ExitCodes.Partly : ExitCodes.Done;
        string[] leftOut = [.. done.LeftOut.Select(static f => $"fields left out: {f.Place}: {f.Reason}")];
        foreach (var line in leftOut)
        {
            report?.WriteLine(line);
        }

        if (run.Json)
        {
            return Screenful.Json(
                new ImportOutput(name, done.Read, done.Imported, done.Updated, done.Present, done.Screened, done.Rejected, Output(rejections), Output(done.LeftOut)),
                CommandJson.Default.ImportOutput, code);
        }

        await Console.Out.WriteLineAsync($"Read {done.Read} of {name}: {done.Imported} imported, {done.Updated} updated, {done.Present} there already, {done.Rejected} not taken.");
        if (done.Screened > 0)
        {
            await Console.Out.WriteLineAsync($"{done.Screened} held credentials or invisible characters, which were redacted or taken out.");
        }

        if (reportPath is null)
        {
            await TellAsync([.. rejections.Select(static r => $"{r.Place}: {r.Reason}")]);
            await TellAsync(leftOut);
        }

        return code;

        void Tell(Rejection rejection)
        {
            rejections.Add(rejection);
            report?.WriteLine($"{rejection.Place}: {rejection.Reason}");
        }
    }

    // A person is shown some and told how to see all; a file or another program gets all.
    private static async Task TellAsync(string[] lines)
    {
        var told = Console.IsErrorRedirected ? lines.Length : Math.Min(lines.Length, ShownToPeople);
        foreach (var line in lines.Take(told))
        {
            await Console.Error.WriteLineAsync(TerminalText.Of(line));
        }

        if (told < lines.Length)
        {
            await Console.Error.WriteLineAsync($"... and {lines.Length - told} more; --report FILE writes them all, and so does 2>FILE.");
        }
    }

    private static RejectionOutput[] Output(IEnumerable<Rejection> told) => [.. told.Select(static r => new RejectionOutput(r.Place, r.Reason))];

    private sealed class Sharing(IProgress<double> progress) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => progress.Report(value.Share);
    }
}
