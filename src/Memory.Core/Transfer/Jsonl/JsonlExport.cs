using System.Text.Json;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Transfer.Jsonl;

/// <summary>
/// Writes namespaces as JSON lines: memories with evidence, links, marks of pairs, runs with their journal. Each namespace is read from one
/// snapshot. Equal stores give equal bytes. Vectors, entities and the full-text index are made anew by whoever imports; plans of dry runs and
/// the hashes of remembered queries stay behind.
/// </summary>
/// <param name="store">The store.</param>
public sealed class JsonlExport(IMemoryStore store)
{
    private const int Page = 500;

    /// <summary>Writes the lines.</summary>
    /// <param name="namespaces">The namespaces, in the order in which they are written.</param>
    /// <param name="target">Takes the bytes; is left open.</param>
    /// <param name="progress">Is told how many memories were written.</param>
    /// <param name="cancellationToken">Ends it between two pages.</param>
    /// <returns>How many memories were written.</returns>
    public async Task<int> WriteAsync(
        IReadOnlyList<Namespace> namespaces, Stream target, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(namespaces);
        ArgumentNullException.ThrowIfNull(target);
        Write(target, new TransferLine { Format = TransferLine.FormatName, Version = TransferLine.CurrentVersion });
        var written = 0;
        foreach (var ns in namespaces)
        {
            written += await store.ReadAsync(ns, reader => WriteNamespace(reader, target, written, progress, cancellationToken), cancellationToken);
        }

        await target.FlushAsync(cancellationToken);
        return written;
    }

    private static int WriteNamespace(IMemoryReader reader, Stream target, int before, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var ns = reader.Namespace.Value;
        var count = 0;
        foreach (var page in Pages(reader, cancellationToken))
        {
            WriteMemories(reader, target, ns, page);
            progress?.Report(before + (count += page.Count));
        }

        // Behind all memories, so that both ends are known to whoever reads line by line.
        foreach (var page in Pages(reader, cancellationToken))
        {
            var ids = page.ToHashSet();
            foreach (var link in reader.LinksOf(ids).Where(l => ids.Contains(l.From)).OrderBy(static l => l.At).ThenBy(static l => l.From.Value, StringComparer.Ordinal).ThenBy(static l => l.To.Value, StringComparer.Ordinal).ThenBy(static l => l.Kind))
            {
                Write(target, new TransferLine { Namespace = ns, Link = new() { From = link.From.Value, To = link.To.Value, Kind = link.Kind, At = link.At } });
            }
        }

        foreach (var page in Pages(reader, cancellationToken))
        {
            var places = page.Select(static (id, i) => (id, i)).ToDictionary(static p => p.id, static p => p.i);
            foreach (var mark in reader.PairMarksOf(page).Where(m => places.ContainsKey(m.First))
                .OrderBy(m => places[m.First]).ThenBy(static m => m.Second.Value, StringComparer.Ordinal).ThenBy(static m => m.Kind))
            {
                Write(target, new TransferLine { Namespace = ns, Mark = new() { First = mark.First.Value, Second = mark.Second.Value, Kind = mark.Kind, At = mark.At } });
            }
        }

        foreach (var run in reader.Runs(int.MaxValue).Reverse())
        {
            Write(target, new TransferLine { Namespace = ns, Run = LineOf(run) });
        }

        var place = 0L;
        while (reader.JournalAfter(place, Page) is { Count: > 0 } entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            place = entries[^1].Place;
            foreach (var (_, entry) in entries)
            {
                Write(target, new TransferLine
                {
                    Namespace = ns,
                    Journal = new()
                    {
                        Run = entry.Run.Value, Unit = entry.Unit, Memory = entry.Memory.Value, Before = entry.Before, After = entry.After, Reason = entry.Reason,
                        Undone = entry.IsUndone ? true : null,
                    },
                });
            }
        }

        return count;
    }

    private static IEnumerable<List<MemoryId>> Pages(IMemoryReader reader, CancellationToken cancellationToken)
    {
        var place = 0L;
        while (reader.StoredAfter(place, Page) is { Count: > 0 } page)
        {
            cancellationToken.ThrowIfCancellationRequested();
            place = page[^1].Place;
            yield return [.. page.Select(static p => p.Memory.Id)];
        }
    }

    private static void WriteMemories(IMemoryReader reader, Stream target, string ns, List<MemoryId> ids)
    {
        var ledgers = reader.OwnEvidenceOf(ids);
        var uses = reader.RecallUses(ids);
        foreach (var memory in reader.FindMany(ids))
        {
            Write(target, new TransferLine
            {
                Namespace = ns,
                Memory = LineOf(memory) with
                {
                    Evidence = ledgers[memory.Id] is { Count: > 0 } ledger ? ledger : null,
                    Recalled = uses.TryGetValue(memory.Id, out var use) ? use : null,
                },
            });
        }
    }

    private static MemoryLine LineOf(MemoryRecord memory) => new()
    {
        Id = memory.Id.Value, Content = memory.Content, Kind = memory.Kind, Tags = memory.Tags.Count > 0 ? memory.Tags : null, Importance = memory.Importance,
        Source = memory.Source, Session = memory.Session, State = memory.State, Confidence = memory.Confidence, ConfidenceAt = memory.ConfidenceAt,
        CreatedAt = memory.CreatedAt, UpdatedAt = memory.UpdatedAt, OccurredAt = memory.OccurredAt, ValidUntil = memory.ValidUntil,
    };

    private static RunLine LineOf(Run run) => new()
    {
        Id = run.Id.Value, Scope = run.Scope, Cause = run.Cause, State = run.State, Holder = run.Holder, StartedAt = run.StartedAt, FinishedAt = run.FinishedAt,
        Outcome = run.Outcome,
        Counts = new()
        {
            Merged = run.Counts.Merged, Superseded = run.Counts.Superseded, Contested = run.Counts.Contested, Rescored = run.Counts.Rescored, Archived = run.Counts.Archived,
        },
    };

    private static void Write(Stream target, TransferLine line)
    {
        target.Write(JsonSerializer.SerializeToUtf8Bytes(line, TransferJson.Readable.TransferLine));
        target.WriteByte((byte)'\n');
    }
}
