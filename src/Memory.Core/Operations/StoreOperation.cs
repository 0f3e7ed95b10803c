using Memory.Core.Confidence;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Operations;

/// <summary>What became of one statement that was stored.</summary>
/// <param name="Memory">The memory that holds it now.</param>
/// <param name="IsNew">Whether it is a new memory; otherwise an identical one was there and got one more row of evidence.</param>
/// <param name="Resembling">Up to three other memories that closely resemble it, most alike first.</param>
public sealed record StoredMemory(MemoryRecord Memory, bool IsNew, IReadOnlyList<Resemblance> Resembling)
{
    /// <summary>What was not stored as it was said, in words: credentials redacted, invisible characters taken out, tags left out.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>Adds statements, each as a new memory or as evidence for the identical one that is there.</summary>
internal sealed class StoreOperation(ConfidenceOptions confidence, Random random, EmbeddingSource embeddings)
{
    /// <summary>The vector of a statement by the built-in table, or <see langword="null"/> when there is none: to be made before the transaction.</summary>
    public StoredVector? VectorOf(NewMemory statement) => embeddings.Table?.VectorOf(statement.Content);

    /// <summary>Runs inside the write transaction. A new memory gets the given id, or one by chance.</summary>
    public (MemoryRecord Memory, bool IsNew) Store(IMemoryWriter writer, NewMemory statement, StoredVector? vector, DateTimeOffset now, MemoryId? id = null)
    {
        foreach (var same in writer.WithSameText(statement.Content))
        {
            if (Holder(writer, same) is { } holder && SameOccasion(holder, statement))
            {
                return (Corroborate(writer, holder, statement, now), false);
            }
        }

        return (Insert(writer, statement, vector, now, id), true);
    }

    /// <summary>Adds a new memory without looking for an identical one. It gets the given id, or one by chance.</summary>
    public MemoryRecord Insert(IMemoryWriter writer, NewMemory statement, StoredVector? vector, DateTimeOffset now, MemoryId? id = null)
    {
        var evidence = new Evidence(EvidenceKind.Asserted, statement.Source, statement.Session, now) { IsHedged = Hedges.AreIn(statement.Content) };
        var memory = writer.Insert(new MemoryRecord
        {
            Id = id ?? MemoryId.New(random),
            Namespace = writer.Namespace,
            Content = statement.Content,
            Kind = statement.Kind,
            Tags = TagForm.Set(statement.Tags),
            Importance = statement.Importance ?? NewMemory.DefaultImportance,
            Source = statement.Source,
            Session = statement.Session,
            State = MemoryState.Active,
            Confidence = ConfidenceCalculation.Of([evidence], statement.Kind, now, confidence).Value,
            ConfidenceAt = now,
            CreatedAt = now,
            UpdatedAt = now,
            OccurredAt = statement.OccurredAt,
            Sequence = 0,
        });
        if (vector is { } made && embeddings.Table is { } table)
        {
            writer.SetVector(memory.Id, table.Model.ToString(), made);
        }

        writer.AddEvidence(memory.Id, evidence);
        return memory;
    }

    private MemoryRecord Corroborate(IMemoryWriter writer, MemoryRecord memory, NewMemory statement, DateTimeOffset now)
    {
        // The words are kept where they differ at all: folding must not lose what was said.
        var words = statement.Content == memory.Content ? null : statement.Content;
        // What is told late was said when it says so: an old fact that is sent again is no news. When an event happened says nothing of when it was told.
        var at = statement.Kind != MemoryKind.Event && statement.OccurredAt is { } occurred && occurred < now ? occurred : now;
        writer.AddEvidence(memory.Id, new Evidence(EvidenceKind.Corroborated, statement.Source, statement.Session, at, Statement: words));
        return writer.Update(memory with
        {
            Tags = TagForm.Set(memory.Tags.Concat(TagForm.Set(statement.Tags).Except(memory.Tags, StringComparer.Ordinal)).Take(MemoryRecord.MaxTags)),
            Importance = Math.Max(memory.Importance, statement.Importance ?? 0),
            OccurredAt = memory.OccurredAt ?? statement.OccurredAt,
            State = MemoryState.Active,
            Confidence = ConfidenceCalculation.Of(writer.EvidenceOf([memory.Id])[memory.Id], memory.Kind, now, confidence).Value,
            ConfidenceAt = now,
            UpdatedAt = now,
        });
    }

    // A merged memory speaks through the one it was merged into. A superseded one was replaced on purpose: saying it again is news.
    private static MemoryRecord? Holder(IMemoryWriter writer, MemoryRecord memory)
    {
        memory = Lineage.Survivor(writer, memory);
        return memory.State is MemoryState.Active or MemoryState.Archived ? memory : null;
    }

    private static bool SameOccasion(MemoryRecord memory, NewMemory statement) =>
        (memory.Kind != MemoryKind.Event && statement.Kind != MemoryKind.Event)
        || memory.OccurredAt is null || statement.OccurredAt is null
        || memory.OccurredAt == statement.OccurredAt;

    /// <summary>What is to be said of a statement whose tags the memory that holds it has no room for; <see langword="null"/> when it has all.</summary>
    public static string? TagsLeftOut(NewMemory statement, MemoryRecord holder) =>
        TagForm.Set(statement.Tags).Except(holder.Tags, StringComparer.Ordinal).ToList() is { Count: > 0 } left
            ? $"{left.Count} tags were left out, because a memory has at most {MemoryRecord.MaxTags}: {string.Join(", ", left)}."
            : null;
}
