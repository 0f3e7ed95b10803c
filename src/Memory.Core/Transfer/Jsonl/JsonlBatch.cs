using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Transfer.Jsonl;

/// <summary>One line, read and checked, with its number.</summary>
internal readonly record struct CheckedLine(int Number, Action<JsonlBatch, int> Write);

/// <summary>Writes lines of one namespace inside one transaction. What is there already is left as it is, and a line that says otherwise is told.</summary>
internal sealed class JsonlBatch(IMemoryWriter writer, EmbeddingSource embeddings, JournalPlaces journal, LooseEnds looseEnds, ImportTally tally)
{
    public void Write(int number, MemoryRecord memory, IReadOnlyList<Evidence> evidence, RecallUse? use, bool screened)
    {
        if (writer.Find(memory.Id) is { } there)
        {
            // What was forgotten here stays so, whatever a file says of it.
            if (there.State != MemoryState.Forgotten && LineDifferences.Of(memory, evidence, there, writer.OwnEvidenceOf([there.Id])[there.Id]) is { } difference)
            {
                tally.Reject(Place(number), difference);
            }
            else
            {
                tally.Present++;
                looseEnds.Keep(writer.Namespace, number, memory, evidence);
            }

            return;
        }

        if (writer.IsTaken(memory.Id))
        {
            tally.Reject(Place(number), $"A memory of another namespace has the id '{memory.Id}'.");
            return;
        }

        writer.Insert(memory);
        if (memory.State != MemoryState.Forgotten && embeddings.Table is { } table)
        {
            writer.SetVector(memory.Id, table.Model.ToString(), table.VectorOf(memory.Content));
        }

        foreach (var row in evidence)
        {
            writer.AddEvidence(memory.Id, row);
        }

        if (use is { Count: > 0 } recalled)
        {
            writer.AddRecallUses(new Dictionary<MemoryId, RecallUse> { [memory.Id] = recalled });
        }

        looseEnds.Keep(writer.Namespace, number, memory, evidence);
        tally.Imported++;
        tally.Screened += screened ? 1 : 0;
    }

    public void Write(int number, Link link)
    {
        if (writer.Find(link.From) is not { } from || writer.Find(link.To) is null)
        {
            tally.Reject(Place(number), "The link begins or ends at a memory that was not imported and is not there.");
        }
        else if (!(from.State is MemoryState.Superseded or MemoryState.Forgotten || (from.State == MemoryState.Merged && link.Kind == LinkKind.MergedInto)))
        {
            // It was there before and has had another fate. What is superseded may have been merged before, into what lost the same.
            tally.Reject(Place(number), $"'{link.From}' is {Names.Of(from.State)} here; the link does not apply.");
        }
        else if (link.From == link.To || writer.Ancestors(link.From).Any(m => m.Id == link.To))
        {
            tally.Reject(Place(number), $"'{link.From}' would replace itself through '{link.To}'.");
        }
        else
        {
            if (writer.AddLink(link))
            {
                // Indexes tell by it since when the memory is no longer active.
                writer.Touch(link.From);
            }
        }
    }

    public void Write(int number, PairMark mark)
    {
        if (writer.FindMany([mark.First, mark.Second]).Count < 2)
        {
            tally.Reject(Place(number), "The mark is about a memory that was not imported and is not there.");
            return;
        }

        writer.AddPairMark(mark);
    }

    public void Write(int number, Run run, bool screened)
    {
        if (writer.FindRun(run.Id) is { } there)
        {
            if (LineDifferences.Of(run, there) is { } difference)
            {
                tally.Reject(Place(number), difference);
            }

            return;
        }

        if (writer.IsTaken(run.Id))
        {
            tally.Reject(Place(number), $"A run of another namespace has the name '{run.Id}'.");
            return;
        }

        writer.AddRun(run);
        tally.Screened += screened ? 1 : 0;
    }

    public void Write(int number, JournalEntry entry, bool screened)
    {
        if (writer.FindRun(entry.Run) is null || writer.Find(entry.Memory) is null)
        {
            tally.Reject(Place(number), "The line of the journal is about a run or a memory that was not imported and is not there.");
        }
        else if (journal.Next(writer, entry.Run) is { } there)
        {
            if (entry.IsUndone != there.IsUndone && entry.Unit == there.Unit && entry.Memory == there.Memory)
            {
                tally.Reject(Place(number), $"The change is there and stays as it is: {(entry.IsUndone ? "undone here, not undone in the store" : "not undone here, undone in the store")}.");
            }
        }
        else
        {
            writer.AddJournal(entry);
            writer.Touch(entry.Memory);
            tally.Screened += screened ? 1 : 0;
            if (entry.IsUndone)
            {
                writer.MarkUndone(entry.Run, entry.Unit, [entry.Memory]);
            }
        }
    }

    private static string Place(int number) => $"line {number}";
}

/// <summary>What a line of a journal that is there is about, and whether it was undone.</summary>
internal readonly record struct JournalPlace(int Unit, MemoryId Memory, bool IsUndone);

/// <summary>
/// Says of each line of a journal whether it is still to be written: lines have no name by which to know them again, but they come in order, so
/// as many as are there are passed over. Counts only what was committed.
/// </summary>
internal sealed class JournalPlaces
{
    private readonly Dictionary<RunId, (JournalPlace[] There, int Seen)> _places = [];

    /// <summary>What is there in the place of the next line of a run, or <see langword="null"/> when the line is still to be written.</summary>
    public JournalPlace? Next(IMemoryReader reader, RunId run)
    {
        var (there, seen) = _places.TryGetValue(run, out var known)
            ? known
            : ([.. reader.JournalOf(run).Select(static e => new JournalPlace(e.Unit, e.Memory, e.IsUndone))], 0);
        _places[run] = (there, seen + 1);
        return seen < there.Length ? there[seen] : null;
    }
}
