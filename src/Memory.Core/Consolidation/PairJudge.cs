using System.Runtime.InteropServices;
using Memory.Core.Consolidation.Pairs;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Consolidation;

/// <summary>A memory and what it is compared by.</summary>
/// <param name="Record">The memory.</param>
/// <param name="Statement">What it is compared by.</param>
internal sealed record JudgedMemory(MemoryRecord Record, PairStatement Statement);

/// <summary>
/// Judges pairs for one run: keeps what memories are compared by, and what the owner said of pairs, which outweighs every judgement.
/// </summary>
/// <param name="decision">Decides.</param>
internal sealed class PairJudge(PairDecision decision)
{
    // About 10 KB each; a full run goes through memories in order, so that most are asked for again soon or never.
    private const int MaxKept = 8_192;

    private readonly Dictionary<MemoryId, JudgedMemory> _kept = [];
    private readonly Dictionary<(ulong, ulong), PairMarkKind> _marks = [];

    /// <summary>Why rules only decide; <see langword="null"/> when a model does.</summary>
    public string? RulesOnlyBecause => decision.RulesOnlyBecause;

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
        var missing = ids.Where(id => !_kept.ContainsKey(id)).Distinct().ToArray();
        if (_kept.Count + missing.Length > MaxKept)
        {
            _kept.Clear();
            missing = [.. ids.Distinct()];
        }

        if (missing.Length > 0)
        {
            var records = await store.ReadAsync(ns, reader => (reader.FindMany(missing), reader.PairMarksOf(missing)), cancellationToken);
            foreach (var record in records.Item1)
            {
                _kept[record.Id] = new JudgedMemory(record, decision.Read(record));
            }

            Note(records.Item2);
        }

        return ids.Distinct().Where(_kept.ContainsKey).ToDictionary(static id => id, id => _kept[id]);
    }

    /// <summary>Takes what is known of pairs into account.</summary>
    public void Note(IEnumerable<PairMark> marks)
    {
        foreach (var mark in marks.Where(static m => m.Kind != PairMarkKind.Contested))
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_marks, Key(mark.First, mark.Second), out var exists);
            // Of what was said of a pair, that they are not the same weighs most: it prevents.
            known = exists && known == PairMarkKind.NotDuplicate ? known : mark.Kind;
        }
    }

    /// <summary>Whether the owner said that two memories do not say the same.</summary>
    public bool AreSeparate(MemoryId one, MemoryId other) => _marks.GetValueOrDefault(Key(one, other), PairMarkKind.Contested) == PairMarkKind.NotDuplicate;

    /// <summary>Decides about two memories.</summary>
    public PairVerdict Decide(JudgedMemory one, JudgedMemory other)
    {
        var mark = _marks.GetValueOrDefault(Key(one.Record.Id, other.Record.Id), PairMarkKind.Contested);
        if (mark == PairMarkKind.Duplicate && one.Record.Kind == other.Record.Kind)
        {
            return new PairVerdict(PairRelation.Duplicate, 1, PairOrder.Neither, "somebody said that they say the same");
        }

        var verdict = decision.Decide(one.Statement, other.Statement);
        var refused = (mark == PairMarkKind.NotDuplicate && verdict.Relation is PairRelation.Duplicate or PairRelation.Contains)
            || (mark == PairMarkKind.NotContradiction && verdict.Relation == PairRelation.Contradicts);
        return refused ? new PairVerdict(PairRelation.Related, 1, PairOrder.Neither, "somebody said otherwise") : verdict;
    }

    /// <summary>Decides about a memory and a sentence of another.</summary>
    public PairVerdict Decide(JudgedMemory one, string sentence, JudgedMemory of) =>
        decision.Decide(one.Statement, decision.Read(sentence, of.Record.Kind, of.Record.CreatedAt, of.Record.OccurredAt));

    /// <summary>What a text is compared by.</summary>
    public PairStatement Read(MemoryRecord memory) => decision.Read(memory);
}
