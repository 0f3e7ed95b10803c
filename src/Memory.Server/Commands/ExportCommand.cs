using System.CommandLine;
using System.Runtime.CompilerServices;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Core.Transfer.Jsonl;
using Memory.Core.Transfer.Markdown;

namespace Memory.Server.Commands;

/// <summary><c>export</c>.</summary>
internal static class ExportCommand
{
    private const int ToldNamespaces = 10;

    public static Command Create(CommandHost host)
    {
        var path = new Argument<string>("path") { Description = "The file, '-' for stdout; with --format markdown the folder." };
        var format = WordOption.One("--format", "jsonl is complete, markdown is to read and edit.", ["jsonl", "markdown"], otherwise: "jsonl");
        var all = new Option<bool>("--all") { Description = "Every namespace, and so everything; else only the one of --namespace." };
        var force = new Option<bool>("--force") { Description = "Replace the file when it is there. A folder of Markdown is brought up to date without it; files of others in it are left alone." };
        return host.Command(
            new Command("export", "Write the memories of a namespace (with --all of every one) with evidence, lineage and runs as JSON lines, or as a folder of Markdown files.") { path, format, all, force },
            (parsed, run) => run.RunAsync(parts => ExportAsync(
                parts, run, parsed.GetRequiredValue(path), parsed.GetValue(format) == "markdown", parsed.GetValue(all), parsed.GetValue(force))));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> ExportAsync(ServerComposition parts, CommandSession run, string path, bool markdown, bool all, bool force)
    {
        if ((path == "-" ? markdown ? new Problem(ProblemCode.Invalid, "Markdown files need a folder; '-' is not allowed.") : null : DatabaseFiles.Refusal(run.Settings.Database, path)) is { } refusal)
        {
            return run.Fail(refusal);
        }

        if (markdown ? File.Exists(path) : Directory.Exists(path))
        {
            return run.Fail(new Problem(ProblemCode.Invalid, markdown ? $"'{path}' is a file; Markdown files need a folder." : $"'{path}' is a folder; name a file, or say --format markdown."));
        }

        var there = await parts.Store.NamespacesAsync(run.Cancellation);
        IReadOnlyList<Namespace> namespaces = all ? there : [run.Settings.Namespace];
        string[] leftOut = [.. there.Except(namespaces).Select(static n => n.Value)];
        try
        {
            var expected = 1;
            foreach (var ns in namespaces)
            {
                expected += (await parts.Store.ReadAsync(ns, static r => r.Counts(), run.Cancellation)).ByState.Values.Sum();
            }

            var exported = await run.NotedAsync(parts, "export", everywhere: all, async () => Outcome.Of(await run.WithProgressAsync($"Exporting to {path}", async progress =>
            {
                var counted = new Counting(count => progress.Report(Math.Min(1, (double)count / expected)));
                return markdown
                    ? await new MarkdownExport(parts.Store).WriteAsync(namespaces, path, counted, run.Cancellation)
                    : await WriteAsync(parts, namespaces, path, force, counted, run.Cancellation);
            })));
            if (!exported.Succeeded)
            {
                return run.Fail(exported.Problem);
            }

            var written = exported.Value;
            if (leftOut.Length > 0)
            {
                await Console.Error.WriteLineAsync($"Not in it: {string.Join(", ", leftOut.Take(ToldNamespaces))}{(leftOut.Length > ToldNamespaces ? $" and {leftOut.Length - ToldNamespaces} more namespaces" : "")}. --all writes every namespace.");
            }

            if (path == "-")
            {
                return ExitCodes.Done;
            }

            var shown = new ExportOutput(Path.GetFullPath(path), markdown ? "markdown" : "jsonl", written, [.. namespaces.Select(static n => n.Value)], leftOut);
            if (run.Json)
            {
                return Screenful.Json(shown, CommandJson.Default.ExportOutput);
            }

            await Screenful.LineAsync($"{written} memories in {shown.Path}.");
            return ExitCodes.Done;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var isThere = !markdown && !force && File.Exists(path);
            return run.Fail(new Problem(
                isThere ? ProblemCode.Conflict : ProblemCode.StoreUnavailable, $"'{path}' could not be written: {error.Message}{(isThere ? " --force replaces it." : "")}"));
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

        PartialFile.RemoveAbandoned(path, TimeProvider.System.GetUtcNow());
        var partial = PartialFile.NameFor(path);
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

    private sealed class Counting(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }
}
