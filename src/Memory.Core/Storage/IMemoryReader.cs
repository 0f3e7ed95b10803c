using Memory.Core.Entities;
using Memory.Core.Memories;

namespace Memory.Core.Storage;

/// <summary>Reads one namespace from one consistent snapshot. Valid only inside the delegate it was given to.</summary>
public interface IMemoryReader
{
    /// <summary>The namespace that is read.</summary>
    Namespace Namespace { get; }

    /// <summary>The memory with this id, whatever its state, or <see langword="null"/>.</summary>
    /// <param name="id">The id.</param>
    MemoryRecord? Find(MemoryId id);

    /// <summary>The memories with these ids, whatever their state, in the order they were stored; unknown ids are absent.</summary>
    /// <param name="ids">The ids.</param>
    IReadOnlyList<MemoryRecord> FindMany(IReadOnlyCollection<MemoryId> ids);

    /// <summary>The memories whose text is the same once folded as <c>store</c> folds it (case, spacing, final punctuation).</summary>
    /// <param name="content">A text.</param>
    IReadOnlyList<MemoryRecord> WithSameText(string content);

    /// <summary>The memories that contain words of the query, best BM25 first.</summary>
    /// <param name="query">The words.</param>
    /// <param name="filter">What else must hold.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="match">How many of the words must occur.</param>
    IReadOnlyList<LexicalMatch> Search(LexicalQuery query, MemoryFilter filter, int limit, TermMatch match = TermMatch.Any);

    /// <summary>The memories whose content holds a text as it stands, letter by letter, the newest first. Reads every content there is.</summary>
    /// <param name="text">The text, not empty.</param>
    /// <param name="filter">What else must hold.</param>
    /// <param name="limit">How many at most.</param>
    IReadOnlyList<MemoryId> Containing(string text, MemoryFilter filter, int limit);

    /// <summary>
    /// The newest active memories that hold one of the first, third, fifth... term of the query and one of the second, fourth, sixth... ones
    /// (one, when it has no more), newest first. Nothing is scored, so that it costs little whatever the words are.
    /// </summary>
    /// <param name="query">The terms.</param>
    /// <param name="limit">How many at most.</param>
    IReadOnlyList<Statement> NewestWithEachHalf(LexicalQuery query, int limit);

    /// <summary>The memories stored or recalled last and recalled most, in no particular order: the candidates for 'most active'.</summary>
    /// <param name="filter">What must hold.</param>
    /// <param name="limit">How many at most by each measure.</param>
    IReadOnlyList<MemoryRecord> RecentlyUsed(MemoryFilter filter, int limit);

    /// <summary>The active memory that each of some merged memories lives on in, directly or not.</summary>
    /// <param name="ids">The memories.</param>
    /// <returns>What each was merged into, first and at last; one that was not merged, or into nothing that is active, is absent.</returns>
    IReadOnlyDictionary<MemoryId, Survivor> SurvivorsOf(IReadOnlyCollection<MemoryId> ids);

    /// <summary>How often and when last memories were recalled; one that never was is absent.</summary>
    /// <param name="ids">The memories.</param>
    IReadOnlyDictionary<MemoryId, RecallUse> RecallUses(IReadOnlyCollection<MemoryId> ids);

    /// <summary>The ledger of each memory, oldest row first, with the rows of every memory that was merged into it, directly or not.</summary>
    /// <param name="ids">The memories.</param>
    /// <param name="asOf">The time as of which it is read: rows and merges of later are not there yet. Now when left out.</param>
    /// <returns>A ledger for each of the ids; empty for one that is unknown or forgotten.</returns>
    IReadOnlyDictionary<MemoryId, IReadOnlyList<Evidence>> EvidenceOf(IReadOnlyCollection<MemoryId> ids, DateTimeOffset? asOf = null);

    /// <summary>The links that begin or end at any of these memories.</summary>
    /// <param name="ids">The memories.</param>
    IReadOnlyList<Link> LinksOf(IReadOnlyCollection<MemoryId> ids);

    /// <summary>Every memory that the given one replaced, directly or through others, nearest first.</summary>
    /// <param name="id">The memory.</param>
    IReadOnlyList<MemoryRecord> Ancestors(MemoryId id);

    /// <summary>The memories that changed after a place in the order of changes, in that order.</summary>
    /// <param name="afterSequence">The place; 0 for the beginning.</param>
    /// <param name="limit">How many at most.</param>
    IReadOnlyList<MemoryRecord> ChangedAfter(long afterSequence, int limit);

    /// <summary>How many memories the namespace has, in any state.</summary>
    int Count();

    /// <summary>Shows every memory of the namespace, in any state, that changed after a place in the order of changes, in the order they were stored.</summary>
    /// <param name="afterSequence">The place; 0 for all.</param>
    /// <param name="model">The model whose vectors are wanted, as it was named to <see cref="IMemoryWriter.SetVector"/>.</param>
    /// <param name="visit">Takes each row.</param>
    /// <returns>The place of the last change that was shown; <paramref name="afterSequence"/> when there was none.</returns>
    long VisitIndexRows(long afterSequence, string model, IndexRowVisitor visit);

