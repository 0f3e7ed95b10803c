using Memory.Core.Entities;

namespace Memory.Core.Storage;

/// <summary>An entity and how well it is connected.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Memories">How many memories mention it.</param>
/// <param name="Links">How often those memories mention another entity with it.</param>
public sealed record ConnectedEntity(Entity Entity, int Memories, int Links);
