using System.Runtime.InteropServices;
using Memory.Core.Memories;

namespace Memory.Core.Recall.Index;

/// <summary>
/// What of an index is kept, part by part. Between two parts the index may go on: what changes then comes again with the changes after
/// <see cref="Sequence"/>. What is forgotten is left out, and with it every word, tag and session that nobody else has.
/// The index must not change while this is made, nor while a part is.
/// </summary>
internal sealed class IndexImage
{
    private const int PartBytes = 1 << 20;
    private const int EntriesOfPart = 8192;

    private readonly NamespaceIndex _index;
    private readonly int _entries;
    private readonly int _movedDays;
    private readonly string[] _tagNames;
    private readonly string[] _sessionNames;
    private readonly Renumbering _words;
    private readonly Renumbering _terms;
    private readonly Renumbering _tags;
    private readonly Renumbering _sessions;

    public IndexImage(NamespaceIndex index)
    {
        (_index, _entries, _movedDays, Sequence) = (index, index.Count, index.MovedDays, index.Sequence);
        (_tagNames, _sessionNames) = (index.TagNames(), index.SessionNames());
        _words = new Renumbering(index.Vocabulary.Count);
        _terms = new Renumbering(index.Vocabulary.TermCount);
        _tags = new Renumbering(_tagNames.Length);
        _sessions = new Renumbering(_sessionNames.Length);
        Use();
    }

    /// <summary>How far it sees, as a place in the order of changes.</summary>
    public long Sequence { get; }

    /// <summary>Whether the parts fit together: not when an entry got another day, by which it is found, after its part was written.</summary>
    public bool IsConsistent => _index.MovedDays == _movedDays;

    /// <summary>Writes one part after the other, each in place of the one before.</summary>
    public IEnumerable<IndexSection> Parts(PartWriter part) =>
        Sizes(part)
            .Concat(Words(part))
            .Concat(Texts(part, IndexSection.Tags, _tags, _tagNames))
            .Concat(Texts(part, IndexSection.Sessions, _sessions, _sessionNames))
            .Concat(Entries(part))
            .Concat(Vectors(part))
            .Concat(Postings(part));

    private void Use()
    {
        var days = new HashSet<long>();
        for (var i = 0; i < _entries; i++)
        {
            ref readonly var entry = ref _index.Entries[i];
            if (IsForgotten(i))
            {
                continue;
            }

            _words.Use(_index.WordsOf(i));
            _tags.Use(_index.TagsOf(entry));
            if (entry.Session >= 0)
            {
                _sessions.Use(entry.Session);
            }

            if (days.Add(NamespaceIndex.DayOf(entry.When)))
            {
                _words.Use([.. NamespaceIndex.DayWords(entry.When).Select(w => _index.Vocabulary.Find(w))]);
            }
        }

        for (var word = 0; word < _index.Vocabulary.Count; word++)
        {
            // Those that say nothing of a subject tell nothing of what was forgotten.
            if (_words.IsUsed(word) || _index.Vocabulary.IsStop(word))
            {
                _words.Use(word);
                _terms.Use(_index.Vocabulary.TermOf(word));
            }
        }

        foreach (var numbers in (Renumbering[])[_words, _terms, _tags, _sessions])
        {
            numbers.Complete();
        }
    }

    private IEnumerable<IndexSection> Sizes(PartWriter part)
    {
        part.Clear();
        part.Write(new IndexSizes(
            _entries, Enumerable.Range(0, _entries).Sum(i => IsForgotten(i) ? 0 : _index.WordsOf(i).Length), _terms.Used.Count, _terms.Used.Sum(Occurrences)));
        yield return IndexSection.Sizes;
    }

    private IEnumerable<IndexSection> Words(PartWriter part)
    {
        part.Clear();
        _index.Vocabulary.Write(part, _words, _terms);
        yield return IndexSection.Words;
    }

