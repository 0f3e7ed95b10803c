using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Memory.Core.Memories;

namespace Memory.Core.Access;

/// <summary>The namespaces that a caller may see: some by name, or all. Immutable.</summary>
public sealed class NamespaceList
{
    /// <summary>The word for all of them.</summary>
    public const string Every = "*";

    private readonly FrozenSet<Namespace>? _names;

    private NamespaceList(FrozenSet<Namespace>? names) => _names = names;

    /// <summary>Every namespace there is and will be.</summary>
    public static NamespaceList All { get; } = new(null);

    /// <summary>No namespace.</summary>
    public static NamespaceList None { get; } = new(FrozenSet<Namespace>.Empty);

    /// <summary>Whether it is every namespace.</summary>
    public bool IsAll => _names is null;

    /// <summary>The names, in ordinal order; empty when it is all.</summary>
    public IReadOnlyList<Namespace> Names => [.. (_names ?? []).OrderBy(static n => n.Value, StringComparer.Ordinal)];

    /// <summary>Whether a namespace is among them.</summary>
    /// <param name="ns">The namespace.</param>
    public bool Contains(Namespace ns) => _names is null || _names.Contains(ns);

    /// <summary>Reads names separated by commas, or <c>*</c>.</summary>
    /// <param name="text">The names.</param>
    /// <param name="list">What they name.</param>
    /// <returns>Whether there is at least one name and each can be one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out NamespaceList? list)
    {
        list = null;
        if (text == Every)
        {
            list = All;
            return true;
        }

        var names = new HashSet<Namespace>();
        foreach (var word in (text ?? string.Empty).Split(',', StringSplitOptions.TrimEntries))
        {
            if (!Namespace.TryParse(word, out var ns))
            {
                return false;
            }

            names.Add(ns);
        }

        list = new NamespaceList(names.ToFrozenSet());
        return true;
    }

    /// <summary>The names separated by commas, as <see cref="TryParse"/> reads them.</summary>
    public override string ToString() => IsAll ? Every : string.Join(',', Names);
}
