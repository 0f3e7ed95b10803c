namespace Memory.Core.Memories;

/// <summary>Where a memory stands in its life.</summary>
public enum MemoryState
{
    /// <summary>In use: the default scope of recall.</summary>
    Active,

    /// <summary>Its content lives on in another memory, which lineage names.</summary>
    Merged,

    /// <summary>A newer statement replaced it, which lineage names.</summary>
    Superseded,

    /// <summary>Faded: out of recall's default scope, otherwise whole.</summary>
    Archived,

    /// <summary>The user asked for it to be forgotten: only the id and this state remain.</summary>
    Forgotten,
}
