using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Storage;

namespace Memory.Core.Transfer;

/// <summary>A statement out of another program's file.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Statement">What it says.</param>
internal readonly record struct ForeignStatement(string Place, NewMemory Statement);

/// <summary>
/// Stores statements of other programs, each once however often the file is imported: the id of a new memory is made of what is said, and what a
/// source has said of a memory it does not say again. What several entries of one import say in the same words is one memory with the tags of all.
/// </summary>
internal static class StatementBatch
{
    /// <summary>Runs inside the write transaction.</summary>
    public static void Store(IMemoryWriter writer, StoreOperation store, IReadOnlyList<ForeignStatement> statements, DateTimeOffset now, ImportTally tally)
    {
        foreach (var (place, statement) in statements)
        {
            var id = IdOf(writer.Namespace, statement);
            if (writer.Find(id) is { } there)
            {
                if (there.State == MemoryState.Forgotten)
                {
                    tally.Reject(place, $"It was forgotten here (as '{id}') and stays forgotten. Store it by hand to have it again.");
                }
                else
                {
                    Again(writer, place, statement, there, now, tally);
                }
            }
            else if (Known(writer, statement) is { } known)
            {
                Again(writer, place, statement, known, now, tally);
            }
            else
            {
                var (memory, isNew) = store.Store(writer, statement, store.VectorOf(statement), now, id);
                tally.Touched.Add(memory.Id);
                tally.Imported += isNew ? 1 : 0;
                tally.Updated += isNew ? 0 : 1;
                TellRest(writer, place, statement, memory, tally);
            }
        }
    }

    // The same words are there and this source has been heard about them, whatever has become of them since.
    private static MemoryRecord? Known(IMemoryWriter writer, NewMemory statement)
    {
        var same = writer.WithSameText(statement.Content);
        var ledgers = same.Count == 0 ? null : writer.OwnEvidenceOf([.. same.Select(static m => m.Id)]);
        return same.FirstOrDefault(m => ledgers!.TryGetValue(m.Id, out var ledger) && ledger.Any(e => e.Source == statement.Source));
    }

    // Only what this import brought gets tags of another entry: what was there before may have lost them on purpose.
    private static void Again(IMemoryWriter writer, string place, NewMemory statement, MemoryRecord there, DateTimeOffset now, ImportTally tally)
    {
        tally.Present++;
        var holder = Lineage.Survivor(writer, there);
        if (tally.Touched.Contains(holder.Id) && Lacking(statement, holder) is { Count: > 0 } lacking && holder.Tags.Count < MemoryRecord.MaxTags)
        {
            string[] tags = [.. holder.Tags.Concat(lacking).Take(MemoryRecord.MaxTags).Order(StringComparer.Ordinal)];
            holder = writer.Update(holder with { Tags = tags, UpdatedAt = now });
        }

        TellRest(writer, place, statement, holder, tally);
    }

    private static void TellRest(IMemoryWriter writer, string place, NewMemory statement, MemoryRecord holder, ImportTally tally)
    {
        var rest = new List<string>(2);
        if (Lacking(statement, holder) is { Count: > 0 } lacking)
        {
            rest.Add($"the tags {string.Join(", ", lacking)}");
        }

        // What was told late stands in the ledger at its time.
        if (statement.OccurredAt is { } when && when != holder.OccurredAt && !writer.EvidenceOf([holder.Id])[holder.Id].Any(e => e.At == when))
        {
            rest.Add($"the time {when.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture)}");
        }

        if (rest.Count > 0)
        {
            tally.Reject(place, $"'{holder.Id}' says the same here, and what this one has besides is not taken: {string.Join("; ", rest)}.");
        }
    }

    private static List<string> Lacking(NewMemory statement, MemoryRecord holder) =>
        [.. statement.Tags.Select(TagForm.Of).Except(holder.Tags, StringComparer.Ordinal)];

    private static MemoryId IdOf(Namespace ns, NewMemory statement)
    {
        var said = string.Join('\0', ns.Value, statement.Source, statement.OccurredAt?.ToUnixTimeMilliseconds(), Folding.Identity(statement.Content));
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(said), digest);
        return MemoryId.FromBits(BinaryPrimitives.ReadUInt64LittleEndian(digest));
    }
}
