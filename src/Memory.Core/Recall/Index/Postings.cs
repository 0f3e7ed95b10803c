namespace Memory.Core.Recall.Index;

/// <summary>For each term the entries that hold it, in their order, and how often each does.</summary>
internal sealed class Postings
{
    // A list of its own for each term to which something was added; the others lie side by side as they were kept.
    private readonly List<GrowingList?> _lists = [];
    private readonly List<int> _keptEnds = [];
    private int[] _keptEntries = [];
    private byte[] _keptCounts = [];

    /// <summary>Tells of an occurrence that will be added, so that its list is made as long as it will be. Entries come in rising order.</summary>
    public void Expect(int term, int entry) => ListOf(term).Expect(entry);

    /// <summary>Notes one occurrence. Entries come in rising order.</summary>
    public void Add(int term, int entry) => ListOf(term).Add(entry);

    /// <summary>Notes one occurrence of an entry that others may have followed since.</summary>
    public void Insert(int term, int entry) => ListOf(term).Insert(entry);

    /// <summary>Takes one occurrence back.</summary>
    public void Remove(int term, int entry) => ListOf(term).Remove(entry);

    /// <summary>The entries of a term.</summary>
    public PostingList Of(int term) => term >= 0 && term < _lists.Count && _lists[term] is { } list ? list.View : Kept(term);

    /// <summary>Makes room for what was kept, before anything is added.</summary>
    /// <param name="terms">How many lists there are.</param>
    /// <param name="occurrences">How long they are together.</param>
    public void Reserve(int terms, int occurrences)
    {
        _keptEnds.EnsureCapacity(terms);
        _keptEntries = GC.AllocateUninitializedArray<int>(occurrences);
        _keptCounts = GC.AllocateUninitializedArray<byte>(occurrences);
        ResidentPages.Populate<int>(_keptEntries);
        ResidentPages.Populate<byte>(_keptCounts);
    }

    /// <summary>Reads the lists of the next terms.</summary>
    public void Read(PartReader part)
    {
        var begin = _keptEnds.Count == 0 ? 0 : _keptEnds[^1];
        var lists = new int[part.ReadCount<int>()];
        part.Read(lists.AsSpan());
        foreach (var count in lists)
        {
            _keptEnds.Add((_keptEnds.Count == 0 ? 0 : _keptEnds[^1]) + count);
        }

        part.Read(_keptEntries.AsSpan(begin.._keptEnds[^1]));
        part.Read(_keptCounts.AsSpan(begin.._keptEnds[^1]));
    }

    private PostingList Kept(int term)
    {
        if (term < 0 || term >= _keptEnds.Count)
        {
            return default;
        }

        var begin = term == 0 ? 0 : _keptEnds[term - 1];
        return new PostingList(_keptEntries, _keptCounts, begin, _keptEnds[term] - begin);
    }

    private GrowingList ListOf(int term)
    {
        while (_lists.Count <= term)
        {
            _lists.Add(null);
        }

        return _lists[term] ??= new GrowingList(Kept(term));
    }

    /// <summary>Entries and counts side by side, as they are until something is added.</summary>
    internal readonly struct PostingList(int[] entries, byte[] counts, int at, int count)
    {
        /// <summary>In how many entries the term occurs.</summary>
        public int Count => count;

        public ReadOnlySpan<int> Entries => entries.AsSpan(at, count);

        /// <summary>How often it occurs in each, up to 255.</summary>
        public ReadOnlySpan<byte> Counts => counts.AsSpan(at, count);
    }

    private sealed class GrowingList
    {
        private int[] _entries;
        private byte[] _counts;
        private int _count;
        private int _expected;
        private int _lastExpected = -1;

        public GrowingList(PostingList kept) => (_entries, _counts, _count, _expected) = (kept.Entries.ToArray(), kept.Counts.ToArray(), kept.Count, kept.Count);

        public PostingList View => new(_entries, _counts, 0, _count);

        public void Expect(int entry)
        {
            _expected += entry == _lastExpected ? 0 : 1;
            _lastExpected = entry;
        }

        public void Add(int entry)
        {
            if (_count > 0 && _entries[_count - 1] == entry)
            {
                Increase(_count - 1);
            }
            else
            {
                Put(_count, entry);
            }
        }

        public void Insert(int entry)
        {
            var place = View.Entries.BinarySearch(entry);
            if (place >= 0)
            {
                Increase(place);
            }
            else
            {
                Put(~place, entry);
            }
        }

        public void Remove(int entry)
        {
            var place = View.Entries.BinarySearch(entry);
            if (place >= 0 && --_counts[place] == 0)
            {
                _count--;
                _entries.AsSpan(place + 1, _count - place).CopyTo(_entries.AsSpan(place));
                _counts.AsSpan(place + 1, _count - place).CopyTo(_counts.AsSpan(place));
            }
        }

        private void Increase(int place) => _counts[place] += (byte)(_counts[place] < byte.MaxValue ? 1 : 0);

        private void Put(int place, int entry)
        {
            if (_count == _entries.Length)
            {
                // Most terms occur once; the common ones grow by half.
                var capacity = Math.Max(_expected, _count < 4 ? _count + 2 : _count + (_count / 2));
                Array.Resize(ref _entries, capacity);
                Array.Resize(ref _counts, capacity);
            }

            _entries.AsSpan(place, _count - place).CopyTo(_entries.AsSpan(place + 1));
            _counts.AsSpan(place, _count - place).CopyTo(_counts.AsSpan(place + 1));
            (_entries[place], _counts[place]) = (entry, 1);
            _count++;
        }
    }
}
