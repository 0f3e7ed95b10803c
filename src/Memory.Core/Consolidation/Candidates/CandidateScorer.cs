using Memory.Core.Memories;
using Memory.Core.Recall.Index;

namespace Memory.Core.Consolidation.Candidates;

/// <summary>
/// Finds the entries of an index that are most like one of them: neighbours by vector, and what shares a rare word or named thing.
/// However common its words and however long its text, it looks at a bounded number of entries beyond the vectors.
/// </summary>
internal sealed class CandidateScorer(ConsolidationOptions options, Func<ulong, bool> isLeftOut)
{
    private const int RareWords = 8;
    private const int ChangeWords = 4;

    // Those that share the rarest word come first.
    private const int MaxConsidered = 256;
    private const int MaxConsideredOfChange = 4_096;
    private const int ChangeMentions = 2_000;
    private const float WordsShare = 0.9f;

    // The stems by which a statement says that something has changed: what it closes need not be much like it.
    private static readonly string[] ChangeStems = [.. new[]
    {
        "moved", "moves", "switched", "switches", "replaced", "replaces", "instead", "longer", "now", "became", "stopped", "quit", "left", "joined",
        "migrated", "upgraded", "changed", "renamed", "sold", "ended", "cancelled", "postponed", "anymore", "former", "formerly", "used",
    }.Select(PorterStemmer.Stem).Distinct()];

    private readonly List<(int Entry, float Likeness)> _found = [];
    private readonly int[] _near = new int[NeighbourCells.MaxCompared];
    private readonly float[] _cosines = new float[NeighbourCells.MaxCompared];
    private int[] _seen = [];
    private int[] _inQuery = [];
    private int[] _inOther = [];
    private float[] _rarity = [];
    private float _ownWeight;
    private int _turn;
    private int _otherTurn;

    /// <summary>The most alike, at most as many as the options allow.</summary>
    /// <param name="index">The index.</param>
    /// <param name="query">The entry.</param>
    /// <param name="companions">Entries that speak of the same rarely named thing.</param>
    /// <param name="cells">Where neighbours are looked for; among all entries when left out.</param>
    public IReadOnlyList<(int Entry, float Likeness)> Find(NamespaceIndex index, int query, IEnumerable<int> companions, NeighbourCells? cells)
    {
        Begin(index, query);
        foreach (var entry in companions.Take(MaxConsidered).Concat(SharingWords(index, query)))
        {
            Consider(index, query, entry);
        }

        Neighbours(index, query, cells);
        _found.Sort(static (a, b) => a.Likeness != b.Likeness ? b.Likeness.CompareTo(a.Likeness) : a.Entry.CompareTo(b.Entry));
        return [.. _found.Take(options.CandidatesPerMemory)];
    }

    private void Begin(NamespaceIndex index, int query)
    {
        _turn++;
        _found.Clear();
        Grow(ref _seen, index.Count);
        Grow(ref _inQuery, index.Vocabulary.Count);
        Grow(ref _inOther, index.Vocabulary.Count);
        Grow(ref _rarity, index.Vocabulary.Count);
        _seen[query] = _turn;
        foreach (var word in index.WordsOf(query))
        {
            _inQuery[index.Vocabulary.TermOf(word)] = _turn;
        }

        _ownWeight = WeightOf(index, query).All;
    }

    private bool TellsOfChange(NamespaceIndex index) => ChangeStems.Any(s => index.Vocabulary.FindTerm(s) is >= 0 and var term && _inQuery[term] == _turn);

    private IEnumerable<int> SharingWords(NamespaceIndex index, int query)
    {
        var rareMentions = options.RareMentions;
        var terms = new HashSet<int>();
        foreach (var word in index.WordsOf(query))
        {
            terms.Add(index.Vocabulary.TermOf(word));
        }

        var byRarity = terms.Select(t => (Term: t, Count: index.Postings.Of(t).Count)).Where(static t => t.Count > 1).OrderBy(static t => t.Count).ThenBy(static t => t.Term).ToArray();
        var changes = TellsOfChange(index);
        var (words, mentions) = changes ? (ChangeWords, ChangeMentions) : (0, 0);
        return byRarity.Where((t, i) => (i < RareWords && t.Count <= rareMentions) || (i < words && t.Count <= mentions)).SelectMany(t => index.Postings.Of(t.Term).Entries.ToArray())
            .Take(changes ? MaxConsideredOfChange : MaxConsidered);
    }

    private void Consider(NamespaceIndex index, int query, int entry)
    {
        if (_seen[entry] == _turn)
        {
            return;
        }

        _seen[entry] = _turn;
        if (IsWanted(index, entry) && Math.Max(index.Vectors.Cosine(query, entry), WordsShare * SharedWords(index, entry)) is var likeness
            && likeness >= options.SharedCosine)
        {
            _found.Add((entry, likeness));
        }
    }

    private void Neighbours(NamespaceIndex index, int query, NeighbourCells? cells)
    {
        if (!index.Vectors.Has(query))
        {
            return;
        }

        var best = new PriorityQueue<int, float>(options.CandidatesPerMemory + 1);
        var least = (float)(TellsOfChange(index) ? options.SharedCosine : options.CandidateCosine);
        var count = cells?.Near(index, query, _near, _cosines) ?? index.Count;
        for (var i = 0; i < count; i++)
        {
            var entry = cells is null ? i : _near[i];
            if ((cells is null ? index.Vectors.Cosine(query, entry) : _cosines[i]) is var cosine && cosine >= least && _seen[entry] != _turn && IsWanted(index, entry))
            {
                best.Enqueue(entry, cosine);
                if (best.Count > options.CandidatesPerMemory)
                {
                    best.Dequeue();
                    best.TryPeek(out _, out least);
                }
            }
        }

        while (best.TryDequeue(out var entry, out var cosine))
        {
            _found.Add((entry, cosine));
        }
    }

    private bool IsWanted(NamespaceIndex index, int entry) => index.Entries[entry].State == MemoryState.Active && !isLeftOut(index.Entries[entry].Id);

    // The weight of the words that both hold, relative to the weight of the shorter one's.
    private float SharedWords(NamespaceIndex index, int entry)
    {
        var (shared, all) = WeightOf(index, entry);
        return shared / Math.Max(1e-6f, Math.Min(_ownWeight, all));
    }

    // Of the words of an entry, each once: those of the query, and all.
    private (float Shared, float All) WeightOf(NamespaceIndex index, int entry)
    {
        _otherTurn++;
        float shared = 0, all = 0;
        foreach (var word in index.WordsOf(entry))
        {
            var term = index.Vocabulary.TermOf(word);
            if (_inOther[term] != _otherTurn)
            {
                _inOther[term] = _otherTurn;
                var weight = Rarity(index, term);
                all += weight;
                shared += _inQuery[term] == _turn ? weight : 0;
            }
        }

        return (shared, all);
    }

    // Kept for the whole search: what is stored meanwhile hardly changes it.
    private float Rarity(NamespaceIndex index, int term)
    {
        if (_rarity[term] == 0)
        {
            _rarity[term] = MathF.Log(1 + ((float)index.Count / Math.Max(1, index.Postings.Of(term).Count)));
        }

        return _rarity[term];
    }

    private static void Grow<T>(ref T[] array, int length)
    {
        if (array.Length < length)
        {
            Array.Resize(ref array, length + (length / 4) + 16);
        }
    }
}
