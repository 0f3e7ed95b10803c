using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Screening;
using Memory.Core.Storage;
using Memory.Core.Transfer.Formats;

namespace Memory.Core.Transfer;

/// <summary>Takes in what a reader of another program's format yields.</summary>
internal sealed class StatementImport(IMemoryStore store, StoreOperation storing, Screen screen, TimeProvider time)
{
    private const int Batch = 200;

    public async Task<ImportReport> ReadAsync(
        Namespace ns, IAsyncEnumerable<ForeignStatement> source, int? expected, ImportTally tally, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var batch = new List<ForeignStatement>(Batch);
        await foreach (var (place, statement) in source.WithCancellation(cancellationToken))
        {
            tally.Read++;
            var notes = new List<string>();
            var screened = screen.Statement(statement with { Tags = ForeignWords.Allowed(statement.Tags, reason => tally.LeaveOut(place, reason)) }, notes);
            if ((screened.Problem ?? screened.Value!.Check()) is { } problem)
            {
                tally.Reject(place, problem.Message);
                continue;
            }

            tally.Screened += notes.Count > 0 ? 1 : 0;
            batch.Add(new ForeignStatement(place, screened.Value!));
            if (batch.Count == Batch)
            {
                await WriteAsync(ns, batch, tally, cancellationToken);
                progress?.Report(new ImportProgress(tally.Read, expected is > 0 and var all ? Math.Min(1, (double)tally.Read / all) : 0));
            }
        }

        await WriteAsync(ns, batch, tally, cancellationToken);
        progress?.Report(new ImportProgress(tally.Read, 1));
        return tally.Report();
    }

    private async Task WriteAsync(Namespace ns, List<ForeignStatement> batch, ImportTally tally, CancellationToken cancellationToken)
    {
        if (batch.Count > 0)
        {
            var now = Instant.Whole(time.GetUtcNow());
            await store.WriteAsync(ns, writer =>
            {
                StatementBatch.Store(writer, storing, batch, now, tally);
                return batch.Count;
            }, cancellationToken);
            batch.Clear();
        }
    }
}
