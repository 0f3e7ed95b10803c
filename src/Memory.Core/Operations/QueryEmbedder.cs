using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Recall;

namespace Memory.Core.Operations;

/// <summary>
/// Chooses by which model a query is compared: by the configured one as soon as every memory of the namespace has its vector and it answers,
/// else by the built-in table, else by words only. Vectors of two models are never compared.
/// </summary>
internal sealed class QueryEmbedder(EmbeddingSource embeddings, VectorUpkeep upkeep)
{
    public async ValueTask<QueryEmbedding> EmbedAsync(Namespace ns, string query, CancellationToken cancellationToken)
    {
        string? note = null;
        if (embeddings.ChosenProblem is { } broken)
        {
            note = broken;
        }
        else if (embeddings.Chosen is { } chosen && upkeep.IsComplete(ns) && query.Length > 0)
        {
            var made = await chosen.EmbedAsync([query], cancellationToken);
            upkeep.Failure = made.Succeeded ? null : made.Problem.Message;
            if (made.Succeeded)
            {
                return new QueryEmbedding(chosen.Model!.ToString(), chosen.Model.Dimensions, made.Value[0], null);
            }

            note = $"{made.Problem.Message} Recalled by words and the built-in table meanwhile.";
        }

        return embeddings.Table is { } table
            ? new QueryEmbedding(table.Model.ToString(), table.Model.Dimensions, table.VectorOf(query), note)
            : QueryEmbedding.WordsOnly(ReferenceEquals(embeddings, EmbeddingSource.None) ? null : $"{note ?? embeddings.TableProblem} Recall goes by words only.");
    }
}