    /// <summary>How far the index saw that was kept, as a place in the order of changes; <see langword="null"/> when none is whole.</summary>
    /// <param name="model">The model of its vectors.</param>
    /// <param name="build">The build of the server that kept it.</param>
    long? IndexSequence(string model, string build);

    /// <summary>Shows the parts of the index that was kept, in the order in which they were added.</summary>
    /// <param name="model">The model of its vectors.</param>
    /// <param name="build">The build of the server that kept it.</param>
    /// <param name="visit">Takes each part.</param>
    /// <returns>How far it saw; <see langword="null"/> when there is none, or when it is damaged: then nothing that was shown may be used.</returns>
    long? VisitIndexParts(string model, string build, IndexPartVisitor visit);

    /// <summary>Memories that have no vector of a model, in the order they were stored.</summary>
    /// <param name="model">The model.</param>
    /// <param name="limit">How many at most.</param>
    IReadOnlyList<Statement> WithoutVector(string model, int limit);

    /// <summary>Memories that have a vector of a model, with it, in the order they were stored. Forgotten ones do not count.</summary>
    /// <param name="place">After which place; 0 for the beginning.</param>
    /// <param name="model">The model.</param>
    /// <param name="limit">How many at most.</param>
    IReadOnlyList<EmbeddedStatement> EmbeddedAfter(long place, string model, int limit);

    /// <summary>The vectors of a model that some memories have.</summary>
    /// <param name="ids">The memories.</param>
    /// <param name="model">The model.</param>
    IReadOnlyDictionary<MemoryId, StoredVector> VectorsOf(IReadOnlyCollection<MemoryId> ids, string model);

    /// <summary>How many memories have a vector of a model, and how many have none. Forgotten ones do not count.</summary>
    /// <param name="model">The model.</param>
    (int With, int Without) VectorCounts(string model);

    /// <summary>The number of the last change to the store.</summary>
    long LastSequence();

    /// <summary>How many memories of the namespace were changed last after a place in the order of changes.</summary>
    /// <param name="sequence">The place.</param>
    long CountChangedAfter(long sequence);

    /// <summary>
    /// Groups of active memories that may say the same: equal hashes of the text as consolidation folds it.
    /// The caller compares the texts, kinds and times.
    /// </summary>
    /// <param name="afterSequence">Only groups of which a member changed after this place; 0 for all.</param>
    IReadOnlyList<IReadOnlyList<MemoryId>> SameStatementGroups(long afterSequence);

    /// <summary>All active memories, in the order they were stored, with what a scan needs of each.</summary>
    IReadOnlyList<ActiveMemory> ActiveMemories();

    /// <summary>What is known of these memories together with others, whatever the state of either.</summary>
    /// <param name="ids">The memories.</param>
    IReadOnlyList<PairMark> PairMarksOf(IReadOnlyCollection<MemoryId> ids);

    /// <summary>What somebody said of pairs of statements in the namespace, forgotten ones left out.</summary>
    IReadOnlyList<StatementMark> StatementMarks();

    /// <summary>What was merged into these memories, directly or through others: each with the hash of its text as consolidation folds it.</summary>
    /// <param name="ids">The memories.</param>
    IReadOnlyList<(MemoryId Into, long Statement)> MergedStatements(IReadOnlyCollection<MemoryId> ids);

    /// <summary>The pairs that contradict each other and are both active, the latest found first.</summary>
    /// <param name="limit">How many at most.</param>
    IReadOnlyList<PairMark> ContestedPairs(int limit);

    /// <summary>How often somebody corrected a judgement of pairs, by what was said; what was said at one instant counts once.</summary>
    IReadOnlyDictionary<PairMarkKind, int> Corrections();

    /// <summary>The plan with this name, or <see langword="null"/>.</summary>
    /// <param name="id">The name.</param>
    ConsolidationPlan? FindPlan(RunId id);

    /// <summary>The units of a plan, in their order.</summary>
    /// <param name="id">The plan.</param>
    IReadOnlyList<PlanUnit> PlanUnits(RunId id);

    /// <summary>Recalls that were answered, the latest first.</summary>
    /// <param name="limit">How many at most.</param>
    IReadOnlyList<RememberedQuery> RememberedQueries(int limit);

    /// <summary>How many memories there are, by state and kind, and how their confidence is spread.</summary>
    StoreCounts Counts();

    /// <summary>Memories in the order they were stored, the last first.</summary>
    /// <param name="filter">What must hold.</param>
    /// <param name="after">Only those that come behind this one; <see langword="null"/> for the beginning. After an unknown one there is nothing.</param>
    /// <param name="limit">How many at most.</param>
    IReadOnlyList<MemoryRecord> Page(MemoryFilter filter, MemoryId? after, int limit);

    /// <summary>What the namespace takes. Costs one look, however much that is.</summary>
    NamespaceUsage Usage();

    /// <summary>The tags in use that begin with a prefix, most used first.</summary>
    /// <param name="prefix">The beginning; empty for all.</param>
    /// <param name="limit">How many at most.</param>
    IReadOnlyList<string> TagsStartingWith(string prefix, int limit);

