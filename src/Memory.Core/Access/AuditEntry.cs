namespace Memory.Core.Access;

/// <summary>One line of the audit log: who did what, never what was said.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Caller">Who: the name and id of a key, or the subject of a token.</param>
/// <param name="Address">Where the request came from; <see langword="null"/> for a command on the machine itself.</param>
/// <param name="Action">What: the tool, resource, route or command.</param>
/// <param name="Namespace">Where; <see langword="null"/> for what concerns the whole server.</param>
/// <param name="Subject">The ids of memories, runs or keys it was about, up to 20, separated by spaces.</param>
/// <param name="Result"><c>ok</c>, or in one word why not.</param>
public sealed record AuditEntry(DateTimeOffset At, string Caller, string? Address, string Action, string? Namespace, string? Subject, string Result)
{
    /// <summary>Its place in the log, from 1; 0 before it is written.</summary>
    public long Number { get; init; }
}

/// <summary>Which lines of the audit log are wanted, the newest first.</summary>
public sealed record AuditQuery
{
    /// <summary>The most lines of one answer.</summary>
    public const int MaxLimit = 1_000;

    /// <summary>Only of this caller: as a line names it, or the name or the id of its key alone, the subject of its token, the user of its command line.</summary>
    public string? Caller { get; init; }

    /// <summary>Only of this namespace.</summary>
    public string? Namespace { get; init; }

    /// <summary>Only of this action.</summary>
    public string? Action { get; init; }

    /// <summary>Only from this time on.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only up to this time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only lines before this number: the last of the page before.</summary>
    public long? Before { get; init; }

    /// <summary>How many at most, 1 to 1,000.</summary>
    public int Limit { get; init; } = 100;
}
