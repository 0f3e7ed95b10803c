namespace Memory.Core.Memories;

/// <summary>What sort of statement a memory is. It decides how fast the memory goes stale (see <c>ConfidenceOptions</c>).</summary>
public enum MemoryKind
{
    /// <summary>Something that is so: 'Harbor uses PostgreSQL 16'.</summary>
    Fact,

    /// <summary>What somebody likes or wants: 'prefers small pull requests'.</summary>
    Preference,

    /// <summary>What was decided, with its reason.</summary>
    Decision,

    /// <summary>How something is done: steps, commands.</summary>
    Procedure,

    /// <summary>What happened at a time. The same words at another time are another event.</summary>
    Event,

    /// <summary>Anything else worth keeping for a while.</summary>
    Note,
}
