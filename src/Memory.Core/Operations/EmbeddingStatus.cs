using Memory.Core.Embeddings;
using Memory.Core.Storage;

namespace Memory.Core.Operations;

/// <summary>By what recall finds meaning in one namespace.</summary>
/// <param name="Model">The model in use, <c>name/dimensions/version</c>; <see langword="null"/> when recall goes by words only.</param>
/// <param name="Chosen">The configured model when it is another one and known already; else <see langword="null"/>.</param>
/// <param name="Embedded">
/// How many memories have a vector of the configured model, or of the one in use when none is configured; <see langword="null"/> while a configured
/// one is not known, because its endpoint has not answered since the start.
/// </param>
/// <param name="Missing">How many have none yet; they are made in the background. <see langword="null"/> as above.</param>
/// <param name="Unread">How many memories the sentence encoder has not read yet, in the background too; <see langword="null"/> when there is none.</param>
/// <param name="Problem">What is wrong with the embeddings, or <see langword="null"/>.</param>
public sealed record EmbeddingStatus(string? Model, string? Chosen, int? Embedded, int? Missing, int? Unread, string? Problem)
{
    internal static EmbeddingStatus Of(IMemoryReader reader, EmbeddingSource embeddings, VectorUpkeep upkeep)
    {
        var chosen = embeddings.Chosen?.Model?.ToString();
        var table = embeddings.Table?.Model.ToString();
        (int With, int Without)? counts = embeddings.Chosen is not null && chosen is null ? null : (chosen ?? table) is { } model ? reader.VectorCounts(model) : (0, 0);

        // Only a server keeps count; a command looks.
        var inUse = chosen is not null && (upkeep.IsComplete(reader.Namespace) || (!upkeep.IsRunning && counts is { Without: 0 })) ? chosen : table;
        var problem = embeddings.ChosenProblem ?? embeddings.Chosen?.Unavailable ?? upkeep.Failure
            ?? (ReferenceEquals(embeddings, EmbeddingSource.None) ? null : embeddings.TableProblem) ?? embeddings.EncoderProblem;
        return new EmbeddingStatus(inUse, chosen == inUse ? null : chosen, counts?.With, counts?.Without, embeddings.Encoder is { } encoder ? reader.VectorCounts(encoder.Model.ToString()).Without : null, problem);
    }
}
