using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Language;

/// <summary>
/// No answer: what a chat client throws, since its interface cannot return a <see cref="Memories.Problem"/>. Whoever catches it goes by the rules.
/// The message never contains what was asked, nor a key.
/// </summary>
/// <param name="problem">Why there is no answer.</param>
public sealed class LanguageModelException(Problem problem) : Exception((problem ?? throw new ArgumentNullException(nameof(problem))).Message)
{
    /// <summary>Why there is no answer.</summary>
    public Problem Problem { get; } = problem;
}
