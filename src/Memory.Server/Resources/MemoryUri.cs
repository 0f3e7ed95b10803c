using Memory.Core.Memories;

namespace Memory.Server.Resources;

/// <summary>The address of a resource: <c>memory://{namespace}/{id}</c> or <c>memory://{namespace}/snapshot</c>.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Id">The memory; <see langword="null"/> for the snapshot.</param>
internal readonly record struct MemoryUri(Namespace Namespace, MemoryId? Id)
{
    public const string MemoryTemplate = $"{Scheme}{{namespace}}/{{id}}";
    public const string SnapshotTemplate = $"{Scheme}{{namespace}}/{Snapshot}";

    private const string Scheme = "memory://";
    private const string Snapshot = "snapshot";

    public static bool TryParse(string? text, out MemoryUri uri)
    {
        uri = default;
        if (text is null || !text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || text[Scheme.Length..].Split('/') is not [var name, var last] || !Namespace.TryParse(name, out var ns))
        {
            return false;
        }

        if (last == Snapshot)
        {
            uri = new MemoryUri(ns, null);
            return true;
        }

        var isId = MemoryId.TryParse(last, out var id);
        uri = new MemoryUri(ns, id);
        return isId;
    }

    public override string ToString() => $"{Scheme}{Namespace}/{(Id is { } id ? id.Value : Snapshot)}";
}
