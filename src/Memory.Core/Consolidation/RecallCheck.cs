using Memory.Core.Confidence;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Recall;
using Memory.Core.Recall.Index;
using Memory.Core.Storage;

namespace Memory.Core.Consolidation;

/// <summary>Asks a remembered recall again, to see whether what a run changed is still found.</summary>
internal sealed class RecallCheck(Recaller recaller, Recaller withoutSecondLook, EmbeddingSource embeddings)
{
    private const int Looked = 20;
    private const int MaxSteps = 1000;

    // By the words of what was merged into it a memory is always found: whether the merge was good they do not tell.
    private static readonly RecallOptions OwnWords = RecallOptions.Default with { MergedCandidates = 0 };

    /// <summary>Composes the check.</summary>
    public RecallCheck(ConfidenceOptions confidence, EmbeddingSource embeddings, RecallIndexes indexes)
        : this(
            new Recaller(OwnWords, confidence, embeddings, indexes),
            new Recaller(OwnWords with { SentenceCandidates = 0 }, confidence, embeddings, indexes),
            embeddings)
    {
    }

    /// <summary>Those of the changed memories that the recall found once, and of which it now finds neither the memory nor what it became.</summary>
    /// <param name="store">The store.</param>
    /// <param name="ns">The namespace.</param>
    /// <param name="query">The recall.</param>
    /// <param name="changed">The changed memories by the hashes of their ids.</param>
    /// <param name="now">The time of the run.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public Task<IReadOnlyList<MemoryId>> LostAsync(
        IMemoryStore store, Namespace ns, RememberedQuery query, IReadOnlyDictionary<long, MemoryId> changed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        MemoryId[] affected = [.. query.Results.Distinct().Where(changed.ContainsKey).Select(hash => changed[hash])];
        return affected.Length == 0 ? Task.FromResult<IReadOnlyList<MemoryId>>([]) : store.ReadAsync<IReadOnlyList<MemoryId>>(ns, reader => Lost(reader, query, affected, now), cancellationToken);
    }

    private List<MemoryId> Lost(IMemoryReader reader, RememberedQuery query, MemoryId[] affected, DateTimeOffset now)
    {
        var text = recaller.WordsOf(reader, Embedded(string.Empty), query.Words);
        if (Answers(reader, text, affected) is not { Count: > 0 } answers)
        {
            return [];
        }

        var request = new RecallRequest { Query = text, Limit = Looked };
        var lost = Missing(recaller, answers);
        // The encoder reads little by little: what it has read since the recall, or not yet of what a run has made, is no loss.
        return lost.Count == 0 ? [] : Missing(withoutSecondLook, lost);

        List<MemoryId> Missing(Recaller by, List<MemoryId> wanted)
        {
            var found = by.Recall(reader, request, Embedded(text), now).Memories.SelectMany(static m => m.Alike.Prepend(m.Memory.Id)).ToHashSet();
            return wanted.FindAll(id => !Became(reader, id).Any(found.Contains));
        }
    }

    // What shares no word with the recall was found because nothing resembled it more: it may well make room for what does.
    private static List<MemoryId> Answers(IMemoryReader reader, string text, MemoryId[] affected)
    {
        var asked = LexicalQuery.Parse(text).AllTerms.ToHashSet(StringComparer.Ordinal);
        return [.. reader.FindMany(affected).Where(m => LexicalQuery.Parse(m.Content).AllTerms.Any(asked.Contains)).Select(static m => m.Id)];
    }

    private QueryEmbedding Embedded(string text) => embeddings.Table is { } table
        ? new QueryEmbedding(table.Model.ToString(), table.Model.Dimensions, table.VectorOf(text), null)
        : QueryEmbedding.WordsOnly(null);

    private static IEnumerable<MemoryId> Became(IMemoryReader reader, MemoryId id)
    {
        yield return id;
        for (var steps = 0; steps < MaxSteps && reader.LinksOf([id]).LastOrDefault(l => l.From == id) is { } link; steps++)
        {
            // Of what was divided a part lives on in what superseded the other.
            foreach (var by in reader.ChangesOf([id]).Select(static c => c.After.PartlySupersededBy).OfType<string>())
            {
                yield return MemoryId.FromStore(by);
            }

            id = link.To;
            yield return id;
        }
    }
}
