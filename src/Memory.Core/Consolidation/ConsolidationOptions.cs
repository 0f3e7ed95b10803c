namespace Memory.Core.Consolidation;

/// <summary>The constants of consolidation.</summary>
public sealed record ConsolidationOptions
{
    /// <summary>The defaults.</summary>
    public static ConsolidationOptions Default { get; } = new();

    /// <summary>A confidence is written anew when it has moved by this much: 0.01, the precision at which it is shown.</summary>
    public double ConfidenceStep { get; init; } = 0.01;

    /// <summary>How many memories are rescored or archived in one unit: 50, about a millisecond, for which a client's write may have to wait.</summary>
    public int BatchSize { get; init; } = 50;

    /// <summary>How many memories one unit merges at most: 100. A larger cluster is merged in several.</summary>
    public int MergeSize { get; init; } = 100;

    /// <summary>How many pairs are looked at of each memory, the most alike: 8. More are a list of one template and not duplicates.</summary>
    public int CandidatesPerMemory { get; init; } = 8;

    /// <summary>How many pairs a memory may be in because of others: 24. One long text resembles everything a little.</summary>
    public int PairsPerMemory { get; init; } = 24;

    /// <summary>The least cosine at which two memories are a pair to look at: 0.55. Of two texts that say the same it is hardly ever lower.</summary>
    public double CandidateCosine { get; init; } = 0.55;

    /// <summary>The same for two memories that share a rare word or name, and for what tells of a change, which need not be much like what it closes: 0.3.</summary>
    public double SharedCosine { get; init; } = 0.3;

    /// <summary>
    /// Where at most so many memories are active, texts are read by the sentence encoder and the network over pairs: 500. That costs milliseconds a pair,
    /// and whether it is done must not depend on how many pairs a run looks at, or the next run would judge otherwise.
    /// </summary>
    public int ReadMemories { get; init; } = 500;

    /// <summary>A word, or a named thing, is rare when at most so many memories hold it: 64.</summary>
    public int RareMentions { get; init; } = 64;

    /// <summary>
    /// By how much, in log-odds, one of two contradicting memories must be better than the other to win: 0.3, as much as a document is worth more than an agent.
    /// What is nearer stays contested.
    /// </summary>
    public double ContradictionMargin { get; init; } = 0.3;

    /// <summary>
    /// By how much, in log-odds, the older of two contradicting memories must be better than the newer to win: 0.8, more than a second voice is worth beside the first.
    /// The newer is what people say by now.
    /// </summary>
    public double OlderMargin { get; init; } = 0.8;

    /// <summary>
    /// What being newer is worth at most, in log-odds, beside what the older has lost by its age: 0.4, so that of two equal voices the newer wins, and no
    /// agent that has not heard of a change yet overrules the owner who told of it.
    /// </summary>
    public double NewnessWeight { get; init; } = 0.4;

    /// <summary>How much newer makes half of <see cref="NewnessWeight"/>: 1 day. What was said within an hour is rather an error than a change.</summary>
    public TimeSpan NewnessHalf { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// The share of the active memories that may change state in one run: 0.3. More is more likely a mistake than a tidying; the caller may force it.
    /// Folding statements that are the same but for case, spacing, punctuation or articles does not count: it rests on no judgement.
    /// </summary>
    public double MaxChangedShare { get; init; } = 0.3;

    /// <summary>So many may change state whatever their share: 20. In a small store three tenths are a handful.</summary>
    public int MinChangedLimit { get; init; } = 20;

    /// <summary>How far a correction moves the probability from which pairs count as duplicates, or contradictions: 0.02; half of it towards more.</summary>
    public double CorrectionStep { get; init; } = 0.02;

    /// <summary>How far corrections move it at most, either way: 0.2.</summary>
    public double MaxCorrection { get; init; } = 0.2;

    /// <summary>How many plans of a namespace are kept: 5.</summary>
    public int KeptPlans { get; init; } = 5;

    /// <summary>How many remembered recalls a run tests: 20, the latest; 0 for none.</summary>
    public int TestedQueries { get; init; } = 20;

    /// <summary>How old a remembered recall may be to be tested: 30 days. What was not asked for longer may have faded.</summary>
    public TimeSpan TestedQueryAge { get; init; } = TimeSpan.FromDays(30);

    /// <summary>A memory fades only when it was neither stored nor recalled for this long: 180 days, half a year's seasons.</summary>
    public TimeSpan ArchiveAfter { get; init; } = TimeSpan.FromDays(180);

    /// <summary>A memory fades only when its base-level activation is below this: -8, about one use in 100 days.</summary>
    public double ArchiveActivation { get; init; } = -8;

    /// <summary>A memory fades only when its confidence is below this: 0.6, hardly better than not knowing.</summary>
    public double ArchiveConfidence { get; init; } = 0.6;

    /// <summary>What its owner rates at least this important never fades: 0.8.</summary>
    public double ArchiveImportance { get; init; } = 0.8;

    /// <summary>How long the lease lasts without a heartbeat: 30 seconds. A holder that was killed on this machine is noticed at once.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many changes a report tells in words: 10.</summary>
    public int ReportedChanges { get; init; } = 10;
}
