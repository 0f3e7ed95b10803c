using Memory.Core.Entities;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Operations;

/// <summary>What somebody wants to know of the named things in memories.</summary>
public sealed record GraphRequest
{
    /// <summary>The most neighbours of one answer.</summary>
    public const int MaxLimit = 50;

    /// <summary>How many neighbours when nobody said.</summary>
    public const int DefaultLimit = 20;

    /// <summary>The name of an entity; empty for the most connected ones.</summary>
    public string Entity { get; init; } = string.Empty;

    /// <summary>How many hops from the entity, 1 to 3.</summary>
    public int Depth { get; init; } = 1;

    /// <summary>How many neighbours at most, 1 to 50.</summary>
    public int Limit { get; init; } = DefaultLimit;

    /// <summary>Checks every value.</summary>
    /// <returns>What is wrong and what is allowed, or <see langword="null"/> when all is well.</returns>
    public Problem? Check() => this switch
    {
        { Entity.Length: > EntityExtractor.MaxLength } => Problem.Invalid($"entity has {Entity.Length} characters; up to {EntityExtractor.MaxLength} are allowed."),
        { Depth: < 1 or > EntityNeighbour.MaxDepth } => Problem.Invalid($"depth is {Depth}; 1 to {EntityNeighbour.MaxDepth} is allowed."),
        { Limit: < 1 or > MaxLimit } => Problem.Invalid($"limit is {Limit}; 1 to {MaxLimit} is allowed."),
        _ => TextCheck.Unreadable("entity", Entity, lineBreaks: false),
    };
}

/// <summary>An entity among others, by active memories.</summary>
/// <param name="Entity">The entity asked for; <see langword="null"/> when none was named.</param>
/// <param name="MentionedBy">Its newest memories, up to three.</param>
/// <param name="Neighbours">What is mentioned with it, the nearest first, the strongest of them first; each with its newest memories, up to three.</param>
/// <param name="Omitted">How many neighbours more were found.</param>
/// <param name="MostConnected">When no entity was named: the most connected ones.</param>
/// <param name="Statements">What the memories say that are named above, in the order they were stored.</param>
public sealed record EntityGraph(
    Entity? Entity,
    IReadOnlyList<MemoryId> MentionedBy,
    IReadOnlyList<EntityNeighbour> Neighbours,
    int Omitted,
    IReadOnlyList<ConnectedEntity> MostConnected,
    IReadOnlyList<Statement> Statements);

/// <summary>Shows which named things occur together, and in which memories.</summary>
internal static class GraphOperation
{
    private const int MaxShownMemories = 3;
    private const int MaxSuggestions = 5;

    public static Outcome<EntityGraph> Show(IMemoryReader reader, GraphRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Entity))
        {
            return new EntityGraph(null, [], [], 0, reader.MostConnected(request.Limit), []);
        }

        if (reader.FindEntity(request.Entity) is not { } entity)
        {
            return Unknown(reader, request.Entity);
        }

        MemoryId[] mentionedBy = [.. reader.MemoriesMentioning(entity, MaxShownMemories, activeOnly: true).Select(static m => m.Id)];
        var found = reader.Neighbours(entity, request.Depth);
        EntityNeighbour[] neighbours = [.. found.Take(request.Limit).Select(static n => n with { Memories = [.. n.Memories.Take(MaxShownMemories)] })];
        MemoryId[] shown = [.. neighbours.SelectMany(static n => n.Memories).Concat(mentionedBy).Distinct()];
        return new EntityGraph(
            entity, mentionedBy, neighbours, found.Count - neighbours.Length, [], [.. reader.FindMany(shown).Select(static m => new Statement(m.Id, m.Content))]);
    }

    private static Problem Unknown(IMemoryReader reader, string name)
    {
        var close = reader.EntitiesLike(name, MaxSuggestions);
        return new Problem(ProblemCode.NotFound,
            $"No memory in namespace '{reader.Namespace}' mentions '{name}'. "
            + (close.Count == 0 ? "Leave entity out for the most connected ones." : $"Close to it: {string.Join(", ", close.Select(static e => $"'{e.Name}'"))}."));
    }
}
