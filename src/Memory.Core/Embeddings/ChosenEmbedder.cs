using Memory.Core.Memories;
using Memory.Core.Storage;
using Microsoft.Extensions.AI;

namespace Memory.Core.Embeddings;

/// <summary>The configured generator, with its failures as answers: they are expected of whatever may be far away.</summary>
internal sealed class ChosenEmbedder(IEmbeddingGenerator<string, Embedding<float>> generator) : IDisposable
{
    /// <summary>Which model it is; <see langword="null"/> until the first answer when only that tells.</summary>
    public EmbeddingModel? Model => generator.GetService(typeof(EmbeddingModel)) as EmbeddingModel;

    /// <summary>Why it would not be tried now, or <see langword="null"/> when it would.</summary>
    public string? Unavailable => generator.GetService(typeof(EmbeddingAvailability)) is EmbeddingAvailability { IsAvailable: false } state
        ? state.Reason ?? "The embedding service is not tried for now."
        : null;

    /// <summary>Makes the vectors of texts.</summary>
    /// <returns>One vector a text, all of <see cref="Model"/>, or why there are none.</returns>
    public async Task<Outcome<IReadOnlyList<StoredVector>>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        try
        {
            var made = await generator.GenerateAsync(texts, cancellationToken: cancellationToken);
            return made.Count == texts.Count && Model is { } model && made.All(e => e.Vector.Length == model.Dimensions)
                ? made.Select(static e => StoredVector.Of(e.Vector.Span)).ToArray()
                : Failed("it answered another number of vectors or dimensions than was asked for");
        }
        catch (EmbeddingException error)
        {
            return error.Problem;
        }
        catch (ArgumentException)
        {
            return Failed("it answered numbers that are not finite");
        }
    }

    public void Dispose() => generator.Dispose();

    private static Problem Failed(string what) => new(ProblemCode.ModelUnavailable, $"The configured embedding model cannot be used: {what}.");
}
