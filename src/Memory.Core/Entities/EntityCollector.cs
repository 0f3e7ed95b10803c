namespace Memory.Core.Entities;

/// <summary>Keeps the first entity of each key, up to a limit.</summary>
internal sealed class EntityCollector(int limit)
{
    private readonly List<Entity> _entities = [];

    /// <summary>How many entities are kept.</summary>
    public int Limit { get; set; } = limit;

    public IReadOnlyList<Entity> Entities => _entities;

    public bool IsFull => _entities.Count >= Limit;

    public void Add(EntityKind kind, ReadOnlySpan<char> name)
    {
        name = kind == EntityKind.Quote ? name.Trim() : EntityKey.WithoutPossessive(name.Trim());
        if (IsFull || name.IsEmpty || name.Length > EntityExtractor.MaxLength)
        {
            return;
        }

        // A text that repeats a name a thousand times must not fold it a thousand times.
        foreach (var known in _entities)
        {
            if (name.SequenceEqual(known.Name))
            {
                return;
            }
        }

        var key = EntityKey.Of(name);
        if (key.Length == 0)
        {
            return;
        }

        foreach (var known in _entities)
        {
            if (known.Key == key)
            {
                return;
            }
        }

        _entities.Add(new Entity(kind, name.ToString(), key));
    }
}
