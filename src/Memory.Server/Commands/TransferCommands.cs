using System.CommandLine;
using System.Runtime.CompilerServices;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Core.Transfer;
using Memory.Core.Transfer.Jsonl;
using Memory.Core.Transfer.Markdown;

namespace Memory.Server.Commands;

/// <summary><c>export</c> and <c>import</c>.</summary>
internal static class TransferCommands
{
    private static readonly Dictionary<string, ImportFormat> Formats = new(StringComparer.Ordinal)
    {
        ["jsonl"] = ImportFormat.Jsonl, ["markdown"] = ImportFormat.Markdown, ["mcp-memory"] = ImportFormat.McpMemory, ["mcp-memory-service"] = ImportFormat.McpMemoryService,
        ["basic-memory"] = ImportFormat.BasicMemory, ["mem0"] = ImportFormat.Mem0, ["list"] = ImportFormat.List,
    };

    public static Command Export(CommandHost host)
    {
        var path = new Argument<string>("path") { Description = "The file, '-' for stdout; with --format markdown the folder." };
        var format = new Option<string>("--format") { Description = "jsonl (complete) or markdown (to read and edit). Default: jsonl.", DefaultValueFactory = static _ => "jsonl" };
        format.AcceptOnlyFromAmong("jsonl", "markdown");
        var all = new Option<bool>("--all") { Description = "Every namespace; else the configured one." };
        var force = new Option<bool>("--force") { Description = "Replace the file when it is there." };
        return host.Command(
            new Command("export", "Write memories with evidence, lineage and runs as JSON lines, or as a folder of Markdown files.") { path, format, all, force },
            (parsed, run) => run.RunAsync(parts => ExportAsync(
                parts, run, parsed.GetRequiredValue(path), parsed.GetValue(format) == "markdown", parsed.GetValue(all), parsed.GetValue(force))));
    }