    /// <summary>Other memories that speak of a named thing which these speak of, and of which few do.</summary>
    /// <param name="ids">The memories.</param>
    /// <param name="maxMentions">The most memories that may speak of the thing, in any state.</param>
    IReadOnlyList<EntityCompanion> CompanionsByRareEntity(IReadOnlyCollection<MemoryId> ids, int maxMentions);

    /// <summary>The entity that has this name in any spelling, or <see langword="null"/>.</summary>
    /// <param name="name">The name; letter case, white space and a possessive ending do not matter.</param>
    Entity? FindEntity(string name);

    /// <summary>Entities of several words of which the first is a given one, in any letter case.</summary>
    /// <param name="word">The first word.</param>
    /// <param name="limit">How many at most.</param>
    IReadOnlyList<Entity> NamesThatBeginWith(string word, int limit);

    /// <summary>Entities of active memories with a name close to the given one: one begins with the other, or they share a word.</summary>
    /// <param name="name">The name.</param>
    /// <param name="limit">How many at most.</param>
    IReadOnlyList<Entity> EntitiesLike(string name, int limit);

    /// <summary>The entities that memories mention, whatever the state of the memories.</summary>
    /// <param name="ids">The memories.</param>
    /// <returns>The entities of each of the ids; none for one that is unknown or forgotten.</returns>
    IReadOnlyDictionary<MemoryId, IReadOnlyList<Entity>> EntitiesOf(IReadOnlyCollection<MemoryId> ids);

    /// <summary>The memories that mention an entity: the active ones first, the newest of each first.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="activeOnly">Whether only active memories are wanted.</param>
    IReadOnlyList<MemoryRecord> MemoriesMentioning(Entity entity, int limit, bool activeOnly = false);

    /// <summary>
    /// The entities that the memories of an entity mention too, and from those on the same again. Each hop looks at the newest
    /// <see cref="EntityNeighbour.MaxMemories"/> memories at most, in equal shares for the entities it starts from,
    /// and goes on from the <see cref="EntityNeighbour.MaxEntities"/> strongest at most.
    /// </summary>
    /// <param name="entity">Where to begin.</param>
    /// <param name="depth">How many hops, 1 to <see cref="EntityNeighbour.MaxDepth"/>.</param>
    /// <param name="activeOnly">Whether only active memories link.</param>
    /// <returns>Each entity once, at its nearest; the nearest first, the strongest of them first.</returns>
    IReadOnlyList<EntityNeighbour> Neighbours(Entity entity, int depth, bool activeOnly = true);

    /// <summary>The entities that are mentioned most often together with others, by the newest 5,000 active memories; the most connected first.</summary>
    /// <param name="limit">How many at most.</param>
    IReadOnlyList<ConnectedEntity> MostConnected(int limit);

    /// <summary>The latest runs, newest first.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="after">The last run of the page before; from the newest on when left out.</param>
    IReadOnlyList<Run> Runs(int limit, RunId? after = null);

    /// <summary>The latest run that was completed, or <see langword="null"/>.</summary>
    Run? LastCompletedRun();

    /// <summary>The run with this name, or <see langword="null"/>.</summary>
    /// <param name="id">The name.</param>
    Run? FindRun(RunId id);

    /// <summary>What a run changed, in the order it changed it.</summary>
    /// <param name="id">The run.</param>
    /// <param name="units">Only these units; <see langword="null"/> for all.</param>
    IReadOnlyList<JournalEntry> JournalOf(RunId id, IReadOnlyCollection<int>? units = null);

    /// <summary>What runs changed in a memory after a given change of it, oldest first; what was put back since is absent.</summary>
    /// <param name="change">The change.</param>
    IReadOnlyList<JournalEntry> ChangesAfter(JournalEntry change);

    /// <summary>What runs changed in some memories, oldest first; what was put back since is absent.</summary>
    /// <param name="ids">The memories.</param>
    IReadOnlyList<JournalEntry> ChangesOf(IReadOnlyCollection<MemoryId> ids);

    /// <summary>All memories, whatever their state, in the order in which they were stored, a page at a time.</summary>
    /// <param name="place">The place of the last one that was read; 0 for the beginning.</param>
    /// <param name="limit">How many at most.</param>
    IReadOnlyList<(long Place, MemoryRecord Memory)> StoredAfter(long place, int limit);

    /// <summary>What was noted of each memory itself, without what was merged into it, in the order in which it was noted, and without a look at whether its words are hedged.</summary>
    /// <param name="ids">The memories.</param>
    /// <returns>The rows of each of the ids; none for one that is unknown or forgotten.</returns>
    IReadOnlyDictionary<MemoryId, IReadOnlyList<Evidence>> OwnEvidenceOf(IReadOnlyCollection<MemoryId> ids);

    /// <summary>What all runs changed, in the order in which they changed it, a page at a time.</summary>
    /// <param name="place">The place of the last line that was read; 0 for the beginning.</param>
    /// <param name="limit">How many at most.</param>
    IReadOnlyList<(long Place, JournalEntry Entry)> JournalAfter(long place, int limit);
}
