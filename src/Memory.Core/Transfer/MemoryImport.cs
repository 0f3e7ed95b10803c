using System.Text.Json;
using Memory.Core.Confidence;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Screening;
using Memory.Core.Storage;
using Memory.Core.Transfer.Formats;
using Memory.Core.Transfer.Jsonl;
using Memory.Core.Transfer.Markdown;

namespace Memory.Core.Transfer;

/// <summary>
/// Imports memories, whatever wrote them. An import may be repeated: what was taken in before changes nothing, so one that was interrupted is
/// finished by starting it again. Every text is screened as if it were stored.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="time">The clock.</param>
/// <param name="screen">What every text goes through; redacts credentials when left out.</param>
/// <param name="embeddings">Makes the vectors by which meaning is found; none when left out.</param>
/// <param name="confidence">The constants of confidence; the defaults when left out.</param>
public sealed class MemoryImport(IMemoryStore store, TimeProvider time, Screen? screen = null, EmbeddingSource? embeddings = null, ConfidenceOptions? confidence = null)
{
    private const long MaxDocument = 512L * 1024 * 1024;

    private readonly Screen _screen = screen ?? Screen.Default;
    private readonly EmbeddingSource _embeddings = embeddings ?? EmbeddingSource.None;
    private readonly ConfidenceOptions _confidence = confidence ?? ConfidenceOptions.Default;

    /// <summary>Imports a file or a folder.</summary>
    /// <param name="target">Where to; an export of this server names namespaces itself.</param>
    /// <param name="path">The file or folder.</param>
    /// <param name="format">What it is; found out when left out.</param>
    /// <param name="progress">Is told after each batch.</param>
    /// <param name="rejected">Is told each line that is not taken, at once.</param>
    /// <param name="cancellationToken">Ends it between two batches; what was imported stays.</param>
    /// <returns>What was imported and what was not, or why nothing could be.</returns>
    public async Task<Outcome<ImportReport>> ReadAsync(
        ImportTarget target, string path, ImportFormat? format = null, IProgress<ImportProgress>? progress = null, Action<Rejection>? rejected = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        try
        {
            if (!Directory.Exists(path) && !OpenPipe.Is(path) && FileLength(path) == 0)
            {
                // A named pipe or a device has no length either, and neither may ever end.
                return Problem.Invalid(
                    $"'{path}' is empty, or no regular file. Allowed are a folder, a regular file, and with the format named what is open already: <(COMMAND) of a shell, or /dev/stdin.");
            }

            var found = format ?? FormatDetection.Of(path);
            Outcome<ImportReport> outcome = found switch
            {
                null => Problem.Invalid($"What wrote '{path}' cannot be told from its beginning; name its format."),
                ImportFormat.Markdown or ImportFormat.BasicMemory when File.Exists(path) => Problem.Invalid($"'{path}' is no folder; this format is a folder of Markdown files."),
                ImportFormat.Markdown => await new MarkdownImport(store, Storing(), _confidence, _screen, time).ReadAsync(target, path, progress, rejected, cancellationToken),
                { } other when other != ImportFormat.Jsonl && target.From is { } from => Problem.Invalid($"'{path}' is of a format that names no namespaces: nothing in it is of '{from}'. Leave --from out."),
                ImportFormat.BasicMemory => await BasicMemoryAsync(target.Into, path, progress, rejected, cancellationToken),
                { } when Directory.Exists(path) => Problem.Invalid($"'{path}' is a folder; this format is one file."),
                { } file => await FileAsync(target, path, file, progress, rejected, cancellationToken),
            };
            await new MentionUpkeep(store, time).CompleteAsync(cancellationToken);
            return outcome;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Problem(ProblemCode.NotFound, $"There is no file or folder '{path}'.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Problem(ProblemCode.StoreUnavailable, $"'{path}' cannot be read: {error.Message}");
        }
    }

    private async Task<Outcome<ImportReport>> FileAsync(
        ImportTarget target, string path, ImportFormat format, IProgress<ImportProgress>? progress, Action<Rejection>? rejected, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        if (format == ImportFormat.Jsonl)
        {
            return await new JsonlImport(store, _embeddings, _screen).ReadAsync(target, stream, stream.CanSeek ? stream.Length : 0, progress, rejected, cancellationToken);
        }

        var tally = new ImportTally(format, rejected);
        var import = new StatementImport(store, Storing(), _screen, time);
        if (format is ImportFormat.McpMemory or ImportFormat.List)
        {
            var statements = format == ImportFormat.List ? TextListReader.ReadAsync(stream, tally, cancellationToken) : McpMemoryReader.ReadAsync(stream, tally, cancellationToken);
            return await import.ReadAsync(target.Into, statements, null, tally, progress, cancellationToken);
        }

        if (stream.CanSeek && stream.Length > MaxDocument)
        {
            return Problem.Invalid($"'{path}' has more than {MaxDocument / 1024 / 1024} MB; divide it.");
        }

        try
        {
            using var document = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);
            var isService = format == ImportFormat.McpMemoryService;
            var (entries, read) = isService
                ? (JsonEntries.ServiceEntries(document.RootElement), (Func<JsonElement, Outcome<NewMemory>>)JsonEntries.Service)
                : (JsonEntries.Mem0Entries(document.RootElement), JsonEntries.Mem0);
            if (entries is null)
            {
                return Problem.Invalid($"'{path}' is JSON, but holds no list of memories as {(isService ? "mcp-memory-service" : "mem0")} exports it.");
            }

            LeftOutFields.Tell(entries, isService ? JsonEntries.IsOfService : JsonEntries.IsOfMem0, tally);
            var relations = isService ? [] : Mem0Relations.Of(document.RootElement);
            var statements = Entries("entry", entries, read, tally).Concat(Entries("relation", relations, Mem0Relations.Statement, tally));
            return await import.ReadAsync(target.Into, statements.ToAsyncEnumerable(), entries.Count + relations.Count, tally, progress, cancellationToken);
        }
        catch (JsonException error)
        {
            return Problem.Invalid($"'{path}' is not JSON, or is nested too deep, from line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1} on.");
        }
    }

