using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Consolidation;

/// <summary>A change that a stage intends for one memory. The same plan is told by a dry run and carried out by a real one.</summary>
/// <param name="Before">The memory as it is.</param>
/// <param name="After">The memory as it shall be; differs in state, tags, importance and confidence only.</param>
/// <param name="Reason">Why, in words, without content.</param>
/// <param name="MergedInto">The memory in which its content lives on, when it is merged.</param>
internal sealed record PlannedChange(MemoryRecord Before, MemoryRecord After, string Reason, MemoryId? MergedInto = null)
{
    /// <summary>Carries the change out and writes it into the journal.</summary>
    public void Apply(IMemoryWriter writer, RunId run, int unit, DateTimeOffset now)
    {
        writer.Update(After);
        if (MergedInto is { } into)
        {
            writer.AddLink(new Link(Before.Id, into, LinkKind.MergedInto, now));
        }

        writer.AddJournal(new JournalEntry(run, unit, Before.Id, Values(Before, into: null), Values(After, MergedInto), Reason));
    }

    private FieldValues Values(MemoryRecord memory, MemoryId? into) => new()
    {
        State = Before.State == After.State ? null : memory.State,
        Tags = Before.Tags.SequenceEqual(After.Tags, StringComparer.Ordinal) ? null : memory.Tags,
        Importance = Before.Importance.Equals(After.Importance) ? null : memory.Importance,
        Confidence = ConfidenceChanged ? memory.Confidence : null,
        ConfidenceAt = ConfidenceChanged ? memory.ConfidenceAt : null,
        MergedInto = MergedInto is null ? null : into?.Value ?? string.Empty,
    };

    private bool ConfidenceChanged => !Before.Confidence.Equals(After.Confidence) || Before.ConfidenceAt != After.ConfidenceAt;
}
