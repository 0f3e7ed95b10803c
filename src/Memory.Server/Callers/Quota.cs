namespace Memory.Server.Callers;

/// <summary>How much a namespace may hold before callers can store no more in it. What the process itself and consolidation do is not held against it.</summary>
/// <param name="Memories">The most memories in any state but forgotten; <see langword="null"/> for no limit.</param>
/// <param name="Bytes">The most bytes of their content, tags and evidence; <see langword="null"/> for no limit.</param>
internal sealed record Quota(long? Memories, long? Bytes)
{
    public static readonly Quota None = new(null, null);
}