    public static Command Import(CommandHost host)
    {
        var path = new Argument<string>("path") { Description = "The file or folder." };
        var format = new Option<string>("--format") { Description = $"One of {string.Join(", ", Formats.Keys)}. Default: found out by looking." };
        format.AcceptOnlyFromAmong([.. Formats.Keys]);
        var report = new Option<string>("--report") { Description = "A file for the lines that were not taken, one a line with the reason." };
        return host.Command(
            new Command("import", "Take in memories: an export of this server, a folder of Markdown files, what other memory programs wrote. May be repeated: what is there already changes nothing.")
            {
                path, format, report,
            },
            (parsed, run) => run.RunAsync(parts => ImportAsync(
                parts, run, parsed.GetRequiredValue(path), parsed.GetValue(format) is { } name ? Formats[name] : null, parsed.GetValue(report))));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> ExportAsync(ServerComposition parts, CommandSession run, string path, bool markdown, bool all, bool force)
    {
        if (path != "-" && DatabaseFiles.Contain(run.Settings.Database, path))
        {
            return CommandSession.Fail(OwnFile(path));
        }

        IReadOnlyList<Namespace> namespaces = all ? await parts.Store.NamespacesAsync(run.Cancellation) : [run.Settings.Namespace];
        try
        {
            var status = await parts.Store.ReadAsync(namespaces is [var first, ..] ? first : run.Settings.Namespace, static r => r.Counts(), run.Cancellation);
            var expected = Math.Max(1, status.ByState.Values.Sum());
            var exported = await run.NotedAsync(parts, "export", everywhere: all, async () => Outcome.Of(await Screenful.WithProgressAsync($"Exporting to {path}", async progress =>
            {
                var counted = new Counting(count => progress.Report(Math.Min(1, (double)count / expected)));
                return markdown
                    ? await new MarkdownExport(parts.Store).WriteAsync(namespaces, path, counted, run.Cancellation)
                    : await WriteAsync(parts, namespaces, path, force, counted, run.Cancellation);
            })));
            if (!exported.Succeeded)
            {
                return CommandSession.Fail(exported.Problem);
            }

            var written = exported.Value;
            if (path == "-")
            {
                return ExitCodes.Done;
            }

            var shown = new ExportShown(Path.GetFullPath(path), markdown ? "markdown" : "jsonl", written);
            if (run.Json)
            {
                return Screenful.Json(shown, CommandJson.Default.ExportShown);
            }

            await Console.Out.WriteLineAsync($"{written} memories in {shown.Path}.");
            return ExitCodes.Done;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return CommandSession.Fail(new Problem(error is IOException && File.Exists(path) && !force ? ProblemCode.Conflict : ProblemCode.StoreUnavailable, $"'{path}' could not be written: {error.Message} An existing file is replaced with --force."));
        }
    }

    // Under another name until it is whole: who reads the file never sees half of it.
    private static async Task<int> WriteAsync(
        ServerComposition parts, IReadOnlyList<Namespace> namespaces, string path, bool force, IProgress<int> progress, CancellationToken cancellationToken)
    {
        var export = new JsonlExport(parts.Store);
        if (path == "-")
        {
            await using var stdout = new BufferedStream(Console.OpenStandardOutput(), 64 * 1024);
            return await export.WriteAsync(namespaces, stdout, progress, cancellationToken);
        }

        if (File.Exists(path) && !force)
        {
            throw new IOException("The file exists.");
        }

        var partial = $"{path}.partial-{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 64 * 1024 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            int written;
            await using (var stream = new FileStream(partial, options))
            {
                written = await export.WriteAsync(namespaces, stream, progress, cancellationToken);
            }

            File.Move(partial, path, overwrite: force);
            return written;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static Problem OwnFile(string path) => new(ProblemCode.Conflict, $"'{path}' belongs to the database itself; name another file.");

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
    private static async Task<int> ImportAsync(ServerComposition parts, CommandSession run, string path, ImportFormat? format, string? reportPath)
    {
        if (reportPath is not null && DatabaseFiles.Contain(run.Settings.Database, reportPath))
        {
            return CommandSession.Fail(OwnFile(reportPath));
        }

        await using var report = reportPath is null ? null : NewReport(reportPath);
        if (reportPath is not null && report is null)
        {
            return CommandSession.Fail(new Problem(
                File.Exists(reportPath) ? ProblemCode.Conflict : ProblemCode.StoreUnavailable, $"The report '{reportPath}' could not be made; name a new file in a folder that can be written."));
        }

        var import = new MemoryImport(parts.Store, TimeProvider.System, parts.Memories.Screen, parts.Embeddings);
        var outcome = await run.NotedAsync(parts, "import", everywhere: false, () => Screenful.WithProgressAsync($"Importing {path}", progress => import.ReadAsync(
            run.Settings.Namespace, path, format, new Sharing(progress), r => report?.WriteLine($"{r.Place}: {r.Reason}"), run.Cancellation)));
        if (!outcome.Succeeded)
        {
            return CommandSession.Fail(outcome.Problem);
        }

        var done = outcome.Value;
        var name = Formats.First(f => f.Value == done.Format).Key;
        var code = done.Rejected > 0 ? ExitCodes.Partly : ExitCodes.Done;
        if (run.Json)
        {
            return Screenful.Json(
                new ImportShown(name, done.Read, done.Imported, done.Updated, done.Present, done.Screened, done.Rejected, [.. done.Rejections.Select(static r => new ShownRejection(r.Place, r.Reason))]),
                CommandJson.Default.ImportShown, code);
        }

        await Console.Out.WriteLineAsync($"Read {done.Read} of {name}: {done.Imported} imported, {done.Updated} updated, {done.Present} there already, {done.Rejected} not taken.");
        if (done.Screened > 0)
        {
            await Console.Out.WriteLineAsync($"{done.Screened} held credentials or invisible characters, which were redacted or taken out.");
        }

        foreach (var rejection in reportPath is null ? done.Rejections.Take(20) : [])
        {
            await Console.Error.WriteLineAsync($"{rejection.Place}: {rejection.Reason}");
        }

        if (done.Rejected > 20 && reportPath is null)
        {
            await Console.Error.WriteLineAsync($"... and {done.Rejected - 20} more; --report FILE writes them all.");
        }

        return code;
    }

    private sealed class Counting(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }

    private sealed class Sharing(IProgress<double> progress) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => progress.Report(value.Share);
    }
}
