using Memory.Core.Confidence;
using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Screening;
using Memory.Core.Storage;

namespace Memory.Core.Transfer.Markdown;

/// <summary>
/// Takes in Markdown files: what is new is stored (under the id that the file names, when it is free), what was edited updates its memory, what
/// is as it was changes nothing.
/// </summary>
internal sealed class MarkdownImport(IMemoryStore store, StoreOperation storing, ConfidenceOptions confidence, Screen screen, TimeProvider time)
{
    private const int Batch = 100;

    private readonly UpdateOperation _updating = new(storing, confidence);

    public async Task<ImportReport> ReadAsync(
        ImportTarget target, string folder, IProgress<ImportProgress>? progress, Action<Rejection>? rejected, CancellationToken cancellationToken)
    {
        var tally = new ImportTally(ImportFormat.Markdown, rejected);
        var (files, passedOver) = MarkdownFolder.List(folder);
        tally.PassOver(passedOver);
        foreach (var batch in files.Chunk(Batch))
        {
            var now = Instant.Whole(time.GetUtcNow());
            foreach (var home in batch.Select(file => Read(target, folder, file, tally)).OfType<ReadFile>().ToLookup(static f => f.Into))
            {
                await store.WriteAsync(home.Key, writer =>
                {
                    foreach (var file in home)
                    {
                        Write(writer, file, now, tally);
                    }

                    return true;
                }, cancellationToken);
            }

            progress?.Report(new ImportProgress(tally.Read, (double)tally.Read / files.Count));
        }

        return tally.Report();
    }

    private ReadFile? Read(ImportTarget target, string folder, string file, ImportTally tally)
    {
        tally.Read++;
        var (text, problem) = MarkdownFolder.Read(folder, file);
        var memory = text is null ? new Problem(ProblemCode.Invalid, problem!) : MemoryFile.Read(text);
        var into = memory.Succeeded && memory.Value.Namespace is { } named ? target.Of(named) : target.Into;
        if ((memory.Problem ?? into.Problem) is { } refused)
        {
            tally.Reject(file, refused.Message);
            return null;
        }

        var notes = new List<string>();
        var screened = screen.Statement(memory.Value!.Statement, notes);
        if ((screened.Problem ?? screened.Value!.Check()) is { } wrong)
        {
            tally.Reject(file, wrong.Message);
            return null;
        }

        foreach (var (line, reason) in memory.Value.LeftOut)
        {
            tally.LeaveOut($"{file}, line {line}", reason);
        }

        tally.Screened += notes.Count > 0 ? 1 : 0;
        return new ReadFile(file, memory.Value with { Statement = screened.Value! }, into.Value);
    }

    private void Write(IMemoryWriter writer, ReadFile read, DateTimeOffset now, ImportTally tally)
    {
        var (file, memory, _) = read;
        if (memory.Id is not { } id)
        {
            StatementBatch.Store(writer, storing, [new ForeignStatement(file, memory.Statement)], now, tally);
        }
        else if (writer.Find(id) is { } there)
        {
            Update(writer, read, there, now, tally);
        }
        else if (writer.IsTaken(id))
        {
            tally.Reject(file, $"A memory of another namespace has the id '{id}'. Leave the id out to store it here as a new one.");
        }
        else
        {
            var stored = storing.Insert(writer, memory.Statement, storing.VectorOf(memory.Statement), memory.CreatedAt ?? now, id);
            if (memory.State == MemoryState.Archived)
            {
                writer.Update(stored with { State = MemoryState.Archived });
            }

            tally.Imported++;
        }
    }

    private void Update(IMemoryWriter writer, ReadFile file, MemoryRecord there, DateTimeOffset now, ImportTally tally)
    {
        var said = file.Memory.Statement;
        foreach (var reason in file.Memory.NotTakenBy(there))
        {
            tally.Reject(file.File, reason);
        }

        // The file may be older than what replaced its memory: who did not edit it did not mean to bring it back.
        var isSame = IsSame(said.Content, there.Content);
        var latest = Latest(writer, there);
        if ((isSame && latest.Id != there.Id) || (!isSame && latest.Id != there.Id && Says(writer, latest, said.Content)))
        {
            tally.Present++;
            return;
        }

        var tags = TagForm.Set(said.Tags);
        var change = new MemoryChange
        {
            Content = isSame ? null : said.Content,
            Kind = said.Kind == there.Kind ? null : said.Kind,
            Tags = tags.SequenceEqual(there.Tags) ? null : tags,
            Importance = said.Importance is null || said.Importance == there.Importance ? null : said.Importance,
            OccurredAt = said.OccurredAt == there.OccurredAt ? null : said.OccurredAt,
            Source = isSame ? null : MemoryFile.Source,
        };
        if (change is { Content: null, Kind: null, Tags: null, Importance: null, OccurredAt: null })
        {
            tally.Present++;
            return;
        }

        var outcome = _updating.Update(writer, there.Id, change, now);
        if (outcome.Succeeded)
        {
            tally.Updated++;
        }
        else
        {
            tally.Reject(file.File, outcome.Problem.Message);
        }
    }

    // Every other sign of the content is its author's to edit; how lines break and whether the last one does is the editor's.
    private static bool IsSame(string one, string other) => Lines(one) == Lines(other);

    private static string Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n');

    // An edit that came to the words of another memory is kept in its ledger where it is written otherwise.
    private static bool Says(IMemoryWriter writer, MemoryRecord memory, string content) => IsSame(content, memory.Content)
        || (Folding.Identity(content) == Folding.Identity(memory.Content) && writer.EvidenceOf([memory.Id])[memory.Id].Any(e => e.Statement is { } said && IsSame(content, said)));

    private static MemoryRecord Latest(IMemoryWriter writer, MemoryRecord memory)
    {
        // A damaged file may lead in circles.
        var seen = new HashSet<MemoryId> { memory.Id };
        while (memory.State is MemoryState.Merged or MemoryState.Superseded
            && writer.LinksOf([memory.Id]).LastOrDefault(l => l.From == memory.Id) is { } link && seen.Add(link.To) && writer.Find(link.To) is { } next)
        {
            memory = next;
        }

        return memory;
    }

    private sealed record ReadFile(string File, MemoryFile Memory, Namespace Into);
}
