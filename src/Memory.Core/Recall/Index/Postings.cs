namespace Memory.Core.Recall.Index;

/// <summary>For each term the entries that hold it, in their order, and how often each does.</summary>
internal sealed class Postings
{
    private readonly List<PostingList> _lists = [];

    /// <summary>Tells of an occurrence that will be added, so that its list is made as long as it will be. Entries come in rising order.</summary>
    public void Expect(int term, int entry) => ListOf(term).Expect(entry);

    /// <summary>Notes one occurrence. Entries come in rising order.</summary>
    public void Add(int term, int entry) => ListOf(term).Add(entry);

    /// <summary>Notes one occurrence of an entry that others may have followed since.</summary>
    public void Insert(int term, int entry) => ListOf(term).Insert(entry);

    /// <summary>Takes one occurrence back.</summary>
    public void Remove(int term, int entry) => ListOf(term).Remove(entry);

    /// <summary>The entries of a term.</summary>
    public PostingList Of(int term) => term >= 0 && term < _lists.Count ? _lists[term] : PostingList.Empty;

    private PostingList ListOf(int term)
    {
        while (_lists.Count <= term)
        {
            _lists.Add(new PostingList());
        }

        return _lists[term];
    }

    /// <summary>Entries and counts side by side.</summary>
    internal sealed class PostingList
    {
        private int[] _entries = [];
        private byte[] _counts = [];
        private int _expected;
        private int _lastExpected = -1;

        public static PostingList Empty { get; } = new();

        /// <summary>In how many entries the term occurs.</summary>
        public int Count { get; private set; }

        public ReadOnlySpan<int> Entries => _entries.AsSpan(0, Count);

        /// <summary>How often it occurs in each, up to 255.</summary>
        public ReadOnlySpan<byte> Counts => _counts.AsSpan(0, Count);

        public void Expect(int entry)
        {
            _expected += entry == _lastExpected ? 0 : 1;
            _lastExpected = entry;
        }

        public void Add(int entry)
        {
            if (Count > 0 && _entries[Count - 1] == entry)
            {
                _counts[Count - 1] += (byte)(_counts[Count - 1] < byte.MaxValue ? 1 : 0);
                return;
            }

            Grow();
            _entries[Count] = entry;
            _counts[Count++] = 1;
        }

        public void Insert(int entry)
        {
            var at = Entries.BinarySearch(entry);
            if (at >= 0)
            {
                _counts[at] += (byte)(_counts[at] < byte.MaxValue ? 1 : 0);
                return;
            }

            Grow();
            _entries.AsSpan(~at, Count - ~at).CopyTo(_entries.AsSpan(~at + 1));
            _counts.AsSpan(~at, Count - ~at).CopyTo(_counts.AsSpan(~at + 1));
            (_entries[~at], _counts[~at]) = (entry, 1);
            Count++;
        }

        public void Remove(int entry)
        {
            var at = Entries.BinarySearch(entry);
            if (at >= 0 && --_counts[at] == 0)
            {
                _entries.AsSpan(at + 1, Count - at - 1).CopyTo(_entries.AsSpan(at));
                _counts.AsSpan(at + 1, Count - at - 1).CopyTo(_counts.AsSpan(at));
                Count--;
            }
        }

        private void Grow()
        {
            if (Count == _entries.Length)
            {
                // Most terms occur once; the common ones grow by half.
                var capacity = Math.Max(_expected, Count < 4 ? Count + 2 : Count + (Count / 2));
                Array.Resize(ref _entries, capacity);
                Array.Resize(ref _counts, capacity);
            }
        }
    }
}
