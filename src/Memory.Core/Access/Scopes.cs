namespace Memory.Core.Access;

/// <summary>What a caller may do in its namespaces. <see cref="Write"/> and <see cref="Consolidate"/> show what is there, so they come with <see cref="Read"/>.</summary>
[Flags]
public enum Scopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Recall, look at memories, runs and counts.</summary>
    Read = 1,

    /// <summary>Store, update, judge and forget.</summary>
    Write = 2,

    /// <summary>Consolidate and undo.</summary>
    Consolidate = 4,

    /// <summary>Look at keys, the audit log and the metrics of the whole server. Opens no memory.</summary>
    Admin = 8,
}
