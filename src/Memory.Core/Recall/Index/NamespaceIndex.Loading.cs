using System.Runtime.InteropServices;
using Memory.Core.Storage;

namespace Memory.Core.Recall.Index;

/// <content>How an index comes about from what an <see cref="IndexImage"/> kept.</content>
internal sealed partial class NamespaceIndex
{
    /// <summary>
    /// Which build this is. What is kept follows from how this code reads texts and lays out what it read: another build reads the memories anew.
    /// </summary>
    public static string Build { get; } = typeof(NamespaceIndex).Module.ModuleVersionId.ToString("N");

    /// <summary>The index of the reader's namespace as it was kept; it sees as far as <see cref="Sequence"/>.</summary>
    /// <param name="reader">A reader of the namespace.</param>
    /// <param name="model">The model whose vectors are wanted, as the store names it.</param>
    /// <param name="dimensions">The numbers of one of its vectors.</param>
    /// <returns>The index; <see langword="null"/> when none was kept, or when it is damaged.</returns>
    public static NamespaceIndex? Load(IMemoryReader reader, string model, int dimensions) => Load(visit => reader.VisitIndexParts(model, Build, visit), dimensions);

    /// <summary>The index of parts that were kept.</summary>
    /// <param name="parts">Shows them, and tells how far the index saw; <see langword="null"/> when it is none or damaged.</param>
    /// <param name="dimensions">The numbers of a vector.</param>
    public static NamespaceIndex? Load(Func<IndexPartVisitor, long?> parts, int dimensions)
    {
        var index = new NamespaceIndex(dimensions);
        var sizes = default(IndexSizes);
        try
        {
            var sequence = parts((section, data) =>
            {
                var part = new PartReader(data);
                index.Load((IndexSection)section, part, ref sizes);
                part.RequireEnd();
            });
            if (sequence is null)
            {
                return null;
            }

            index.Sequence = sequence.Value;
            return index;
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            // Numbers that fit nothing were read before their checksum was. The memories themselves are there; the doctor tells of it, and it is kept anew.
            return null;
        }
    }

    private void Load(IndexSection section, PartReader part, ref IndexSizes sizes)
    {
        switch (section)
        {
            case IndexSection.Sizes:
                sizes = part.Read<IndexSizes>();
                break;
            case IndexSection.Words:
                // The sizes are known to be sound now.
                MakeRoom(sizes);
                Vocabulary.Read(part);
                break;
            case IndexSection.Tags:
                while (part.HasMore)
                {
                    _tagOf.Add(part.ReadText(), _tagOf.Count);
                }

                break;
            case IndexSection.Sessions:
                while (part.HasMore)
                {
                    _sessionOf.Add(part.ReadText(), _sessionOf.Count);
                    _sessions.Add(new IndexSession());
                }

                break;
            case IndexSection.Entries:
                LoadEntries(part);
                break;
            case IndexSection.Vectors:
                Vectors.Read(part);
                break;
            case IndexSection.Postings:
                Postings.Read(part);
                break;
        }
    }

    private void MakeRoom(IndexSizes sizes)
    {
        Vectors.Reserve(sizes.Entries);
        Reserve(_entries, sizes.Entries);
        Reserve(_words, sizes.Words);
        Postings.Reserve(sizes.Terms, sizes.Occurrences);
        _entryOf.Reserve(sizes.Entries);
    }

    private void LoadEntries(PartReader part)
    {
        var entries = Append<IndexEntry>(_entries, part.ReadCount<IndexEntry>());
        var (wordsAt, tagsAt, first) = (_words.Count, _tags.Count, _entries.Count - entries.Length);
        part.Read(entries);
        part.Read(Append<int>(_words, part.ReadCount<int>()));
        part.Read(Append<int>(_tags, part.ReadCount<int>()));
        for (var i = 0; i < entries.Length; i++)
        {
            ref var entry = ref entries[i];
            (entry.WordsAt, entry.TagsAt) = (wordsAt, tagsAt);
            (wordsAt, tagsAt) = (wordsAt + entry.WordCount, tagsAt + entry.TagCount);
            _totalLength += entry.Length;
            if (entry.Session >= 0)
            {
                entry.Position = _sessions[entry.Session].Add(first + i, entry.IsTurn);
            }
        }

        _entryOf.Add(Entries, first);
    }

    private static void Reserve<T>(List<T> list, int count)
        where T : unmanaged
    {
        CollectionsMarshal.SetCount(list, count);
        ResidentPages.Populate(CollectionsMarshal.AsSpan(list));
        CollectionsMarshal.SetCount(list, 0);
    }

    private static Span<T> Append<T>(List<T> list, int count)
    {
        CollectionsMarshal.SetCount(list, list.Count + count);
        return CollectionsMarshal.AsSpan(list)[^count..];
    }
}
