using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Storage;

namespace Memory.Core;

public sealed partial class MemoryService
{
    /// <summary>What a query would forget: the memories that hold all of its words, up to 50, with the earlier versions of each.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="query">The words; at least one.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public async Task<Outcome<ForgetPreview>> ForgetPreviewAsync(Namespace ns, string query, CancellationToken cancellationToken = default)
    {
        if (LexicalQuery.Parse(query).IsEmpty)
        {
            return Problem.Invalid("query holds no word to search for; name the memories to forget by their words or by id.");
        }

        return await _store.ReadAsync(ns, reader => ForgetOperation.Preview(reader, query), cancellationToken);
    }

    /// <summary>
    /// Erases memories, every earlier version of them and what was merged into them: text, tags, evidence, index entries, write-ahead log and
    /// backups. Only the ids remain. Another statement that consolidation let one of them supersede stays, and is what it was before that.
    /// All or none; cannot be undone. What was forgotten before is forgotten, so it may be repeated.
    /// </summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="ids">The memories.</param>
    /// <param name="expects">Whether each memory is still what the caller has seen, asked inside the transaction; <see langword="null"/> when that does not matter.</param>
    /// <param name="shown">Everything that the caller was shown, earlier versions too, so that nothing else is erased; <see langword="null"/> when that does not matter.</param>
    /// <param name="cancellationToken">Prevents the write if it has not begun.</param>
    public async Task<Outcome<ForgottenMemories>> ForgetAsync(
        Namespace ns, IReadOnlyCollection<MemoryId> ids, Func<MemoryRecord, bool>? expects = null, IReadOnlySet<MemoryId>? shown = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var outcome = await _store.WriteAsync(ns, writer => _forgetting.Erase(writer, ids, expects, shown, Now()), cancellationToken);
        return outcome.Succeeded
            ? outcome.Value with { TracesRemain = await _store.PurgeAsync(CancellationToken.None) }
            : outcome;
    }
}
