namespace Memory.Core.Consolidation;

/// <summary>The constants of consolidation.</summary>
public sealed record ConsolidationOptions
{
    /// <summary>The defaults.</summary>
    public static ConsolidationOptions Default { get; } = new();

    /// <summary>A confidence is written anew when it has moved by this much: 0.01, the precision at which it is shown.</summary>
    public double ConfidenceStep { get; init; } = 0.01;

    /// <summary>How many memories are read, and rescored or archived, in one unit: 200, a few milliseconds.</summary>
    public int BatchSize { get; init; } = 200;

    /// <summary>A memory fades only when it was neither stored nor recalled for this long: 180 days, half a year's seasons.</summary>
    public TimeSpan ArchiveAfter { get; init; } = TimeSpan.FromDays(180);

    /// <summary>A memory fades only when its base-level activation is below this: -8, about one use in 100 days.</summary>
    public double ArchiveActivation { get; init; } = -8;

    /// <summary>A memory fades only when its confidence is below this: 0.6, hardly better than not knowing.</summary>
    public double ArchiveConfidence { get; init; } = 0.6;

    /// <summary>What its owner rates at least this important never fades: 0.8.</summary>
    public double ArchiveImportance { get; init; } = 0.8;

    /// <summary>How long the lease lasts without a heartbeat: 30 seconds. A holder that was killed on this machine is noticed at once.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many changes a report tells in words: 10.</summary>
    public int ReportedChanges { get; init; } = 10;
}
