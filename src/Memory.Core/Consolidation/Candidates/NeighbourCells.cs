using System.Runtime.InteropServices;
using Memory.Core.Recall.Index;

namespace Memory.Core.Consolidation.Candidates;

/// <summary>
/// The vectors of an index by the nearest of some of them, so that the neighbours of one are looked for among a few cells and not among all
/// (an inverted file: Sivic and Zisserman, <i>Video Google</i>, 2003). What is the centre of a cell depends on ids only: the next run finds the same.
/// </summary>
internal sealed class NeighbourCells
{
    /// <summary>How many cells are looked into.</summary>
    private const int Probes = 8;

    /// <summary>How many entries are compared at most: a cell of thousands is a list of one template.</summary>
    public const int MaxCompared = 2_048;

    private const int FewestCells = 16;
    private const int MostCells = 1_024;

    private readonly int[] _centres;
    private readonly Cell[] _cells;
    private readonly int[] _cellOf;

    /// <summary>Chooses the centres.</summary>
    public NeighbourCells(NamespaceIndex index)
    {
        var withVector = Enumerable.Range(0, index.Count).Where(index.Vectors.Has).ToArray();
        var cells = Math.Clamp((int)Math.Sqrt(withVector.Length), FewestCells, MostCells);
        _centres = [.. withVector.OrderBy(e => Mixed(index.Entries[e].Id)).Take(cells)];
        _cells = [.. _centres.Select(static _ => new Cell())];
        _cellOf = new int[index.Count];
    }

    /// <summary>Puts entries into their cells.</summary>
    public void Add(NamespaceIndex index, IEnumerable<int> entries)
    {
        foreach (var entry in entries.Where(index.Vectors.Has))
        {
            var (best, nearest) = (-2f, 0);
            for (var i = 0; i < _centres.Length; i++)
            {
                if (index.Vectors.Cosine(entry, _centres[i]) is var cosine && cosine > best)
                {
                    (best, nearest) = (cosine, i);
                }
            }

            _cells[nearest].Add(entry, index.Vectors.Of(entry), index.Vectors.ScaleOf(entry));
            _cellOf[entry] = nearest;
        }
    }

    /// <summary>The cell of an entry; of one without a vector, or newer than the cells, the first.</summary>
    public int CellOf(int entry) => entry < _cellOf.Length ? _cellOf[entry] : 0;

    /// <summary>The entries of the cells nearest to an entry, the nearest cell first, and how near each is.</summary>
    /// <param name="index">The index.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="near">Takes the entries; as long as <see cref="MaxCompared"/>.</param>
    /// <param name="cosines">Takes their cosines; as long.</param>
    /// <returns>How many there are.</returns>
    public int Near(NamespaceIndex index, int entry, Span<int> near, Span<float> cosines)
    {
        Span<float> best = stackalloc float[Probes];
        Span<int> nearest = stackalloc int[Probes];
        nearest.Clear();
        best.Fill(-2);
        for (var i = 0; i < _centres.Length; i++)
        {
            var cosine = index.Vectors.Cosine(entry, _centres[i]);
            if (cosine <= best[Probes - 1])
            {
                continue;
            }

            var place = Probes - 1;
            for (; place > 0 && best[place - 1] < cosine; place--)
            {
                (best[place], nearest[place]) = (best[place - 1], nearest[place - 1]);
            }

            (best[place], nearest[place]) = (cosine, i);
        }

        var count = 0;
        for (var i = 0; i < Math.Min(Probes, _centres.Length); i++)
        {
            count += _cells[nearest[i]].Compare(index.Vectors.Of(entry), index.Vectors.ScaleOf(entry), near[count..], cosines[count..]);
        }

        return count;
    }

    // Ids are random already, but of what is stored in order the low bits need not be.
    private static ulong Mixed(ulong id) => (id ^ (id >> 31)) * 0x9E3779B97F4A7C15;

    // The vectors one behind the other: read in the order they lie in memory they cost a tenth.
    private sealed class Cell
    {
        private readonly List<int> _entries = [];
        private readonly List<float> _scales = [];
        private readonly List<sbyte> _vectors = [];

        public void Add(int entry, ReadOnlySpan<sbyte> vector, float scale)
        {
            _entries.Add(entry);
            _scales.Add(scale);
            _vectors.AddRange(vector);
        }

        public int Compare(ReadOnlySpan<sbyte> query, float scale, Span<int> entries, Span<float> cosines)
        {
            var count = Math.Min(_entries.Count, entries.Length);
            var vectors = CollectionsMarshal.AsSpan(_vectors);
            for (var i = 0; i < count; i++)
            {
                entries[i] = _entries[i];
                cosines[i] = Int8Dot.Of(query, vectors.Slice(i * query.Length, query.Length)) * _scales[i] * scale;
            }

            return count;
        }
    }
}