    private static IEnumerable<IndexSection> Texts(PartWriter part, IndexSection section, Renumbering numbers, string[] texts)
    {
        part.Clear();
        foreach (var number in numbers.Used)
        {
            part.Write(texts[number]);
            if (part.Length >= PartBytes)
            {
                yield return section;
                part.Clear();
            }
        }

        if (part.Length > 0)
        {
            yield return section;
        }
    }

    private IEnumerable<IndexSection> Entries(PartWriter part)
    {
        for (var first = 0; first < _entries; first += EntriesOfPart)
        {
            WriteEntries(part, first, Math.Min(EntriesOfPart, _entries - first));
            yield return IndexSection.Entries;
        }
    }

    private void WriteEntries(PartWriter part, int first, int count)
    {
        var entries = _index.Entries.Slice(first, count).ToArray();
        var (words, tags) = (new List<int>(), new List<int>());
        for (var i = 0; i < count; i++)
        {
            ref var entry = ref entries[i];
            // They are found anew, and would tell of gaps.
            var tagsOf = _index.TagsOf(entry);
            (entry.WordsAt, entry.TagsAt, entry.Position) = (0, 0, 0);
            if (IsForgotten(first + i))
            {
                (entry.WordCount, entry.Length, entry.TagCount, entry.Session, entry.IsTurn) = (0, 0, 0, -1, false);
                continue;
            }

            foreach (var word in _index.WordsOf(first + i))
            {
                words.Add(_words[word]);
            }

            // What it was tagged with since comes again.
            var before = tags.Count;
            foreach (var tag in tagsOf)
            {
                if (_tags.IsUsed(tag))
                {
                    tags.Add(_tags[tag]);
                }
            }

            entry.TagCount = (ushort)(tags.Count - before);
            entry.Session = entry.Session < 0 ? -1 : _sessions[entry.Session];
        }

        part.Clear();
        part.Write(count);
        part.Write<IndexEntry>(entries);
        part.Write(words.Count);
        part.Write<int>(CollectionsMarshal.AsSpan(words));
        part.Write(tags.Count);
        part.Write<int>(CollectionsMarshal.AsSpan(tags));
    }

    private IEnumerable<IndexSection> Vectors(PartWriter part)
    {
        for (var block = 0; WriteVectors(part, block); block++)
        {
            yield return IndexSection.Vectors;
        }
    }

    private bool WriteVectors(PartWriter part, int block)
    {
        part.Clear();
        return _index.Vectors.Write(part, block, _entries, IsForgotten);
    }

    private IEnumerable<IndexSection> Postings(PartWriter part)
    {
        var (lists, entries, counts) = (new List<int>(), new List<int>(), new List<byte>());
        foreach (var term in _terms.Used)
        {
            lists.Add(Occurrences(term, entries, counts));
            if (entries.Count * (sizeof(int) + sizeof(byte)) >= PartBytes)
            {
                WritePostings(part, lists, entries, counts);
                yield return IndexSection.Postings;
            }
        }

        if (lists.Count > 0)
        {
            WritePostings(part, lists, entries, counts);
            yield return IndexSection.Postings;
        }
    }

    private int Occurrences(int term) => Occurrences(term, null, null);

    private int Occurrences(int term, List<int>? entries, List<byte>? counts)
    {
        var (list, found) = (_index.Postings.Of(term), 0);
        for (var i = 0; i < list.Count && list.Entries[i] < _entries; i++)
        {
            if (!IsForgotten(list.Entries[i]))
            {
                entries?.Add(list.Entries[i]);
                counts?.Add(list.Counts[i]);
                found++;
            }
        }

        return found;
    }

    private bool IsForgotten(int entry) => _index.Entries[entry].State == MemoryState.Forgotten;

    private static void WritePostings(PartWriter part, List<int> lists, List<int> entries, List<byte> counts)
    {
        part.Clear();
        part.Write(lists.Count);
        part.Write<int>(CollectionsMarshal.AsSpan(lists));
        part.Write<int>(CollectionsMarshal.AsSpan(entries));
        part.Write<byte>(CollectionsMarshal.AsSpan(counts));
        lists.Clear();
        entries.Clear();
        counts.Clear();
    }
}
