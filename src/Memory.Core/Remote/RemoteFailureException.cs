using Memory.Core.Memories;

namespace Memory.Core.Remote;

/// <summary>An attempt that failed, with what decides whether to try again. Never leaves the caller of a <see cref="ServiceGuard{T}"/>.</summary>
/// <param name="message">What happened, without text or key.</param>
internal sealed class RemoteFailureException(string message) : Exception(message)
{
    /// <summary>Whether the same request may succeed later.</summary>
    public bool MayPass { get; init; }

    /// <summary>Whether the texts were refused, which says nothing of the health of the service.</summary>
    public bool BlamesTexts { get; init; }

    /// <summary>How long the service asked to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The same, for the caller.</summary>
    public Problem Problem => new(ProblemCode.ModelUnavailable, Message);
}
