using Memory.Core.Memories;

namespace Memory.Core.Confidence;

/// <summary>
/// Every constant of the confidence calculation. Weights are log-odds (natural logarithm of p / (1 - p)) and add up,
/// as independent evidence does in Bayes' rule (I. J. Good, <i>Probability and the Weighing of Evidence</i>, 1950).
/// </summary>
public sealed record ConfidenceOptions
{
    /// <summary>The defaults.</summary>
    public static ConfidenceOptions Default { get; } = new();

    /// <summary>What is believed of a statement for which nothing speaks (any more): 0, that is p = 0.5. Neither true nor false.</summary>
    public double Prior { get; init; }

    /// <summary>The owner of the memories says so: 2.3, p = 0.91. People err, and a sentence is easily misunderstood.</summary>
    public double UserWeight { get; init; } = 2.3;

    /// <summary>A document says so (source <c>document:...</c>): 2.0, p = 0.88. Considered text, but it may be out of date.</summary>
    public double DocumentWeight { get; init; } = 2.0;

    /// <summary>An agent says so: 1.7, p = 0.85. Agents infer, and repeat what they inferred.</summary>
    public double AgentWeight { get; init; } = 1.7;

    /// <summary>It was imported (source <c>import:...</c>): 1.4, p = 0.80. Nobody here saw where it came from.</summary>
    public double ImportWeight { get; init; } = 1.4;

    /// <summary>
    /// What each further independent voice weighs relative to the one before it: 0.4. Voices about one thing are never quite independent (they read the
    /// same page, and a source says again in the next session what it said in the last), so their sum must stay bounded: at most 1 / (1 - 0.4) = 1.7 times the
    /// first. And what many said may have changed since.
    /// </summary>
    public double Diminishing { get; init; } = 0.4;

    /// <summary>
    /// What a hedged statement ('I think', 'apparently') weighs, for and against, relative to a plain one of the same source: 0.5. Who hedges is wrong more often, and says so.
    /// </summary>
    public double HedgedShare { get; init; } = 0.5;

    /// <summary>Somebody said through feedback that it is right: 2.5; with an agent's assertion p = 0.985.</summary>
    public double ConfirmedWeight { get; init; } = 2.5;

    /// <summary>Somebody said through feedback that it is wrong: -4, more than three independent assertions of a user and a document.</summary>
    public double RefutedWeight { get; init; } = -4;

    /// <summary>
    /// What a voice for another statement weighs against this one, relative to what it weighs for its own: 1. Who says A says not B; an agent's
    /// word is -1.7, the owner's -2.3, and further voices diminish as those in favour do.
    /// </summary>
    public double ContradictedShare { get; init; } = 1;

    /// <summary>The sum stays within plus and minus this: 5, p = 0.9933. Nothing stored is beyond doubt.</summary>
    public double Bound { get; init; } = 5;

    /// <summary>How long evidence takes to lose half its weight: facts change within years.</summary>
    public TimeSpan FactHalfLife { get; init; } = TimeSpan.FromDays(730);

    /// <summary>Tastes are stable, but not for ever.</summary>
    public TimeSpan PreferenceHalfLife { get; init; } = TimeSpan.FromDays(730);

    /// <summary>A decision holds until another is taken.</summary>
    public TimeSpan DecisionHalfLife { get; init; } = TimeSpan.FromDays(1095);

    /// <summary>Commands and steps rot with the software they drive.</summary>
    public TimeSpan ProcedureHalfLife { get; init; } = TimeSpan.FromDays(365);

    /// <summary>What happened stays so: as long as a decision.</summary>
    public TimeSpan EventHalfLife { get; init; } = TimeSpan.FromDays(1095);

    /// <summary>Notes are of the moment.</summary>
    public TimeSpan NoteHalfLife { get; init; } = TimeSpan.FromDays(60);

    /// <summary>
    /// How long evidence takes to lose half its weight once something contradicts it: 30 days, whatever the kind. Of two statements that cannot both be so
    /// one is an error or has changed; a change is told within weeks, so what nobody has said for a month counts half.
    /// </summary>
    public TimeSpan DisputeHalfLife { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The same constants for what is contradicted: all evidence fades by <see cref="DisputeHalfLife"/>.</summary>
    internal ConfidenceOptions InDispute => this with
    {
        FactHalfLife = DisputeHalfLife, PreferenceHalfLife = DisputeHalfLife, DecisionHalfLife = DisputeHalfLife,
        ProcedureHalfLife = DisputeHalfLife, EventHalfLife = DisputeHalfLife, NoteHalfLife = DisputeHalfLife,
    };

    /// <summary>The half-life of evidence about a kind of memory.</summary>
    /// <param name="kind">The kind.</param>
    public TimeSpan HalfLife(MemoryKind kind) => kind switch
    {
        MemoryKind.Preference => PreferenceHalfLife,
        MemoryKind.Decision => DecisionHalfLife,
        MemoryKind.Procedure => ProcedureHalfLife,
        MemoryKind.Event => EventHalfLife,
        MemoryKind.Note => NoteHalfLife,
        _ => FactHalfLife,
    };

    /// <summary>What a statement weighs, were it the first about its matter.</summary>
    /// <param name="row">The row of the ledger.</param>
    public double StatementWeight(Evidence row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return (row.IsHedged ? HedgedShare : 1) * SourceWeight(row.Source);
    }

    /// <summary>What a source's first word about a statement weighs, said plainly.</summary>
    /// <param name="source">The source, as in <see cref="MemoryRecord.Source"/>.</param>
    public double SourceWeight(string source) => source switch
    {
        "user" => UserWeight,
        _ when source.StartsWith("document:", StringComparison.Ordinal) => DocumentWeight,
        _ when source.StartsWith("import:", StringComparison.Ordinal) => ImportWeight,
        _ => AgentWeight,
    };
}
