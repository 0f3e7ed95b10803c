using Memory.Core.Confidence;
using Memory.Core.Memories;
using Memory.Core.Screening;
using Memory.Core.Storage;

namespace Memory.Core.Operations;

/// <summary>What shall change in a memory; whatever is <see langword="null"/> stays.</summary>
public sealed record MemoryChange
{
    /// <summary>A new statement in place of the old one, which is kept in lineage.</summary>
    public string? Content { get; init; }

    /// <summary>Another kind.</summary>
    public MemoryKind? Kind { get; init; }

    /// <summary>Other tags, all of them.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Another importance, 0 to 1.</summary>
    public double? Importance { get; init; }

    /// <summary>Another time at which it happened. Kept in whole milliseconds.</summary>
    public DateTimeOffset? OccurredAt
    {
        get;
        init => field = value is { } time ? Instant.Whole(time) : null;
    }

    /// <summary>Who says so; goes with new content only, of which nobody named is <c>agent</c>.</summary>
    public string? Source { get; init; }

    /// <summary>In which conversation; goes with new content only.</summary>
    public string? Session { get; init; }

    /// <summary>Whether the memory is still what the caller has seen, asked inside the transaction; <see langword="null"/> when that does not matter.</summary>
    public Func<MemoryRecord, bool>? Expects { get; init; }

    /// <summary>Checks every value.</summary>
    /// <returns>What is wrong and what is allowed, or <see langword="null"/> when all is well.</returns>
    public Problem? Check()
    {
        if (this is { Content: null, Kind: null, Tags: null, Importance: null, OccurredAt: null })
        {
            return Problem.Invalid("Nothing to update was given. Allowed: content, kind, tags, importance, occurred_at; source and session go with new content only.");
        }

        if (Content is null && SaysWho)
        {
            return Problem.Invalid("source and session go with new content only; kind, tags, importance and occurred_at are kept without them. To say that a memory proved right or wrong, use feedback.");
        }

        return Statement(Content ?? "unchanged", Kind ?? default, Tags ?? [], Importance).Check();
    }

    internal Outcome<MemoryChange> Screened(Screen screen, List<string> notes)
    {
        var screened = screen.Statement(Statement(Content ?? "unchanged", Kind ?? default, Tags ?? [], Importance), notes);
        return screened.Succeeded
            ? this with
            {
                Content = Content is null ? null : screened.Value.Content,
                Tags = Tags is null ? null : screened.Value.Tags,
                Source = Source is null ? null : screened.Value.Source,
                Session = screened.Value.Session,
            }
            : screened.Problem;
    }

    /// <summary>Whether a source or a session was given.</summary>
    internal bool SaysWho => Source is not null || Session is not null;

    internal NewMemory Statement(string content, MemoryKind kind, IReadOnlyList<string> tags, double? importance) => new()
    {
        Content = content, Kind = kind, Tags = tags, Importance = importance, OccurredAt = OccurredAt, Source = Source ?? "agent", Session = Session,
    };
}

/// <summary>What an update led to.</summary>
/// <param name="Memory">The memory that holds the statement now; a new one, with its own id, when the content is new.</param>
/// <param name="Replaced">The memory that it replaced, kept in lineage; <see langword="null"/> when the content did not change.</param>
public sealed record UpdatedMemory(MemoryRecord Memory, MemoryRecord? Replaced)
{
    /// <summary>What was changed in the statement before it was stored, in words: credentials redacted, invisible characters taken out.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>Changes what surrounds a statement in place, and the statement itself by putting a new memory in the place of the old.</summary>
internal sealed class UpdateOperation(StoreOperation store, ConfidenceOptions confidence)
{
    /// <summary>Runs inside the write transaction.</summary>
    public Outcome<UpdatedMemory> Update(IMemoryWriter writer, MemoryId id, MemoryChange change, DateTimeOffset now)
    {
        if (writer.Find(id) is not { } old)
        {
            return Problem.UnknownMemory(id, writer.Namespace);
        }

        if (change.Expects is { } expects && !expects(old))
        {
            return Problem.ChangedMemory(id);
        }

        if (Replaced.Refuse(writer, old, "updated") is { } problem)
        {
            return problem;
        }

        var isNew = change.Content is not null && change.Content != old.Content;
        if (change.SaysWho && !isNew)
        {
            return Problem.Invalid($"content is what memory '{id}' says already; source and session go with new content only. To say that it is right, use feedback; that it was said again, store.");
        }

        var changed = old with
        {
            Kind = change.Kind ?? old.Kind,
            Tags = change.Tags is { } tags ? TagForm.Set(tags) : old.Tags,
            Importance = change.Importance ?? old.Importance,
            OccurredAt = change.OccurredAt ?? old.OccurredAt,
            UpdatedAt = now,
        };
        if (!isNew)
        {
            return new UpdatedMemory(writer.Update(changed.Kind == old.Kind ? changed : Rescored(writer, changed, now)), null);
        }

        // What happened when is said of the new statement only if the caller says so.
        var statement = change.Statement(change.Content!, changed.Kind, changed.Tags, changed.Importance);
        var replaced = writer.Update(old with { State = MemoryState.Superseded, ValidUntil = change.OccurredAt ?? now, UpdatedAt = now });
        var (memory, isFirst) = store.Store(writer, statement, store.VectorOf(statement), now);
        if (!isFirst && (change.Kind ?? memory.Kind, change.Importance ?? memory.Importance) is var (kind, importance) && (kind, importance) != (memory.Kind, memory.Importance))
        {
            // A memory with these words was there already; what the caller said of it holds all the same.
            var same = memory with { Kind = kind, Importance = importance };
            memory = writer.Update(kind == memory.Kind ? same : Rescored(writer, same, now));
        }

        writer.AddLink(new Link(old.Id, memory.Id, LinkKind.SupersededBy, now));
        return new UpdatedMemory(memory, replaced);
    }

    // Another kind goes stale at another pace.
    private MemoryRecord Rescored(IMemoryWriter writer, MemoryRecord memory, DateTimeOffset now) => memory with
    {
        Confidence = ConfidenceCalculation.Of(writer.EvidenceOf([memory.Id])[memory.Id], memory.Kind, now, confidence).Value,
        ConfidenceAt = now,
    };
}
