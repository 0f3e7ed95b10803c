using Memory.Server.Tools;

namespace Memory.Server.Http.Rest;

/// <summary>What is wrong.</summary>
internal sealed record ProblemItem(string Type, string Title, int Status, string Detail);

/// <summary>A memory.</summary>
internal record MemoryItem
{
    public required string Id { get; init; }

    public required string Content { get; init; }

    public required string Kind { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required double Importance { get; init; }

    public required string Source { get; init; }

    public string? Session { get; init; }

    public required string State { get; init; }

    public required double Confidence { get; init; }

    public required string CreatedAt { get; init; }

    public required string UpdatedAt { get; init; }

    public string? OccurredAt { get; init; }

    public string? ValidUntil { get; init; }
}

/// <summary>A memory with everything that is known of it.</summary>
internal sealed record MemoryDetailsItem : MemoryItem
{
    public required int Recalled { get; init; }

    public required double LogOdds { get; init; }

    public required IReadOnlyList<EvidenceItem> Evidence { get; init; }

    public required IReadOnlyList<LinkItem> Lineage { get; init; }

    public required IReadOnlyList<string> ContestedWith { get; init; }
}

/// <summary>A row of a memory's ledger, and what it contributes to the log-odds.</summary>
internal sealed record EvidenceItem(string Kind, string Source, string? Session, string At, string? Note, bool? Hedged, double Contribution);

/// <summary>A link of lineage.</summary>
internal sealed record LinkItem(string From, string To, string Kind, string At);

/// <summary>A page of memories; <c>next</c> is the cursor of the one after it.</summary>
internal sealed record MemoriesItem(IReadOnlyList<MemoryItem> Memories, string? Next);

/// <summary>A page of runs, the newest first; <c>next</c> is the cursor of the one after it.</summary>
internal sealed record RunsItem(IReadOnlyList<RunItem> Runs, string? Next);

/// <summary>A consolidation at work or done; <c>problem</c> is why it failed.</summary>
internal sealed record JobItem(string Job, string Namespace, string State, double? Progress, double? Total, string? Message, ProblemItem? Problem);

/// <summary>How far a job is.</summary>
internal sealed record ProgressItem(double Progress, double? Total, string? Message);

/// <summary>A key, without its secret, which nobody has.</summary>
internal sealed record KeyItem(string Id, string Name, string Namespaces, string Scopes, string CreatedAt, string? ExpiresAt, string? RevokedAt);

/// <summary>All keys.</summary>
internal sealed record KeysItem(IReadOnlyList<KeyItem> Keys);

/// <summary>A line of the audit log.</summary>
internal sealed record AuditItem(long Number, string At, string Caller, string? Address, string Action, string? Namespace, string? Subject, string Result);

/// <summary>Lines of the audit log, the newest first; <c>next</c> is the <c>before</c> of the page after it.</summary>
internal sealed record AuditLinesItem(IReadOnlyList<AuditItem> Lines, long? Next);
