using Memory.Core.Consolidation.Pairs;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Consolidation;

/// <summary>A memory and what it is compared by.</summary>
/// <param name="Record">The memory.</param>
/// <param name="Statement">What it is compared by.</param>
internal sealed record JudgedMemory(MemoryRecord Record, PairStatement Statement)
{
    /// <summary>Of the statements that it holds, its own and those merged into it, those of which somebody said something.</summary>
    public IReadOnlyCollection<long> Told { get; init; } = [];
}

/// <summary>
/// Judges pairs for one run: keeps what memories are compared by, and what the owner said of pairs, which outweighs every judgement.
/// </summary>
/// <param name="word">What the owner said of pairs.</param>
/// <param name="quick">Decides without what costs milliseconds.</param>
/// <param name="careful">Decides with all there is, or tells why that cannot be; made when it is first asked. Left out, the other decides alone.</param>
internal sealed class PairJudge(OwnersWord word, PairDecision quick, Lazy<Outcome<PairDecision>>? careful = null)
{
    // Two generations of them, about 10 KB each; pairs come ordered so that a memory is asked for again soon or never.
    private const int MaxKept = 16_384;

    private bool _isQuick;
    private Dictionary<MemoryId, JudgedMemory> _kept = [];
    private Dictionary<MemoryId, JudgedMemory> _older = [];

    /// <summary>Why rules only decide; <see langword="null"/> when a model does.</summary>
    public string? RulesOnlyBecause => quick.RulesOnlyBecause;

    /// <summary>Why the model decides by words only although texts would be read; <see langword="null"/> when they are, there is no model, or nothing was judged.</summary>
    public string? WordsOnlyBecause =>
        RulesOnlyBecause is null && IsCareful && careful is { IsValueCreated: true } && careful.Value.Problem is { } problem ? $"Texts were compared by their words only: {problem.Message}" : null;

    /// <summary>Whether pairs are judged with all there is, milliseconds or not; so at first.</summary>
    public bool IsCareful
    {
        get => !_isQuick;
        set => _isQuick = !value;
    }

    /// <summary>A pair in the one order by which it is known.</summary>
    public static (ulong, ulong) Key(MemoryId one, MemoryId other) => (one.Bits, other.Bits) is var (a, b) && a < b ? (a, b) : (other.Bits, one.Bits);

    /// <summary>Reads what the given memories are compared by. Ids that are unknown are absent.</summary>
    /// <param name="store">The store.</param>
    /// <param name="ns">The namespace.</param>
    /// <param name="ids">The memories.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public async Task<IReadOnlyDictionary<MemoryId, JudgedMemory>> ReadAsync(
        IMemoryStore store, Namespace ns, IReadOnlyCollection<MemoryId> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<MemoryId, JudgedMemory>();
        var missing = new List<MemoryId>();
        foreach (var id in ids.Distinct())
        {
            if (_kept.TryGetValue(id, out var kept) || _older.TryGetValue(id, out kept))
            {
                Keep(found, kept);
            }
            else
            {
                missing.Add(id);
            }
        }

        if (missing.Count > 0)
        {
            var (records, merged) = await store.ReadAsync(
                ns, reader => (reader.FindMany(missing), word.IsEmpty ? [] : reader.MergedStatements(missing)), cancellationToken);
            var told = merged.ToLookup(static m => m.Into, static m => m.Statement);
            foreach (var record in records)
            {
                var statement = quick.Read(record);
                Keep(found, new JudgedMemory(record, statement) { Told = [.. told[record.Id].Append(statement.FoldedHash).Where(word.Knows)] });
            }
        }

