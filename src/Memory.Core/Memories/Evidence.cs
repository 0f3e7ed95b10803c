using System.Text.Json.Serialization;

namespace Memory.Core.Memories;

/// <summary>One row of the ledger about one memory. Rows are only ever added (and erased when the memory is forgotten).</summary>
/// <param name="Kind">What the row says about the statement.</param>
/// <param name="Source">Who says so.</param>
/// <param name="Session">In which conversation, when known.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Note">The reason that came with feedback, when there was one; of what contradicts, <see cref="HedgedNote"/> when that is hedged.</param>
/// <param name="Statement">The words as they were said, when they differ in case, spacing or punctuation from the memory's own.</param>
public sealed record Evidence(
    EvidenceKind Kind,
    string Source,
    string? Session,
    DateTimeOffset At,
    string? Note = null,
    string? Statement = null)
{
    /// <summary>The reason that came with feedback; of a contradiction none, as <see cref="IsHedged"/> says what its note does.</summary>
    [JsonIgnore]
    public string? Reason => Kind == EvidenceKind.Contradicted ? null : Note;

    /// <summary>The note of a row that contradicts, when who says otherwise is not sure.</summary>
    public const string HedgedNote = "hedged";

    /// <summary>
    /// Whether who says so leaves room for being wrong ('I think', 'apparently'): of statements a property of their words, in every sentence of them,
    /// that is not written down; of contradictions, that the note says so. Never of feedback.
    /// </summary>
    [JsonIgnore]
    public bool IsHedged
    {
        get => Kind == EvidenceKind.Contradicted ? Note == HedgedNote : field;
        init;
    }
}

/// <summary>What a row of evidence says about a statement.</summary>
public enum EvidenceKind
{
    /// <summary>It was stated for the first time.</summary>
    Asserted,

    /// <summary>It was stated again.</summary>
    Corroborated,

    /// <summary>Another statement says otherwise.</summary>
    Contradicted,

    /// <summary>The user or client said: this is right.</summary>
    Confirmed,

    /// <summary>The user or client said: this is wrong.</summary>
    Refuted,
}
