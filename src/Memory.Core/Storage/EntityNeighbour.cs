using Memory.Core.Entities;
using Memory.Core.Memories;

namespace Memory.Core.Storage;

/// <summary>An entity that memories mention together with another one.</summary>
/// <param name="Entity">The neighbour.</param>
/// <param name="Depth">How many hops away it is, 1 or more.</param>
/// <param name="Through">The entity of one hop before with which it shares most memories; at depth 1 where the walk began.</param>
/// <param name="Strength">How many of the memories looked at mention it and <paramref name="Through"/>.</param>
/// <param name="Memories">Those memories, newest first.</param>
public sealed record EntityNeighbour(Entity Entity, int Depth, Entity Through, int Strength, IReadOnlyList<MemoryId> Memories)
{
    /// <summary>The most hops of a walk.</summary>
    public const int MaxDepth = 3;

    /// <summary>The most entities that a hop finds.</summary>
    public const int MaxEntities = 50;

    /// <summary>The most memories that a hop looks at.</summary>
    public const int MaxMemories = 200;
}
