using Memory.Core.Confidence;
using Memory.Core.Consolidation.Language;
using Memory.Core.Consolidation.Pairs;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Recall.Index;
using Memory.Core.Storage;

namespace Memory.Core.Consolidation;

/// <summary>What all runs of one consolidator share.</summary>
internal sealed class ConsolidationServices(
    TimeProvider time, Random random, ConsolidationOptions options, ConfidenceOptions confidence, EmbeddingSource embeddings, RecallIndexes indexes, RecallCheck recalls,
    LanguageModelSource languageModel)
{
    public TimeProvider Time => time;

    public Random Random => random;

    public ConsolidationOptions Options => options;

    public ConfidenceOptions Confidence => confidence;

    public RecallIndexes Indexes => indexes;

    public RecallCheck Recalls => recalls;

    /// <summary>The model by whose vectors neighbours are found: the built-in table's, which all memories have.</summary>
    public string VectorModel => embeddings.Table?.Model.ToString() ?? QueryEmbedding.WordsOnly(null).Model;

    /// <summary>The numbers of one of its vectors.</summary>
    public int VectorDimensions => embeddings.Table?.Model.Dimensions ?? QueryEmbedding.WordsOnly(null).Dimensions;

    /// <summary>Begins what a language model may do in one run.</summary>
    public LanguageModelRun BeginLanguageModel() => new(languageModel, new StatementReader(embeddings.Table), time);

    /// <summary>
    /// Makes what candidates are found by and memories may lack: when the process that stored them ended before it noted the names, or had another table.
    /// </summary>
    public async Task CompleteAsync(IMemoryStore store, Namespace ns, CancellationToken cancellationToken)
    {
        await MissingVectors.MakeAsync(store, ns, embeddings.Table, cancellationToken);
        while (await store.AddNewMentionsAsync(cancellationToken))
        {
        }
    }

    /// <summary>Gives a memory that was just inserted its vector.</summary>
    public void SetVector(IMemoryWriter writer, MemoryRecord memory)
    {
        if (embeddings.Table is { } table)
        {
            writer.SetVector(memory.Id, table.Model.ToString(), table.VectorOf(memory.Content));
        }
    }
}
