using Memory.Core.Memories;

namespace Memory.Core.Storage;

/// <summary>Writes to one namespace inside one transaction, and reads what it wrote. Valid only inside the delegate it was given to.</summary>
public interface IMemoryWriter : IMemoryReader
{
    /// <summary>Adds a memory. Its <see cref="MemoryRecord.Sequence"/> is assigned here.</summary>
    /// <param name="memory">The memory, of this writer's namespace.</param>
    /// <returns>The memory with its sequence number.</returns>
    MemoryRecord Insert(MemoryRecord memory);

    /// <summary>Writes everything but the content, which never changes: kind, tags, importance, state, confidence, times.</summary>
    /// <param name="memory">The memory as it shall be.</param>
    /// <returns>The memory with its new sequence number.</returns>
    MemoryRecord Update(MemoryRecord memory);

    /// <summary>Keeps the vector of a memory's statement, in place of an earlier one of the same model.</summary>
    /// <param name="id">The memory.</param>
    /// <param name="model">What made it: vectors of two models are never compared.</param>
    /// <param name="vector">The vector.</param>
    /// <param name="isChange">Whether it counts as a change of the memory, so that the indexes in memory learn of it; not for a model that none of them holds.</param>
    void SetVector(MemoryId id, string model, StoredVector vector, bool isChange = true);

    /// <summary>Removes the vectors of every model but these from the memories of this namespace.</summary>
    /// <param name="models">The models whose vectors stay.</param>
    void RemoveVectorsExcept(IReadOnlyCollection<string> models);

    /// <summary>Begins to keep an index, so that the next process need not read every memory.</summary>
    /// <param name="model">The model of its vectors.</param>
    /// <param name="build">The build of this server.</param>
    /// <param name="sequence">How far it sees, as a place in the order of changes.</param>
    /// <returns>Its number; <see langword="null"/> when something was forgotten of which it does not know.</returns>
    long? BeginIndex(string model, string build, long sequence);

    /// <summary>Adds a part to an index that is being kept.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="section">Which section the part belongs to.</param>
    /// <param name="data">Its bytes.</param>
    /// <returns>Whether it goes on: not when something was forgotten meanwhile, or another process keeps a newer one.</returns>
    bool AddIndexPart(long index, int section, ReadOnlyMemory<byte> data);

    /// <summary>Ends the keeping of an index: from now on it is read.</summary>
    /// <param name="index">Its number.</param>
    /// <returns>Whether it is still there.</returns>
    bool CompleteIndex(long index);

    /// <summary>Removes one part of the indexes of a model that were kept; from then on none is read.</summary>
    /// <param name="model">The model of their vectors.</param>
    /// <returns>Whether there may be more.</returns>
    bool RemoveIndexPart(string model);

    /// <summary>Empties content, tags, source, session, evidence and what the journal says of memories; the ids remain, forgotten.</summary>
    /// <param name="ids">The memories.</param>
    void Erase(IReadOnlyCollection<MemoryId> ids);

    /// <summary>Takes back a memory that a run made (only undo does that): as <see cref="Erase"/>, but what it said others say still.</summary>
    /// <param name="id">The memory.</param>
    void Retract(MemoryId id);

    /// <summary>Adds a row to a memory's ledger.</summary>
    /// <param name="id">The memory.</param>
    /// <param name="evidence">The row.</param>
    void AddEvidence(MemoryId id, Evidence evidence);

    /// <summary>
    /// Takes a row out of a memory's ledger that a run added, because the run is undone or both statements turned out to be true; nothing happens
    /// when there is none such.
    /// </summary>
    /// <param name="id">The memory.</param>
    /// <param name="evidence">The row.</param>
    void RemoveEvidence(MemoryId id, Evidence evidence);

    /// <summary>Notes what is known of two memories together; nothing happens when it is noted already.</summary>
    /// <param name="mark">What is known.</param>
    void AddPairMark(PairMark mark);

    /// <summary>Takes back what was noted of two memories.</summary>
    /// <param name="first">One of them.</param>
    /// <param name="second">The other one.</param>
    /// <param name="kind">What was noted.</param>
    void RemovePairMark(MemoryId first, MemoryId second, PairMarkKind kind);

    /// <summary>Keeps a plan without units yet, and of the older ones of the namespace only the latest.</summary>
    /// <param name="plan">The plan; its name must be new in the whole store.</param>
    /// <param name="kept">How many plans stay, this one included.</param>
    void AddPlan(ConsolidationPlan plan, int kept);

    /// <summary>Adds a unit to a plan. Of its members only those that exist can be noted.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="unit">The unit.</param>
    void AddPlanUnit(RunId plan, PlanUnit unit);

    /// <summary>Keeps a recall that was answered, in place of an earlier one of the same words, and of the older ones only the latest.</summary>
    /// <param name="query">The recall.</param>
    /// <param name="kept">How many stay, this one included.</param>
    void RememberQuery(RememberedQuery query, int kept);

    /// <summary>Adds a link of lineage; nothing happens when it exists.</summary>
    /// <param name="link">The link.</param>
    /// <returns>Whether it is new.</returns>
    bool AddLink(Link link);

    /// <summary>Gives a memory a new sequence number: something that belongs to it changed, and whoever goes by the order of changes looks at it again.</summary>
    /// <param name="id">The memory.</param>
    void Touch(MemoryId id);

    /// <summary>Takes a link of lineage away again (only undo does that).</summary>
    /// <param name="from">Where it begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="kind">Its kind.</param>
    void RemoveLink(MemoryId from, MemoryId to, LinkKind kind);

    /// <summary>Notes that memories were recalled. Changes no memory and no sequence number.</summary>
    /// <param name="uses">For each memory how many times more, and when last.</param>
    void AddRecallUses(IReadOnlyDictionary<MemoryId, RecallUse> uses);

    /// <summary>Adds a run. Its name must be new in the whole store.</summary>
    /// <param name="run">The run.</param>
    void AddRun(Run run);

    /// <summary>Notes what became of a run that was added before: its state, holder, counts, outcome and how far it saw.</summary>
    /// <param name="run">The run.</param>
    void SaveRun(Run run);

    /// <summary>Marks the runs of this namespace that are still 'running' as interrupted. Only for the holder of the lease.</summary>
    void InterruptRunningRuns();

    /// <summary>Adds a line to the journal of a run.</summary>
    /// <param name="entry">The line.</param>
    void AddJournal(JournalEntry entry);

    /// <summary>Notes that what a unit of a run did to some of its memories was put back.</summary>
    /// <param name="run">The run.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="memories">The memories; <see langword="null"/> for all of the unit.</param>
    void MarkUndone(RunId run, int unit, IReadOnlyCollection<MemoryId>? memories = null);

    /// <summary>Who holds a lease at this moment, or <see langword="null"/>: read inside the transaction, it guards what is written with it.</summary>
    /// <param name="name">What is leased.</param>
    string? LeaseHolder(string name);

    /// <summary>Whether a memory of any namespace has this id: ids are unique in the whole store.</summary>
    /// <param name="id">The id.</param>
    bool IsTaken(MemoryId id);

    /// <summary>Whether a run of any namespace has this name: names of runs are unique in the whole store.</summary>
    /// <param name="id">The name.</param>
    bool IsTaken(RunId id);
}
