using Memory.Core.Memories;

namespace Memory.Core.Storage;

/// <summary>Which memories of a namespace are wanted. The default wants the active ones.</summary>
public sealed record MemoryFilter
{
    /// <summary>The states wanted; empty for every state but forgotten.</summary>
    public IReadOnlyList<MemoryState> States { get; init; } = [MemoryState.Active];

    internal static IReadOnlyList<MemoryState> AllStates { get; } =
        [MemoryState.Active, MemoryState.Merged, MemoryState.Superseded, MemoryState.Archived];

    /// <summary>The kinds wanted; empty for all.</summary>
    public IReadOnlyList<MemoryKind> Kinds { get; init; } = [];

    /// <summary>The tags wanted, without white space around them and composed (NFC), as they are stored; empty when tags do not matter.</summary>
    public IReadOnlyList<string> Tags
    {
        get;
        init => field = [.. value.Select(TagForm.Of)];
    } = [];

    /// <summary>Whether all of <see cref="Tags"/> must be there, or one is enough.</summary>
    public bool AllTags { get; init; }

    /// <summary>Only what happened (or, that unknown, was stored) at this time or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only what happened (or, that unknown, was stored) at this time or earlier.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only memories at least this probable, in [0, 1].</summary>
    public double MinConfidence { get; init; }
}
