namespace Memory.Core.Embeddings;

/// <summary>
/// Whether a generator would try now. A generator whose service can fail gives it by <c>GetService(typeof(EmbeddingAvailability))</c>;
/// one that gives none is always available.
/// </summary>
/// <param name="IsAvailable">Whether the next call goes to the service; otherwise it fails at once.</param>
/// <param name="Reason">Why not, a sentence for the user, or <see langword="null"/>.</param>
/// <param name="Until">When it will be tried again, in UTC, or <see langword="null"/>.</param>
public sealed record EmbeddingAvailability(bool IsAvailable, string? Reason = null, DateTimeOffset? Until = null)
{
    /// <summary>Nothing is known to be wrong.</summary>
    public static EmbeddingAvailability Available { get; } = new(true);
}
