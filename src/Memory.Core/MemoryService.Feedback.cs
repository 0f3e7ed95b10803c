using Memory.Core.Memories;
using Memory.Core.Operations;

namespace Memory.Core;

public sealed partial class MemoryService
{
    /// <summary>Confirms or refutes a memory.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="id">The memory.</param>
    /// <param name="feedback">The verdict.</param>
    /// <param name="cancellationToken">Prevents the write if it has not begun.</param>
    public async Task<Outcome<MemoryRecord>> FeedbackAsync(
        Namespace ns, MemoryId id, Feedback feedback, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(feedback);
        var source = Screen.Name("source", feedback.Source, []);
        var session = feedback.Session is { } named ? Screen.Name("session", named, []) : Outcome.Of(string.Empty);
        var note = feedback.Note is { } said ? Screen.Text("note", said, []) : Outcome.Of(string.Empty);
        if ((source.Problem ?? session.Problem ?? note.Problem) is { } hostile)
        {
            return hostile;
        }

        feedback = feedback with
        {
            Source = source.Value!, Session = feedback.Session is null ? null : session.Value, Note = feedback.Note is null ? null : note.Value,
        };
        return feedback.Check() is { } problem
            ? problem
            : await _store.WriteAsync(ns, writer => _judging.Give(writer, id, feedback, Now()), cancellationToken);
    }

    /// <summary>Says of two memories that they do or do not say the same, or that both can be true. Consolidation keeps to it.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="id">One memory.</param>
    /// <param name="other">The other one.</param>
    /// <param name="verdict">What is said; anything but <see cref="PairMarkKind.Contested"/>.</param>
    /// <param name="cancellationToken">Prevents the write if it has not begun.</param>
    public async Task<Outcome<PairMark>> FeedbackOnPairAsync(
        Namespace ns, MemoryId id, MemoryId other, PairMarkKind verdict, CancellationToken cancellationToken = default)
    {
        return verdict == PairMarkKind.Contested
            ? Problem.Invalid("Only consolidation contests; a pair may be judged duplicate, not_duplicate or not_contradiction.")
            : await _store.WriteAsync(ns, writer => _judgingPairs.Give(writer, id, other, verdict, Now()), cancellationToken);
    }
}
