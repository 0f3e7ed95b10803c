using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Operations;

/// <summary>
/// Chooses by which model a query is compared: by the configured one as soon as every memory of the namespace has its vector and it answers,
/// else by the built-in table, else by words only. Vectors of two models are never compared.
/// </summary>
internal sealed class QueryEmbedder(EmbeddingSource embeddings, VectorUpkeep upkeep, TimeProvider time)
{
    // Somebody waits for the answer: a model that takes longer is left to the background for a while, and the table answers.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan PauseWhenSlow = TimeSpan.FromSeconds(30);

    private long _slowUntil;

    public async ValueTask<QueryEmbedding> EmbedAsync(Namespace ns, string query, CancellationToken cancellationToken)
    {
        string? note = null;
        if (embeddings.ChosenProblem is { } broken)
        {
            note = broken;
        }
        else if (embeddings.Chosen is { } chosen && upkeep.IsComplete(ns) && query.Length > 0)
        {
            var made = await AskAsync(chosen, query, cancellationToken);
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

    private async Task<Outcome<IReadOnlyList<StoredVector>>> AskAsync(ChosenEmbedder chosen, string query, CancellationToken cancellationToken)
    {
        if (time.GetUtcNow().UtcTicks < Volatile.Read(ref _slowUntil))
        {
            return TooSlow();
        }

        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await chosen.EmbedAsync([query], either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Volatile.Write(ref _slowUntil, (time.GetUtcNow() + PauseWhenSlow).UtcTicks);
            return TooSlow();
        }
    }

    private static Problem TooSlow() => new(
        ProblemCode.ModelUnavailable,
        $"The configured embedding model gave no answer within {Patience.TotalSeconds:0} seconds, and is not waited for during {PauseWhenSlow.TotalSeconds:0} seconds.");
}
