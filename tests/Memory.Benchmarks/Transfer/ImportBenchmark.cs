using System.Diagnostics;
using System.Text.Json;
using Memory.Benchmarks.Filling;
using Memory.Benchmarks.Processes;
using Memory.Benchmarks.Texts;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Storage.Sqlite;
using Memory.Core.Transfer.Jsonl;

namespace Memory.Benchmarks.Transfer;

/// <summary>How long the published server's <c>import</c> takes for an export of so many lines, into a database that does not exist yet.</summary>
internal static class ImportBenchmark
{
    private const double PromisedSeconds = 60;

    // What two statements say in the same words becomes one memory, so some more are made than there shall be lines.
    private const double Surplus = 1.2;

    public static async Task<int> RunAsync(int lines, string? server, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("memory-import-").FullName;
        try
        {
            var executable = server ?? await PublishedServer.PublishAsync(Path.Combine(folder, "server"), cancellationToken);
            var export = Path.Combine(folder, "export.jsonl");
            await WriteAsync(export, lines, folder, cancellationToken);

            var started = Stopwatch.GetTimestamp();
            var answer = await ImportAsync(executable, export, Path.Combine(folder, "imported.db"), cancellationToken);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;

            var table = new ResultTable();
            table.Add("lines imported", lines, "N0");
            table.Add("from the start of the process to its end", seconds, "N1 s", below: PromisedSeconds);
            table.Add("lines a second", lines / seconds, "N0");
            table.Add("memories that are new in the database", answer.GetProperty("imported").GetInt32(), "N0", atLeast: lines - 1);
            table.Add("lines that were not taken", answer.GetProperty("rejected").GetInt32(), "N0", below: 1);
            Console.WriteLine(table.ToMarkdown($"import of {lines:N0} JSON lines"));
            return table.ExitCode;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The first lines of an export: a heading, then memories. Links and runs stand behind all memories.
    private static async Task WriteAsync(string path, int lines, string folder, CancellationToken cancellationToken)
    {
        var whole = Path.Combine(folder, "whole.jsonl");
        await using (var store = new SqliteMemoryStore(Path.Combine(folder, "source.db"), TimeProvider.System))
        {
            await DirectFill.FillAsync(store, new EmbeddingSource(StaticEmbedder.DefaultPath), new RealText(seed: 1), (int)(lines * Surplus));
            await using var stream = File.Create(whole);
            await new JsonlExport(store).WriteAsync([Namespace.Default], stream, cancellationToken: cancellationToken);
        }

        await File.WriteAllLinesAsync(path, File.ReadLines(whole).Take(lines), cancellationToken);
        if (File.ReadLines(path).Count() != lines)
        {
            throw new InvalidOperationException($"The export has fewer than {lines} lines.");
        }
    }

    private static async Task<JsonElement> ImportAsync(string executable, string export, string database, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(executable, ["import", export, "--json", "--db", database]) { RedirectStandardOutput = true })!;
        var answer = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? JsonElement.Parse(answer) : throw new InvalidOperationException($"The import ended with {process.ExitCode}: {answer}");
    }
}
