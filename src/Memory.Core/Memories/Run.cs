namespace Memory.Core.Memories;

/// <summary>One execution of the consolidation pipeline on one namespace.</summary>
public sealed record Run
{
    /// <summary>Its name.</summary>
    public required RunId Id { get; init; }

    /// <summary>The namespace it worked on.</summary>
    public required Namespace Namespace { get; init; }

    /// <summary>Whether it looked at everything or at what had changed.</summary>
    public required RunScope Scope { get; init; }

    /// <summary>What started it.</summary>
    public required RunCause Cause { get; init; }

    /// <summary>How far it came.</summary>
    public required RunState State { get; init; }

    /// <summary>Which process ran it.</summary>
    public required string Holder { get; init; }

    /// <summary>When it began, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, UTC; <see langword="null"/> while it runs and when it was interrupted.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The sequence number the store had reached when the run began: the next incremental run begins after it.</summary>
    public required long SeenSequence { get; init; }

    /// <summary>What it changed.</summary>
    public RunCounts Counts { get; init; } = new(0, 0, 0);

    /// <summary>What else its report says; <see langword="null"/> until it ended.</summary>
    public RunOutcome? Outcome { get; init; }

    /// <summary>How many of its units were put back, wholly or in part. Where that is not all, the rest was changed since.</summary>
    public int UndoneUnits { get; init; }
}

/// <summary>How many memories a run changed, by what was done to them.</summary>
/// <param name="Merged">Memories whose content lives on in another since.</param>
/// <param name="Rescored">Memories whose confidence was updated.</param>
/// <param name="Archived">Memories that had faded.</param>
public sealed record RunCounts(int Merged, int Rescored, int Archived)
{
    /// <summary>Memories that a newer statement replaced.</summary>
    public int Superseded { get; init; }

    /// <summary>Pairs of memories that contradict each other and of which neither is clearly better.</summary>
    public int Contested { get; init; }

    /// <summary>Whether anything was changed at all.</summary>
    public bool IsEmpty => this is { Merged: 0, Rescored: 0, Archived: 0, Superseded: 0, Contested: 0 };
}

/// <summary>What the report of a run says besides its counts. Holds no content: the words are made when it is read, so that forgetting reaches them.</summary>
public sealed record RunOutcome
{
    /// <summary>How many memories it looked at.</summary>
    public required int Examined { get; init; }

    /// <summary>How long each stage took, in order.</summary>
    public required IReadOnlyList<StageTime> Stages { get; init; }

    /// <summary>The units of the changes that matter most, the weightiest first.</summary>
    public required IReadOnlyList<int> ToldUnits { get; init; }

    /// <summary>What was not done or put back because it broke an invariant, and why.</summary>
    public IReadOnlyList<string> RolledBack { get; init; } = [];

    /// <summary>What a language model did, in words; <see langword="null"/> when it was not asked.</summary>
    public string? LanguageModel { get; init; }
}

/// <summary>How long a stage took.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Elapsed">The time.</param>
public readonly record struct StageTime(string Stage, TimeSpan Elapsed);

/// <summary>What a run looks at.</summary>
public enum RunScope
{
    /// <summary>What changed since the last completed run, and its duplicates.</summary>
    Incremental,

    /// <summary>Everything.</summary>
    Full,
}

/// <summary>What starts a run.</summary>
public enum RunCause
{
    /// <summary>Somebody asked for it.</summary>
    Request,

    /// <summary>The nightly schedule, or the catching up of a missed night.</summary>
    Schedule,
}

/// <summary>How far a run came.</summary>
public enum RunState
{
    /// <summary>It is at work.</summary>
    Running,

    /// <summary>It did all it had to do.</summary>
    Completed,

    /// <summary>The caller cancelled it between two units of work; what was done is whole.</summary>
    Cancelled,

    /// <summary>Its process ended or failed; what was committed is whole.</summary>
    Interrupted,

    /// <summary>Everything it changed was put back.</summary>
    Undone,
}
