namespace Memory.Core.Entities;

/// <summary>The words for the kinds of entities, the same in the store and in the tools.</summary>
public static class EntityKindNames
{
    private static readonly (EntityKind Kind, string Name)[] All =
    [
        (EntityKind.Name, "name"),
        (EntityKind.Identifier, "identifier"),
        (EntityKind.Path, "path"),
        (EntityKind.Url, "url"),
        (EntityKind.Email, "email"),
        (EntityKind.Version, "version"),
        (EntityKind.Quote, "quote"),
        (EntityKind.IssueKey, "issue_key"),
        (EntityKind.Tag, "tag"),
    ];

    /// <summary>The word for a kind.</summary>
    /// <param name="kind">The kind.</param>
    public static string Of(EntityKind kind) => Array.Find(All, k => k.Kind == kind).Name;

    internal static EntityKind Parse(string name) => Array.Find(All, k => k.Name == name).Kind;
}
