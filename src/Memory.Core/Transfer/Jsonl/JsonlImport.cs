using System.Text;
using System.Text.Json;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Screening;
using Memory.Core.Storage;

namespace Memory.Core.Transfer.Jsonl;

/// <summary>
/// Reads what <see cref="JsonlExport"/> wrote. Lines that say nothing new change nothing, so an import that was interrupted is simply repeated.
/// </summary>
internal sealed class JsonlImport(IMemoryStore store, EmbeddingSource embeddings, Screen screen)
{
    private const int Batch = 400;

    public async Task<Outcome<ImportReport>> ReadAsync(
        ImportTarget target, Stream source, long length, IProgress<ImportProgress>? progress, Action<Rejection>? rejected, CancellationToken cancellationToken)
    {
        var lines = new LineSource(source);
        var tally = new ImportTally(ImportFormat.Jsonl, rejected);
        var (journal, looseEnds) = (new JournalPlaces(), new LooseEnds());
        var waiting = new List<CheckedLine>(Batch);
        var writing = Task.CompletedTask;
        Namespace? current = null;

        // The next batch is read while the last one is written. One batch holds one namespace.
        async Task WriteAsync()
        {
            await writing;
            if (waiting.Count > 0 && current is { } ns)
            {
                var (batch, read) = (waiting, tally.Read);
                waiting = new List<CheckedLine>(Batch);
                writing = WriteBatchAsync(ns, batch, journal, looseEnds, tally, cancellationToken);
                progress?.Report(new ImportProgress(read, length > 0 ? Math.Min(1, (double)lines.Bytes / length) : 0));
            }
        }

        try
        {
            while (await lines.NextAsync(cancellationToken) is var (bytes, tooLong))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var number = lines.Number;
                var line = tooLong ? null : Parse(bytes.Span, out var problem) ?? (problem is null ? null : Rejected(tally, number, problem));
                if (tooLong)
                {
                    tally.Read++;
                    Reject(tally, number, $"The line has more than {LineSource.MaxLine / 1024 / 1024} MB.");
                }

                if (line is null)
                {
                    continue;
                }

                if (line.Format is not null || line.Version is not null)
                {
                    if (line is not { Format: TransferLine.FormatName, Version: TransferLine.CurrentVersion })
                    {
                        await writing;
                        return new Problem(ProblemCode.Invalid, $"The file is of format '{VisibleText.Of(line.Format ?? "")}' version {line.Version}; {TransferLine.FormatName} version {TransferLine.CurrentVersion} can be imported. A newer server may have written it.");
                    }

                    continue;
                }

                tally.Read++;
                if (!Namespace.TryParse(line.Namespace, out var named))
                {
                    Reject(tally, number, $"namespace is missing or wrong; {Namespace.Allowed} are allowed.");
                    continue;
                }

                var into = target.Of(named);
                if (!into.Succeeded)
                {
                    Reject(tally, number, into.Problem.Message);
                    continue;
                }

                var ns = into.Value;
                if (ns != current || waiting.Count == Batch)
                {
                    await WriteAsync();
                    current = ns;
                }

                if (Check(line, ns, number, waiting) is { } wrong)
                {
                    Reject(tally, number, wrong);
                }
            }

            await WriteAsync();
            await writing;
            await looseEnds.TellAsync(store, tally, cancellationToken);
        }
        catch
        {
            // What is on its way is finished before anybody closes the store.
            await writing.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw;
        }

        progress?.Report(new ImportProgress(tally.Read, 1));
        return tally.Report();
    }

    private async Task WriteBatchAsync(Namespace ns, List<CheckedLine> batch, JournalPlaces journal, LooseEnds looseEnds, ImportTally tally, CancellationToken cancellationToken) =>
        await store.WriteAsync(ns, writer =>
        {
            var lines = new JsonlBatch(writer, embeddings, journal, looseEnds, tally);
            foreach (var line in batch)
            {
                line.Write(lines, line.Number);
            }

            return batch.Count;
        }, cancellationToken);

    private string? Check(TransferLine line, Namespace ns, int number, List<CheckedLine> into)
    {
        var check = new LineCheck(screen, ns);
        Action<JsonlBatch, int>? write = null;
        string? problem = null;
        switch (line)
        {
            case { Memory: { } memory, Link: null, Mark: null, Run: null, Journal: null }:
                var (record, evidence) = (check.Memory(memory), check.Evidence(memory.Evidence ?? []));
                problem = (record.Problem ?? evidence.Problem)?.Message;
                write = (batch, n) => batch.Write(n, record.Value!, evidence.Value!, memory.Recalled, check.Changed);
                break;
            case { Link: { } link, Memory: null, Mark: null, Run: null, Journal: null }:
                problem = Pair(link.From, link.To, out var from, out var to);
                write = (batch, n) => batch.Write(n, new Link(from, to, link.Kind, Instant.Whole(link.At)));
                break;
            case { Mark: { } mark, Memory: null, Link: null, Run: null, Journal: null }:
                problem = Pair(mark.First, mark.Second, out var first, out var second);
                write = (batch, n) => batch.Write(n, new PairMark(first, second, mark.Kind, Instant.Whole(mark.At)));
                break;
            case { Run: { } run, Memory: null, Link: null, Mark: null, Journal: null }:
                var checkedRun = check.Run(run);
                problem = checkedRun.Problem?.Message;
                write = (batch, n) => batch.Write(n, checkedRun.Value!, check.Changed);
                break;
            case { Journal: { } journal, Memory: null, Link: null, Mark: null, Run: null }:
                var entry = check.Journal(journal);
                problem = entry.Problem?.Message;
                write = (batch, n) => batch.Write(n, entry.Value!, check.Changed);
                break;
            default:
                problem = "A line holds exactly one of memory, link, mark, run and journal.";
                break;
        }

        if (problem is null)
        {
            into.Add(new CheckedLine(number, write!));
        }

        return problem;
    }

    private static string? Pair(string first, string second, out MemoryId one, out MemoryId other)
    {
        var formed = MemoryId.TryParse(first, out one) & MemoryId.TryParse(second, out other);
        return formed ? null : "An end of the link or mark is not the id of a memory.";
    }

    private static TransferLine? Parse(ReadOnlySpan<byte> bytes, out string? problem)
    {
        problem = null;
        if (bytes.Trim(" \t"u8).IsEmpty)
        {
            return null;
        }

        try
        {
            if (JsonSerializer.Deserialize(bytes, TransferJson.Default.TransferLine) is { } line)
            {
                return line;
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            // What it says is about types of this program; whoever has the file is told about the file.
        }

        problem = LineDiagnosis.Of(bytes);
        return null;
    }

    private static TransferLine? Rejected(ImportTally tally, int number, string problem)
    {
        tally.Read++;
        Reject(tally, number, problem);
        return null;
    }

    private static void Reject(ImportTally tally, int number, string reason) => tally.Reject($"line {number}", reason);
}
