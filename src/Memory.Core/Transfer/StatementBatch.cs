using System.Buffers.Binary;
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
/// source has said of a memory it does not say again.
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
                    tally.Present++;
                }
            }
            else if (IsKnown(writer, statement))
            {
                tally.Present++;
            }
            else
            {
                var (_, isNew) = store.Store(writer, statement, store.VectorOf(statement), now, id);
                tally.Imported += isNew ? 1 : 0;
                tally.Updated += isNew ? 0 : 1;
            }
        }
    }

    // The same words are there and this source has been heard about them, whatever has become of them since.
    private static bool IsKnown(IMemoryWriter writer, NewMemory statement)
    {
        MemoryId[] same = [.. writer.WithSameText(statement.Content).Select(static m => m.Id)];
        return same.Length > 0 && writer.OwnEvidenceOf(same).Values.Any(ledger => ledger.Any(e => e.Source == statement.Source));
    }

    private static MemoryId IdOf(Namespace ns, NewMemory statement)
    {
        var said = string.Join('\0', ns.Value, statement.Source, statement.OccurredAt?.ToUnixTimeMilliseconds(), Folding.Identity(statement.Content));
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(said), digest);
        return MemoryId.FromBits(BinaryPrimitives.ReadUInt64LittleEndian(digest));
    }
}
