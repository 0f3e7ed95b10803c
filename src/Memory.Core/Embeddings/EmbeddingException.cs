using Memory.Core.Memories;

namespace Memory.Core.Embeddings;

/// <summary>
/// No vectors: what a generator throws, since its interface cannot return a <see cref="Memories.Problem"/>. Whoever catches it goes by words only
/// and says so. The message never contains a text that was to be embedded, nor a key.
/// </summary>
public sealed class EmbeddingException : Exception
{
    /// <summary>Carries a problem to the caller.</summary>
    /// <param name="problem">Why there are no vectors.</param>
    public EmbeddingException(Problem problem)
        : base((problem ?? throw new ArgumentNullException(nameof(problem))).Message) => Problem = problem;

    /// <summary>Carries a problem, and what led to it, to the caller.</summary>
    /// <param name="problem">Why there are no vectors.</param>
    /// <param name="inner">What led to it.</param>
    public EmbeddingException(Problem problem, Exception inner)
        : base((problem ?? throw new ArgumentNullException(nameof(problem))).Message, inner) => Problem = problem;

    /// <summary>Why there are no vectors.</summary>
    public Problem Problem { get; }
}
