using System.Globalization;
using System.Runtime.InteropServices;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Recall.Index;

/// <summary>
/// Everything that recall asks of one namespace's memories, in memory: postings of their words, their vectors, their sessions and what filters ask for.
/// It holds no text but the vocabulary. Entries are only added; what changes in a memory later changes in its entry.
/// Many may read at once, nobody while <see cref="CatchUp"/> runs.
/// </summary>
internal sealed partial class NamespaceIndex(int dimensions)
{
    // For fewer it does not pay to wake another thread.
    private const int ReadOnOneThread = 2_000;

    private readonly EntryTable _entryOf = new();
    private readonly List<IndexEntry> _entries = [];
    private readonly List<int> _words = [];
    private readonly List<int> _tags = [];
    private readonly Dictionary<string, int> _tagOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _sessionOf = new(StringComparer.Ordinal);
    private readonly List<IndexSession> _sessions = [];
    private WordVector?[] _wordVectors = [];
    private long _totalLength;
    private long _lastDay = long.MinValue;
    private int[] _dayTerms = [];

    /// <summary>The last change that is in here.</summary>
    public long Sequence { get; private set; }

    /// <summary>How often the day of an entry changed.</summary>
    public int MovedDays { get; private set; }

    public int Count => _entries.Count;

    public ReadOnlySpan<IndexEntry> Entries => CollectionsMarshal.AsSpan(_entries);

    public Vocabulary Vocabulary { get; } = new();

    public Postings Postings { get; } = new();

    public VectorColumn Vectors { get; } = new(dimensions);

    /// <summary>The mean number of words of a text, at least 1.</summary>
    public double AverageLength => Math.Max(1, (double)_totalLength / Math.Max(1, _entries.Count));

    /// <summary>Reads what changed in the store since the last time.</summary>
    /// <param name="reader">A reader of this namespace.</param>
    /// <param name="model">The model whose vectors are wanted, as the store names it.</param>
    public void CatchUp(IMemoryReader reader, string model)
    {
        var expected = _entries.Count == 0 ? reader.Count() : 0;
        // Else each growth would copy what is there, and leave it to the collector.
        _entries.EnsureCapacity(expected);
        Add(visit => reader.VisitIndexRows(Sequence, model, visit), expected > ReadOnOneThread);
    }

    /// <summary>Takes rows in.</summary>
    /// <param name="rows">Shows them, those of new memories in the order they were stored, and tells the place of the last change among them.</param>
    /// <param name="areMany">Whether another thread helps.</param>
    public void Add(Func<IndexRowVisitor, long> rows, bool areMany = false)
    {
        var known = _entries.Count;
        using var reading = new TextReading(Vocabulary, _words, areMany);
        try
        {
            Sequence = Math.Max(Sequence, rows((in row) => Take(row, reading)));
        }
        finally
        {
            // Of what was read before a failure too: it is not read again.
            Complete(known, reading.Finish());
        }

        if (_wordVectors.Length < Vocabulary.Count)
        {
            Array.Resize(ref _wordVectors, Vocabulary.Count + (Vocabulary.Count / 4));
        }
    }

    /// <summary>The entry of a memory, or -1.</summary>
    public int Find(MemoryId id) => _entryOf.Find(Entries, id.Bits);

    /// <summary>The number of a tag, or -1.</summary>
    public int FindTag(string tag) => _tagOf.GetValueOrDefault(tag, -1);

    /// <summary>The words of an entry that say something of its subject, in their order.</summary>
    public ReadOnlySpan<int> WordsOf(int entry) => CollectionsMarshal.AsSpan(_words).Slice(_entries[entry].WordsAt, _entries[entry].WordCount);

    /// <summary>The numbers of an entry's tags.</summary>
    public ReadOnlySpan<int> TagsOf(in IndexEntry entry) => CollectionsMarshal.AsSpan(_tags).Slice(entry.TagsAt, entry.TagCount);

    /// <summary>The tags in the order of their numbers.</summary>
    public string[] TagNames() => [.. _tagOf.OrderBy(static t => t.Value).Select(static t => t.Key)];

    /// <summary>The names of sessions in the order of their numbers.</summary>
    public string[] SessionNames() => [.. _sessionOf.OrderBy(static s => s.Value).Select(static s => s.Key)];

    /// <summary>The session of an entry, or <see langword="null"/>.</summary>
    public IndexSession? SessionOf(int entry) => _entries[entry].Session is >= 0 and var session ? _sessions[session] : null;

    /// <summary>The vector that was kept with a word, or <see langword="null"/>.</summary>
    public WordVector? VectorOfWord(int word) => word < _wordVectors.Length ? Volatile.Read(ref _wordVectors[word]) : null;

    /// <summary>The number of a day: the same for all times of it, before 1970 too.</summary>
    public static long DayOf(long when) => DateTimeOffset.FromUnixTimeMilliseconds(when).Ticks / TimeSpan.TicksPerDay;

