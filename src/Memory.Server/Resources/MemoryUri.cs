using Memory.Core.Memories;

namespace Memory.Server.Resources;

/// <summary>The address of a resource: <c>memory://{namespace}/{id}</c>, <c>memory://{namespace}/snapshot</c> or <c>memory://{namespace}/digest</c>.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Id">The memory; <see langword="null"/> for a page about the namespace.</param>
/// <param name="Page">Which page about the namespace; <see langword="null"/> for a memory.</param>
internal readonly record struct MemoryUri(Namespace Namespace, MemoryId? Id, string? Page)
{
    /// <summary>What the namespace holds.</summary>
    public const string Snapshot = "snapshot";

    /// <summary>What the last night's consolidation did.</summary>
    public const string Digest = "digest";

    public const string MemoryTemplate = $"{Scheme}{{namespace}}/{{id}}";
    public const string SnapshotTemplate = $"{Scheme}{{namespace}}/{Snapshot}";
    public const string DigestTemplate = $"{Scheme}{{namespace}}/{Digest}";

    private const string Scheme = "memory://";

    public static bool TryParse(string? text, out MemoryUri uri)
    {
        uri = default;
        if (text is null || !text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || text[Scheme.Length..].Split('/') is not [var name, var last] || !Namespace.TryParse(name, out var ns))
        {
            return false;
        }

        if (last is Snapshot or Digest)
        {
            uri = new MemoryUri(ns, null, last);
            return true;
        }

        var isId = MemoryId.TryParse(last, out var id);
        uri = new MemoryUri(ns, id, null);
        return isId;
    }

    public override string ToString() => $"{Scheme}{Namespace}/{(Id is { } id ? id.Value : Page)}";
}
