using Memory.Core.Memories;

namespace Memory.Evaluation.World;

/// <summary>A statement, and the memory that took it when it was stored.</summary>
internal sealed record HeldStatement(MemoryId Memory, WorldStatement Statement);

/// <summary>
/// What a store holds at one time, and what that means: by lineage from memories back to the statements, never by their words.
/// </summary>
internal sealed class Holdings
{
    private readonly Dictionary<MemoryId, MemoryRecord> _memories;
    private readonly IReadOnlyDictionary<MemoryId, IReadOnlyList<Evidence>> _evidence;
    private readonly ILookup<MemoryId, Link> _replacedBy;
    private readonly Dictionary<MemoryId, HashSet<Claim>> _own;
    private readonly ILookup<MemoryId, MemoryId> _merged;
    private readonly ILookup<MemoryId, WorldStatement> _held;
    private readonly IReadOnlyList<HeldStatement> _statements;

    /// <param name="memories">Every memory, in any state.</param>
    /// <param name="links">Every link between them.</param>
    /// <param name="evidence">The ledger of each.</param>
    /// <param name="statements">Every statement that was stored.</param>
    public Holdings(
        IReadOnlyList<MemoryRecord> memories,
        IReadOnlyList<Link> links,
        IReadOnlyDictionary<MemoryId, IReadOnlyList<Evidence>> evidence,
        IReadOnlyList<HeldStatement> statements)
    {
        _memories = memories.ToDictionary(static m => m.Id);
        _evidence = evidence;
        _statements = statements;
        _held = statements.ToLookup(static s => s.Memory, static s => s.Statement);
        _replacedBy = links.ToLookup(static l => l.From);
        _own = statements.GroupBy(static s => s.Memory)
            .ToDictionary(static g => g.Key, static g => g.SelectMany(static s => s.Statement.Claims).ToHashSet());
        _merged = _memories.Keys.ToLookup(MergedTarget);
    }

    public IEnumerable<MemoryRecord> Memories => _memories.Values;

    public IEnumerable<MemoryRecord> Active => Memories.Where(static m => m.State == MemoryState.Active);

    public MemoryRecord this[MemoryId id] => _memories[id];

    /// <summary>The memories that took a memory's place.</summary>
    public IEnumerable<MemoryId> ReplacedBy(MemoryId id) => _replacedBy[id].Select(static l => l.To);

    /// <summary>
    /// Memories that live on in one, with it: each group holds two or more, each with what of its claims went there. Of what was divided the others are elsewhere.
    /// </summary>
    public IEnumerable<IReadOnlyList<(MemoryId Id, IReadOnlySet<Claim> Claims)>> Clusters => _merged.Where(static g => g.Skip(1).Any())
        .Select(g => (IReadOnlyList<(MemoryId, IReadOnlySet<Claim>)>)[.. g.Select(id => (id, (IReadOnlySet<Claim>)ClaimsThatReach(g.Key, id)))]);

    /// <summary>What a memory itself says.</summary>
    public IReadOnlySet<Claim> OwnClaims(MemoryId id) => _own.GetValueOrDefault(id) ?? [];

    /// <summary>What a memory says, and what the memories say that were merged into it, directly or not.</summary>
    /// <remarks>Of what was divided the sentences count that went there: their words are in the memory that was made of them.</remarks>
    public IReadOnlySet<Claim> Claims(MemoryId id) => _merged[id].Append(id).Distinct().SelectMany(m => ClaimsThatReach(id, m)).ToHashSet();

    /// <summary>
    /// The statements of which the words, as they were said, are not in their memory or its ledger, or of which the memory is neither active
    /// nor archived nor leads by lineage to one that is.
    /// </summary>
    public IReadOnlyList<WorldStatement> Lost() => [.. _statements.Where(s => !(KeepsWords(s) && IsReachable(s.Memory))).Select(static s => s.Statement)];

    /// <summary>
    /// The memories that differ from those of an earlier time, with what they were, if they were there: every write takes a number, so that no change
    /// is overlooked.
    /// </summary>
    public IReadOnlyList<(MemoryRecord? Before, MemoryRecord Now)> ChangedSince(Holdings earlier) =>
    [
        .. Memories.Select(m => (Before: earlier._memories.GetValueOrDefault(m.Id), Now: m)).Where(static c => c.Before?.Sequence != c.Now.Sequence),
    ];

    private HashSet<Claim> ClaimsThatReach(MemoryId target, MemoryId from)
    {
        var claims = OwnClaims(from).ToHashSet();
        for (var id = from; id != target && _replacedBy[id].FirstOrDefault(static l => l.Kind == LinkKind.MergedInto) is { } link; id = link.To)
        {
            claims.ExceptWith(LeftBehind(id, _memories[link.To]));
        }

        return claims;
    }

    // Of what was divided some sentences went on and the others did not: nor did what others had said that was merged into it.
    private IEnumerable<Claim> LeftBehind(MemoryId divided, MemoryRecord next)
    {
        var parts = _held[divided].SelectMany(static s => s.Parts).ToLookup(p => next.Content.Contains(p.Text, StringComparison.Ordinal), static p => p.Claims);
        return parts.Contains(true) ? parts[false].SelectMany(static c => c).Except(parts[true].SelectMany(static c => c)) : [];
    }

    private bool KeepsWords(HeldStatement held) =>
        _memories.TryGetValue(held.Memory, out var memory)
        && (memory.Content.Contains(held.Statement.Content, StringComparison.Ordinal)
            || _evidence[held.Memory].Any(e => e.Statement == held.Statement.Content));

    private bool IsReachable(MemoryId id)
    {
        var seen = new HashSet<MemoryId>();
        var waiting = new Stack<MemoryId>([id]);
        while (waiting.TryPop(out var next))
        {
            if (!seen.Add(next) || !_memories.TryGetValue(next, out var memory))
            {
                continue;
            }

            if (memory.State is MemoryState.Active or MemoryState.Archived)
            {
                return true;
            }

            foreach (var link in _replacedBy[next])
            {
                waiting.Push(link.To);
            }
        }

        return false;
    }

    private MemoryId MergedTarget(MemoryId id)
    {
        var seen = new HashSet<MemoryId>();
        while (seen.Add(id) && _memories[id].State == MemoryState.Merged && _replacedBy[id].FirstOrDefault(static l => l.Kind == LinkKind.MergedInto) is { } link)
        {
            id = link.To;
        }

        return id;
    }
}