    /// <summary>The words by which a day is named.</summary>
    /// <param name="when">A time of that day.</param>
    public static string[] DayWords(long when) =>
        DateTimeOffset.FromUnixTimeMilliseconds(when).ToString("d MMMM yyyy", CultureInfo.InvariantCulture).ToLowerInvariant().Split(' ');

    /// <summary>Keeps the vector of a word. Many may do so at once: all keep the same.</summary>
    public WordVector Keep(int word, WordVector vector)
    {
        // Grown while catching up only; a word that came since is looked up again.
        if (word < _wordVectors.Length)
        {
            Volatile.Write(ref _wordVectors[word], vector);
        }

        return vector;
    }

    private void Take(in IndexRow row, TextReading reading)
    {
        var number = _entryOf.Find(Entries, row.Id.Bits);
        if (number < 0)
        {
            reading.Add(row.Content);
            number = Append(row);
        }
        else if (row.State == MemoryState.Forgotten)
        {
            Forget(number);
        }
        else if (_entries[number].When != row.When)
        {
            MoveDay(number, row.When);
        }

        ref var entry = ref CollectionsMarshal.AsSpan(_entries)[number];
        entry.State = row.State;
        entry.Kind = row.Kind;
        entry.Confidence = row.Confidence;
        entry.Importance = row.Importance;
        entry.When = row.When;
        entry.EndedAt = row.EndedAt;
        SetTags(ref entry, row.Tags);
        Vectors.Set(number, row.Scale, row.Vector);
    }

    private int Append(in IndexRow row)
    {
        var number = _entries.Count;
        var entry = new IndexEntry { Id = row.Id.Bits, CreatedAt = row.CreatedAt, Session = -1 };
        if (row.Session.Length > 0)
        {
            ref var session = ref CollectionsMarshal.GetValueRefOrAddDefault(_sessionOf, row.Session, out var known);
            if (!known)
            {
                session = _sessions.Count;
                _sessions.Add(new IndexSession());
            }

            entry.Session = session;
        }

        _entries.Add(entry);
        _entryOf.Add(Entries, number);
        return number;
    }

    // What the texts of new entries say: their words, and their places in conversations.
    private void Complete(int from, ReadOnlySpan<TextWords> texts)
    {
        var entries = CollectionsMarshal.AsSpan(_entries)[from..];
        for (var i = 0; i < entries.Length; i++)
        {
            ref var entry = ref entries[i];
            (entry.WordsAt, entry.WordCount, entry.Length, entry.IsTurn) = texts[i];
            _totalLength += entry.Length;
            if (entry.Session >= 0)
            {
                entry.Position = _sessions[entry.Session].Add(from + i, entry.IsTurn);
            }

            foreach (var word in WordsOf(from + i))
            {
                Postings.Expect(Vocabulary.TermOf(word), from + i);
            }
        }

        for (var i = 0; i < entries.Length; i++)
        {
            foreach (var word in WordsOf(from + i))
            {
                Postings.Add(Vocabulary.TermOf(word), from + i);
            }

            // Nobody asks for the day of what is forgotten.
            foreach (var term in entries[i].State == MemoryState.Forgotten ? [] : DayTerms(entries[i].When))
            {
                Postings.Add(term, from + i);
            }
        }
    }

    // As if it were read only now, when nothing is left of it.
    private void Forget(int number)
    {
        ref var entry = ref CollectionsMarshal.AsSpan(_entries)[number];
        if (entry.State == MemoryState.Forgotten)
        {
            return;
        }

        foreach (var word in WordsOf(number))
        {
            Postings.Remove(Vocabulary.TermOf(word), number);
        }

        foreach (var term in DayTerms(entry.When))
        {
            Postings.Remove(term, number);
        }

        _totalLength -= entry.Length;
        (entry.WordCount, entry.Length, entry.IsTurn, entry.Session, entry.Position) = (0, 0, false, -1, 0);
    }

    private void MoveDay(int entry, long when)
    {
        MovedDays++;
        foreach (var term in DayTerms(_entries[entry].When))
        {
            Postings.Remove(term, entry);
        }

        foreach (var term in DayTerms(when))
        {
            Postings.Insert(term, entry);
        }
    }

    // A question names a day in words: what happened on it is found by them too.
    private int[] DayTerms(long when)
    {
        var day = DayOf(when);
        if (day != _lastDay)
        {
            _lastDay = day;
            _dayTerms = [.. DayWords(when).Select(word => Vocabulary.TermOf(Vocabulary.Add(word)))];
        }

        return _dayTerms;
    }

    private void SetTags(ref IndexEntry entry, IReadOnlyList<string> tags)
    {
        var numbers = tags.Count <= MemoryRecord.MaxTags ? stackalloc int[tags.Count] : new int[tags.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_tagOf, tags[i], out var known);
            if (!known)
            {
                number = _tagOf.Count - 1;
            }

            numbers[i] = number;
        }

        // They seldom change; those that an entry had before stay in the list unused.
        if (!numbers.SequenceEqual(TagsOf(entry)))
        {
            (entry.TagsAt, entry.TagCount) = (_tags.Count, (ushort)numbers.Length);
            _tags.AddRange(numbers);
        }
    }
}
