using Memory.Core.Confidence;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Operations;

/// <summary>What somebody says of a memory.</summary>
/// <param name="Confirms">Whether it is right; otherwise it is wrong.</param>
/// <param name="Source">Who says so.</param>
/// <param name="Session">In which conversation.</param>
/// <param name="Note">Why.</param>
public sealed record Feedback(bool Confirms, string Source = "user", string? Session = null, string? Note = null)
{
    /// <summary>Checks every value.</summary>
    /// <returns>What is wrong and what is allowed, or <see langword="null"/> when all is well.</returns>
    public Problem? Check() => TextCheck.Name("source", Source) ?? (Session is null ? null : TextCheck.Name("session", Session)) ?? TextCheck.Note(Note);
}

/// <summary>Adds a verdict to a memory's ledger.</summary>
internal sealed class FeedbackOperation(ConfidenceOptions confidence)
{
    /// <summary>Runs inside the write transaction.</summary>
    public Outcome<MemoryRecord> Give(IMemoryWriter writer, MemoryId id, Feedback feedback, DateTimeOffset now)
    {
        if (writer.Find(id) is not { } memory)
        {
            return Problem.UnknownMemory(id, writer.Namespace);
        }

        if (Replaced.Refuse(writer, memory, "judged") is { } problem)
        {
            return problem;
        }

        var verdict = feedback.Confirms ? EvidenceKind.Confirmed : EvidenceKind.Refuted;
        // The last verdict of a source counts, so it must be later than those before it whatever the clock says.
        var last = writer.EvidenceOf([id])[id].Where(e => e.Source == feedback.Source).Select(static e => e.At).DefaultIfEmpty().Max();
        var at = now > last ? now : last.AddMilliseconds(1);
        writer.AddEvidence(id, new Evidence(verdict, feedback.Source, feedback.Session, at, feedback.Note));
        return writer.Update(memory with
        {
            Confidence = ConfidenceCalculation.Of(writer.EvidenceOf([id])[id], memory.Kind, now, confidence).Value,
            ConfidenceAt = now,
            UpdatedAt = now,
        });
    }
}
