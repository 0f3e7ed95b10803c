namespace Memory.Core.Recall;

/// <summary>
/// The constants of recall's ranking. Those of words, meaning and neighbours were chosen in the middle of the range within which recall@10 hardly
/// changes, on conversations and on notes; <c>tests/Memory.Evaluation</c> prints what each is worth.
/// </summary>
public sealed record RecallOptions
{
    /// <summary>The defaults.</summary>
    public static RecallOptions Default { get; } = new();

    /// <summary>How soon more occurrences of a word count no more, in BM25: 0.9. Statements are short; a second occurrence says little.</summary>
    public double Bm25K1 { get; init; } = 0.9;

    /// <summary>How much length counts against a text, in BM25, from 0 to 1: 0.3. Statements differ little in length, and a longer one says more.</summary>
    public double Bm25B { get; init; } = 0.3;

    /// <summary>What a word of the query weighs that is written as a name or an identifier, against 1 of others: 1.3. Mostly its rarity weighs already; from 1.15 to 1.6 little changes.</summary>
    public double NameWeight { get; init; } = 1.3;

    /// <summary>The share of the texts' vectors, in [0, 1], against their words: 0.5. The nearest vector is seldom far from the next, so half of the sum decides much less than half of the order.</summary>
    public float MeaningShare { get; init; } = 0.5f;

    /// <summary>The share of the single words' vectors among the best candidates, in [0, 1]: 0.35.</summary>
    public float WordMeaningShare { get; init; } = 0.35f;

    /// <summary>The cosine of two words that counts as none: 0.2, what words without any relation have.</summary>
    public float WordMeaningFloor { get; init; } = 0.2f;

    /// <summary>
    /// The share of the whole sentences' vectors, by the encoder, among the best candidates, in [0, 1): 0.25. From 0.2 to 0.4 little changes.
    /// </summary>
    public float SentenceShare { get; init; } = 0.25f;

    /// <summary>The same of what was said in a conversation: 0.1. A turn alone says half of what it means, and its neighbours say more.</summary>
    public float ConversationSentenceShare { get; init; } = 0.1f;

    /// <summary>How many of the best candidates are looked at sentence by sentence: 64; 0 for no second look.</summary>
    public int SentenceCandidates { get; init; } = 64;

    /// <summary>How much of the better of its two neighbours in a conversation a memory gets: 0.5. The answer stands beside the question.</summary>
    public float NeighbourShare { get; init; } = 0.5f;

    /// <summary>How much of the better of the two after those: 0.4.</summary>
    public float SecondNeighbourShare { get; init; } = 0.4f;

    /// <summary>What remains of both where a session holds notes and no conversation: 0.1. The next statement of a list is about something else.</summary>
    public double NotesNeighbourFactor { get; init; } = 0.1;

    /// <summary>The share of turns (texts of the second person, or questions) up to which a session holds notes: 0.15. Conversations that were looked at have 0.4 and more, lists of notes less than 0.15.</summary>
    public double NotesTurnShare { get; init; } = 0.15;

    /// <summary>The share of turns from which a session is a conversation: 0.35.</summary>
    public double ConversationTurnShare { get; init; } = 0.35;

    /// <summary>
    /// How much of its score a good candidate lends to the only other memory that speaks of some named thing: 0.05. Of a thing that n memories name,
    /// that divided by the root of n - 1. Enough to bring up what only the name joins; more moves better matches down.
    /// </summary>
    public float EntityShare { get; init; } = 0.05f;

    /// <summary>How many of the best candidates lend by named things: 8.</summary>
    public int EntitySeeds { get; init; } = 8;

    /// <summary>The most memories that a named thing may join: 12. What more memories name says little.</summary>
    public int MaxEntityMentions { get; init; } = 12;

    /// <summary>What lying in the time that the query names adds: 0.25, a quarter of a perfect match.</summary>
    public float TimeShare { get; init; } = 0.25f;

    /// <summary>How many candidates are looked at word by word: 256.</summary>
    public int Candidates { get; init; } = 256;

    /// <summary>How many merged memories are looked at beside them, for what they were merged into: 64; 0 for none.</summary>
    public int MergedCandidates { get; init; } = 64;

    /// <summary>
    /// What the relevance of a merged memory counts for what it was merged into: 0.92. The best of many wordings is somewhat like any question; without
    /// a discount what was merged most would come before the answer.
    /// </summary>
    public float WordingShare { get; init; } = 0.92f;

    /// <summary>
    /// The least cosine by which a memory that shares no word with the query is recalled: 0.35. Below it likeness is chance, and
    /// nothing is a better answer.
    /// </summary>
    public float LeastCosine { get; init; } = 0.35f;

    /// <summary>The least that neighbours must lend to a memory that has nothing else: 0.2.</summary>
    public float LeastNeighbours { get; init; } = 0.2f;

    /// <summary>The least that named things must lend to a memory that has nothing else: 0.03.</summary>
    public float LeastEntities { get; init; } = 0.03f;

    /// <summary>
    /// What a surname counts in a memory that has the first name alone, relative to one that has both: 0.8. As good as named, where nobody else has that first name.
    /// </summary>
    public double ImpliedShare { get; init; } = 0.8;

    /// <summary>
    /// The share of a score that activation may take or leave: 0.06. With importance a tenth, so that no amount of use outweighs a clearly better match.
    /// </summary>
    public double ActivationShare { get; init; } = 0.06;

    /// <summary>
    /// The share of confidence: 0.25. What is rather false than true stands behind what answers about as well; between 0.85 and 0.92 it moves
    /// a score by less than 2%.
    /// </summary>
    public double ConfidenceShare { get; init; } = 0.25;

    /// <summary>The share of importance: 0.04. It is the storing client's guess, so it weighs least.</summary>
    public double ImportanceShare { get; init; } = 0.04;

    /// <summary>The activation that counts as half: -6.5, one use about five days ago.</summary>
    public double HalfActivation { get; init; } = -6.5;

    /// <summary>
    /// How much of the older one's score, and of its confidence, the newer of two results that contradict each other must have to come before it: 0.4.
    /// Which of them has the words of the query says nothing of which is still so.
    /// </summary>
    public double ContestedShare { get; init; } = 0.4;

    /// <summary>How many results beyond those wanted are looked at, so that what says the same can give way: 3 times as many.</summary>
    public int LookAhead { get; init; } = 3;

    /// <summary>The fewest results that are looked at: 32.</summary>
    public int LeastLookAhead { get; init; } = 32;

    /// <summary>
    /// How many answered recalls of a namespace are remembered, as hashes, to test that consolidation loses no answer: 200, the latest; 0 for none.
    /// </summary>
    public int RememberedQueries { get; init; } = 200;

    /// <summary>How many results of each are remembered: 3, the best.</summary>
    public int RememberedResults { get; init; } = 3;

    /// <summary>Whether a session with a share of turns is a conversation, 0 for a list of notes to 1.</summary>
    internal double TalkOf(double turnShare) => Math.Clamp((turnShare - NotesTurnShare) / (ConversationTurnShare - NotesTurnShare), 0, 1);
}