    private async Task<Outcome<ImportReport>> BasicMemoryAsync(
        Namespace ns, string folder, IProgress<ImportProgress>? progress, Action<Rejection>? rejected, CancellationToken cancellationToken)
    {
        var tally = new ImportTally(ImportFormat.BasicMemory, rejected);
        return await new StatementImport(store, Storing(), _screen, time).ReadAsync(ns, Notes(folder, tally).ToAsyncEnumerable(), null, tally, progress, cancellationToken);
    }

    private static IEnumerable<ForeignStatement> Notes(string folder, ImportTally tally)
    {
        var (files, passedOver) = MarkdownFolder.List(folder);
        tally.PassOver(passedOver);
        foreach (var file in files)
        {
            var (text, problem) = MarkdownFolder.Read(folder, file);
            if (text is null)
            {
                tally.Read++;
                tally.Reject(file, problem!);
                continue;
            }

            foreach (var statement in BasicMemoryReader.Note(file, text, tally))
            {
                yield return statement;
            }
        }
    }

    private static IEnumerable<ForeignStatement> Entries(string what, IReadOnlyList<JsonElement> entries, Func<JsonElement, Outcome<NewMemory>> read, ImportTally tally)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            Outcome<NewMemory> statement;
            try
            {
                statement = read(entries[i]);
            }
            catch (InvalidOperationException)
            {
                statement = Problem.Invalid("A text of the entry is no Unicode.");
            }

            if (!statement.Succeeded)
            {
                tally.Read++;
                tally.Reject($"{what} {i + 1}", statement.Problem.Message);
                continue;
            }

            yield return new ForeignStatement($"{what} {i + 1}", statement.Value);
        }
    }

    private static long FileLength(string path) => new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path).Length;

    private StoreOperation Storing() => new(_confidence, new Random(), _embeddings);
}