        return found;
    }

    /// <summary>Whether the owner said that two memories do not say the same.</summary>
    public bool AreSeparate(JudgedMemory one, JudgedMemory other) => word.Of(one.Told, other.Told).AreSame == false;

    /// <summary>Whether the owner said that what folds to one text is not the same.</summary>
    /// <param name="statement">The hash of that text.</param>
    public bool IsSeparate(long statement) => word.Of([statement], [statement]).AreSame == false;

    /// <summary>Decides about two memories.</summary>
    public PairVerdict Decide(JudgedMemory one, JudgedMemory other)
    {
        var said = word.Of(one.Told, other.Told);
        // What was said of a part says nothing of the whole that it was merged into; that two are not the same holds for the whole too.
        if (said.AreSame == true && word.Of([one.Statement.FoldedHash], [other.Statement.FoldedHash]).AreSame == true && one.Record.Kind == other.Record.Kind)
        {
            return new PairVerdict(PairRelation.Duplicate, 1, PairOrder.Neither, "somebody said that they say the same");
        }

        // Most neighbours are of this kind, a list of one template.
        if (AreOfOtherNames(one, other))
        {
            return new PairVerdict(PairRelation.Unrelated, 0.9, PairOrder.Neither, "other names");
        }

        var verdict = Decision.Decide(one.Statement, other.Statement);
        var refused = (said.AreSame == false && verdict.Relation is PairRelation.Duplicate or PairRelation.Contains)
            || (said.CanBothBeTrue && verdict.Relation == PairRelation.Contradicts);
        return refused ? new PairVerdict(PairRelation.Related, 1, PairOrder.Neither, "somebody said otherwise") : verdict;
    }

    /// <summary>Decides about a memory and a sentence of another.</summary>
    public PairVerdict Decide(JudgedMemory one, string sentence, JudgedMemory of) =>
        Decision.Decide(one.Statement, Read(sentence, of.Record));

    /// <summary>Whether a sentence of a memory says all that a sentence of another says.</summary>
    public bool Says(string sentence, MemoryRecord of, string other, MemoryRecord ofOther) => Decision.Says(Read(sentence, of), Read(other, ofOther));

    /// <summary>What a text is compared by.</summary>
    public PairStatement Read(MemoryRecord memory) => quick.Read(memory);

    private PairStatement Read(string sentence, MemoryRecord of) => quick.Read(sentence, of.Kind, of.CreatedAt, of.OccurredAt);

    private PairDecision Decision => !_isQuick && careful is not null && careful.Value.Succeeded ? careful.Value.Value : quick;

    // They have names, and none in common. 'Lives in Oslo' and 'moved to Bergen' have too, and are of one subject: they must begin with their names, or differ
    // in another name or in a value as well. In a large store any names will do, where nothing has changed.
    private bool AreOfOtherNames(JudgedMemory one, JudgedMemory other)
    {
        var (names, others) = (SureNames(one), SureNames(other));
        return names > 0 && others > 0 && !NamesOneOf(one, other) && !NamesOneOf(other, one)
            && ((BeginsWithName(one) && BeginsWithName(other)) || (names > 1 && others > 1) || (HasOwnValue(one, other) && HasOwnValue(other, one))
                || (_isQuick && one.Statement.Change is null && other.Statement.Change is null));
    }

    private static int SureNames(JudgedMemory memory) => memory.Statement.Names.Count(static n => n.IsSure);

    private static bool BeginsWithName(JudgedMemory memory) =>
        memory.Statement.Terms is [var first, ..] && memory.Statement.Names.Any(n => n.IsSure && n.Stems.Contains(first.Stem, StringComparer.Ordinal));

    private static bool HasOwnValue(JudgedMemory memory, JudgedMemory other) => memory.Statement.Values.Any(v => !other.Statement.ValueIndex.Contains(v.Value));

    private static bool NamesOneOf(JudgedMemory one, JudgedMemory other) => other.Statement.Names.Any(n => FactGuard.Holds(one.Statement, n));

    private void Keep(Dictionary<MemoryId, JudgedMemory> found, JudgedMemory memory)
    {
        if (_kept.Count >= MaxKept)
        {
            (_older, _kept) = (_kept, []);
        }

        found[memory.Record.Id] = _kept[memory.Record.Id] = memory;
    }
}
