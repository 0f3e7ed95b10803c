using Memory.Core.Memories;
using Memory.Core.Recall.Index;

namespace Memory.Core.Consolidation.Candidates;

/// <summary>
/// Finds the pairs worth judging without comparing all with all. Works in short slices, between which the index may be brought up to date:
/// a recall never waits for it longer than milliseconds.
/// </summary>
internal sealed class CandidateSearch
{
    // So many comparisons of vectors take less than a second; more go through cells.
    private const long Affordable = 50_000_000;
    private const int ComparedAtOnce = 500_000;
    private const int EntityMentions = 12;
    private const int MaxAtOnce = 8;

    private readonly RunContext _context;
    private readonly HashSet<ulong> _leftOut;
    private readonly CandidateScorer _scorer;

    /// <summary>Begins.</summary>
    /// <param name="context">The run.</param>
    /// <param name="leftOut">Memories that are never a candidate: others with the same text stand for them.</param>
    public CandidateSearch(RunContext context, HashSet<ulong> leftOut)
    {
        _context = context;
        _leftOut = leftOut;
        _scorer = new CandidateScorer(context.Options, id => _leftOut.Contains(id) || context.HasEnded(id));
    }

    /// <summary>The pairs of the given memories, each at most once, the most alike first; no memory is in more than the options allow.</summary>
    public async Task<IReadOnlyList<CandidatePair>> FindAsync(IReadOnlyList<MemoryId> queries, CancellationToken cancellationToken)
    {
        var found = new Dictionary<(ulong, ulong), CandidatePair>();
        var count = await IndexAsync(static index => index.Count, cancellationToken);
        var cells = (long)count * queries.Count > Affordable ? await CellsAsync(count, cancellationToken) : null;
        var atOnce = cells is null ? Math.Clamp(ComparedAtOnce / Math.Max(1, count), 1, MaxAtOnce) : MaxAtOnce;
        var done = 0;
        foreach (var batch in (cells is null ? queries : await ByCellAsync(queries, cells, cancellationToken)).Chunk(atOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            // The first half of the stage; judging what is found is the second.
            _context.Progress(done, 2 * queries.Count);
            done += batch.Length;
            foreach (var pair in await FindAsync(batch, cells, cancellationToken))
            {
                var key = PairJudge.Key(pair.One, pair.Other);
                if (!found.TryGetValue(key, out var known) || known.Likeness < pair.Likeness)
                {
                    found[key] = pair;
                }
            }
        }

        return Bounded(found.Values);
    }

    private Task<List<CandidatePair>> FindAsync(MemoryId[] queries, NeighbourCells? cells, CancellationToken cancellationToken) =>
        _context.Store.ReadAsync(_context.Namespace, reader =>
        {
            var companions = reader.CompanionsByRareEntity(queries, EntityMentions).ToLookup(static c => c.Of, static c => c.Other);
            var marks = reader.PairMarksOf(queries);
            var pairs = marks.Where(static m => m.Kind == PairMarkKind.Duplicate).Select(static m => new CandidatePair(m.First, m.Second, 1, 0)).ToList();
            _context.Indexes.Read(reader, _context.VectorModel, _context.VectorDimensions, index =>
            {
                foreach (var id in queries)
                {
                    // What a dry run only plans to make is in no index.
                    if (index.Find(id) is >= 0 and var entry)
                    {
                        pairs.AddRange(_scorer.Find(index, entry, companions[id].Select(index.Find).Where(static e => e >= 0), cells)
                            .Select(c => new CandidatePair(id, MemoryId.FromBits(index.Entries[c.Entry].Id), c.Likeness, cells?.CellOf(entry) ?? 0)));
                    }
                }

                return true;
            });
            return pairs;
        }, cancellationToken);

    // One cell after the other: what one query is compared with is then still at hand for the next.
    private Task<MemoryId[]> ByCellAsync(IReadOnlyList<MemoryId> queries, NeighbourCells cells, CancellationToken cancellationToken) =>
        IndexAsync(index => queries.OrderBy(id => cells.CellOf(Math.Max(0, index.Find(id)))).ToArray(), cancellationToken);

    private async Task<NeighbourCells> CellsAsync(int count, CancellationToken cancellationToken)
    {
        var cells = await IndexAsync(static index => new NeighbourCells(index), cancellationToken);
        foreach (var batch in Enumerable.Range(0, count).Chunk(2_000))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await IndexAsync(index =>
            {
                cells.Add(index, batch.Where(e => index.Entries[e].State == MemoryState.Active && !_leftOut.Contains(index.Entries[e].Id)));
                return true;
            }, cancellationToken);
        }

        return cells;
    }

    private Task<T> IndexAsync<T>(Func<NamespaceIndex, T> read, CancellationToken cancellationToken) => _context.Store.ReadAsync(
        _context.Namespace, reader => _context.Indexes.Read(reader, _context.VectorModel, _context.VectorDimensions, read), cancellationToken);

    private CandidatePair[] Bounded(IEnumerable<CandidatePair> pairs)
    {
        var counts = new Dictionary<MemoryId, int>();
        return [.. pairs.OrderByDescending(static p => p.Likeness).ThenBy(p => _context.PlaceOf(p.One)).ThenBy(p => _context.PlaceOf(p.Other)).Where(p =>
        {
            var (one, other) = (counts.GetValueOrDefault(p.One), counts.GetValueOrDefault(p.Other));
            var taken = one < _context.Options.PairsPerMemory && other < _context.Options.PairsPerMemory;
            if (taken)
            {
                (counts[p.One], counts[p.Other]) = (one + 1, other + 1);
            }

            return taken;
        })];
    }
}
