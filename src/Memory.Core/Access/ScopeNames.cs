using System.Diagnostics.CodeAnalysis;

namespace Memory.Core.Access;

/// <summary>The words for scopes: <c>read</c>, <c>write</c>, <c>consolidate</c>, <c>admin</c>.</summary>
public static class ScopeNames
{
    /// <summary>What may be written, for error messages.</summary>
    public const string Allowed = "read, write, consolidate and admin, separated by commas";

    private static readonly (Scopes Scope, string Name)[] Named =
    [
        (Scopes.Read, "read"), (Scopes.Write, "write"), (Scopes.Consolidate, "consolidate"), (Scopes.Admin, "admin"),
    ];

    /// <summary>The words, for whoever lets choose among them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Named.Select(static s => s.Name)];

    /// <summary>The words for some scopes, separated by commas; empty for none.</summary>
    /// <param name="scopes">The scopes.</param>
    public static string Of(Scopes scopes) => string.Join(',', Named.Where(s => scopes.HasFlag(s.Scope)).Select(static s => s.Name));

    /// <summary>Reads words separated by commas; <c>write</c> and <c>consolidate</c> bring <c>read</c> with them.</summary>
    /// <param name="text">The words.</param>
    /// <param name="scopes">What they name.</param>
    /// <returns>Whether there is at least one word and each is known.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Scopes scopes)
    {
        scopes = Scopes.None;
        foreach (var word in (text ?? string.Empty).Split(',', StringSplitOptions.TrimEntries))
        {
            var known = Array.Find(Named, s => s.Name.Equals(word, StringComparison.OrdinalIgnoreCase));
            if (known.Name is null)
            {
                return false;
            }

            scopes |= known.Scope;
        }

        scopes = Complete(scopes);
        return true;
    }

    /// <summary>The scopes with those that come with them.</summary>
    /// <param name="scopes">The scopes.</param>
    public static Scopes Complete(Scopes scopes) => (scopes & (Scopes.Write | Scopes.Consolidate)) == 0 ? scopes : scopes | Scopes.Read;
}
