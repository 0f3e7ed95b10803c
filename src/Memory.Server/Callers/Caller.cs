using Memory.Core.Access;
using Memory.Core.Memories;

namespace Memory.Server.Callers;

/// <summary>Who asks, and what they may do where.</summary>
/// <param name="Id">What tells callers apart, for limits: the id of a key or the subject of a token.</param>
/// <param name="Name">What the audit log calls them.</param>
/// <param name="Namespaces">What they may see.</param>
/// <param name="Scopes">What they may do there.</param>
internal sealed record Caller(string Id, string Name, NamespaceList Namespaces, Scopes Scopes)
{
    /// <summary>Whether <see cref="Id"/> is that of a key, which can be revoked.</summary>
    public bool HasKey { get; init; }

    /// <summary>When what it showed ends, UTC; <see langword="null"/> for never.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Who runs the process: over stdio, on the command line, and over HTTP without authentication, which only this machine reaches.</summary>
    public static readonly Caller Owner = new(
        "owner", "owner", NamespaceList.All, Scopes.Read | Scopes.Write | Scopes.Consolidate | Scopes.Admin);

    /// <summary>A request that did not say whose it is: it may do nothing.</summary>
    public static readonly Caller Nobody = new("nobody", "nobody", NamespaceList.None, Scopes.None);

    /// <summary>Why this caller may not do something somewhere, or <see langword="null"/> when it may. Tells nothing of what is there.</summary>
    public Problem? Refuse(Scopes needed, Namespace ns) =>
        RefuseScope(needed) ?? (Namespaces.Contains(ns)
            ? null
            : new Problem(ProblemCode.Forbidden, $"Namespace '{ns}' is not one of this caller's: {(Namespaces.Names.Count == 0 ? "it has none" : string.Join(", ", Namespaces.Names))}."));

    /// <summary>Why this caller may not look at what concerns the whole server, or <see langword="null"/> when it may: who sees some namespaces only, may not.</summary>
    public Problem? RefuseAdministration() => RefuseScope(Scopes.Admin) ?? (Namespaces.IsAll
        ? null
        : new Problem(ProblemCode.Forbidden, "This concerns every namespace; the caller may see some only."));

    /// <summary>Why this caller may not do something anywhere, or <see langword="null"/> when it may.</summary>
    public Problem? RefuseScope(Scopes needed) => Scopes.HasFlag(needed)
        ? null
        : new Problem(ProblemCode.Forbidden, $"This needs the scope '{ScopeNames.Of(needed)}'; the caller has {(Scopes == Scopes.None ? "none" : ScopeNames.Of(Scopes))}.") { MissingScope = ScopeNames.Of(needed) };
}
