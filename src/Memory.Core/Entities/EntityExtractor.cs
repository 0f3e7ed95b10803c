namespace Memory.Core.Entities;

/// <summary>
/// Finds the named things in a text by rules: names, identifiers, paths, addresses, versions, quotations, issue keys and tags.
/// No model, no storage, linear in the length of the text, and never an exception for any text.
/// </summary>
public static class EntityExtractor
{
    /// <summary>The most entities of a text, its tags included.</summary>
    public const int MaxEntities = 32;

    /// <summary>The longest name of an entity, in UTF-16 characters; what is longer is data and not a name.</summary>
    public const int MaxLength = 200;

    /// <summary>Finds the entities of a text.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="tags">The tags of the memory; each is an entity.</param>
    /// <returns>
    /// Each distinct key once, in order of appearance, tags last; at most <see cref="MaxEntities"/>, of which the tags, being chosen, take their
    /// places before what the text merely mentions.
    /// </returns>
    public static IReadOnlyList<Entity> Extract(string text, IReadOnlyList<string> tags)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(tags);
        var collector = new EntityCollector(Math.Max(0, MaxEntities - tags.Count));
        new EntityScanner(text, collector).Scan();
        collector.Limit = MaxEntities;
        foreach (var tag in tags)
        {
            collector.Add(EntityKind.Tag, tag);
        }

        return collector.Entities;
    }
}
