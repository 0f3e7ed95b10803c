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
        else if (embeddings.Chosen is { } chosen && query.Length > 0)
        {
            var made = await ByChosenAsync(ns, chosen, query, cancellationToken);
            if (made.Succeeded)
            {
                return new QueryEmbedding(chosen.Model!.ToString(), chosen.Model.Dimensions, made.Value, null);
            }

            note = $"{made.Problem.Message} Recalled by words and the built-in table meanwhile.";
        }

        return ByTable(query, note);
    }

    /// <summary>The vector of the built-in table.</summary>
    /// <param name="query">The query.</param>
    /// <param name="note">Why it is not that of the configured model, or <see langword="null"/>.</param>
    public QueryEmbedding ByTable(string query, string? note = null) => embeddings.Table is { } table
        ? new QueryEmbedding(table.Model.ToString(), table.Model.Dimensions, table.VectorOf(query), note)
        : QueryEmbedding.WordsOnly(ReferenceEquals(embeddings, EmbeddingSource.None) ? null : $"{note ?? embeddings.TableProblem} Recall goes by words only.");

    private async ValueTask<Outcome<StoredVector>> ByChosenAsync(Namespace ns, ChosenEmbedder chosen, string query, CancellationToken cancellationToken)
    {
        // Which model an endpoint has, only its answer tells. A server's upkeep asks until it has one; nobody waits for that here.
        if (chosen.Model is null && upkeep.IsRunning)
        {
            return NotYet(chosen.Unavailable ?? upkeep.Failure ?? "The configured embedding model has not answered yet.");
        }

        // A command has nobody who asked before it: its query does.
        var first = chosen.Model is null ? await QueryAsync() : (Outcome<StoredVector>?)null;
        if (first is { Succeeded: false } failed)
        {
            return failed;
        }

        return !await upkeep.IsCompleteAsync(ns, chosen.Model!, cancellationToken)
            ? NotYet("Not every memory has a vector of the configured embedding model yet; a running server makes them.")
            : first ?? await QueryAsync();

        async ValueTask<Outcome<StoredVector>> QueryAsync()
        {
            var answer = await AskAsync(chosen, query, cancellationToken);
            upkeep.Failure = answer.Succeeded ? null : answer.Problem.Message;
            return answer.Succeeded ? answer.Value[0] : answer.Problem;
        }

        static Problem NotYet(string why) => new(ProblemCode.ModelUnavailable, why);
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
