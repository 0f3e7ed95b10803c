using Memory.Core.Memories;
using Memory.Core.Recall.Index;
using Memory.Core.Storage;

namespace Memory.Core.Recall;

/// <summary>Finds the memories that hold phrases as they stand, but for case and white space.</summary>
internal static class Phrases
{
    // A phrase of common words only may be in every memory; so many texts are read at most.
    private const int MaxRead = 5_000;

    // So many are looked for by their words; who holds those is read, and must hold the others too.
    private const int MaxLookedFor = 8;

    /// <summary>The entries that hold every phrase.</summary>
    /// <param name="index">The index.</param>
    /// <param name="reader">A reader of the same namespace.</param>
    /// <param name="filter">Which entries are wanted.</param>
    /// <param name="phrases">The phrases, at least one.</param>
    public static HashSet<int> Holding(NamespaceIndex index, IMemoryReader reader, IndexFilter filter, IReadOnlyList<string> phrases)
    {
        var entries = phrases.OrderByDescending(static p => p.Length).Take(MaxLookedFor)
            .Select(p => Candidates(index, reader, filter, p)).Aggregate(static (a, b) => [.. a.Intersect(b)]);
        var folded = phrases.Select(Folding.Identity).ToArray();
        var found = new HashSet<int>();
        foreach (var chunk in entries.OrderDescending().Take(MaxRead).Chunk(500))
        {
            foreach (var memory in reader.FindMany([.. chunk.Select(e => MemoryId.FromBits(index.Entries[e].Id))]))
            {
                var text = Folding.Identity(memory.Content);
                if (Array.TrueForAll(folded, p => text.Contains(p, StringComparison.Ordinal)))
                {
                    found.Add(index.Find(memory.Id));
                }
            }
        }

        return found;
    }

    // Who holds the phrase holds its words: only those texts are read. Its first and its last word may be a piece of a longer one.
    private static HashSet<int> Candidates(NamespaceIndex index, IMemoryReader reader, IndexFilter filter, string phrase)
    {
        var words = Words(phrase);
        HashSet<int>? entries = words.Exists(static w => !LexicalQuery.IsStopWord(w)) ? null : Unindexed(index, reader, phrase, words);
        for (var i = 0; i < words.Count; i++)
        {
            if (Holding(index, words[i], isFirst: i == 0, isLast: i == words.Count - 1) is { } holding)
            {
                entries = entries is null ? holding : [.. entries.Intersect(holding)];
            }
        }

        entries ??= [.. Enumerable.Range(0, index.Count)];
        entries.RemoveWhere(e => !filter.Passes(index.Entries[e]));
        return entries;
    }

    // The index knows nothing of such words; the store has them, and reads for signs alone.
    private static HashSet<int> Unindexed(NamespaceIndex index, IMemoryReader reader, string phrase, List<string> words)
    {
        var anywhere = new MemoryFilter { States = [] };

        // The first and the last may be pieces of longer words: those between them are whole.
        var whole = string.Join(' ', words.Skip(1).SkipLast(1));
        var found = words.Count == 0 ? reader.Containing(phrase, anywhere, MaxRead)
            : whole.Length > 0 ? reader.Search(LexicalQuery.Parse(whole), anywhere, MaxRead, TermMatch.All).Select(static m => m.Memory.Id)
            : null;
        return found is null ? [.. Enumerable.Range(0, index.Count)] : [.. found.Select(index.Find).Where(static e => e >= 0)];
    }

    // Null when the word says nothing of who holds it.
    private static HashSet<int>? Holding(NamespaceIndex index, string word, bool isFirst, bool isLast)
    {
        if (LexicalQuery.IsStopWord(word) || word.Length == WordScanner.MaxLength)
        {
            return null;
        }

        var entries = new HashSet<int>();
        for (var i = 0; i < index.Vocabulary.Count; i++)
        {
            var known = index.Vocabulary.TextOf(i);
            var holds = (isFirst, isLast) switch
            {
                (true, true) => known.Contains(word, StringComparison.Ordinal),
                (true, false) => known.EndsWith(word, StringComparison.Ordinal),
                (false, true) => known.StartsWith(word, StringComparison.Ordinal),
                _ => known == word,
            };
            if (holds && index.Vocabulary.IsStop(i))
            {
                return null;
            }

            if (holds)
            {
                entries.UnionWith(index.Postings.Of(index.Vocabulary.TermOf(i)).Entries.ToArray());
            }
        }

        return entries;
    }

    // In lower case first: written likeThis, the parts are no words of a memory that writes it likethis. Not folded further: the index has 'straße' as it stands.
    private static List<string> Words(string phrase)
    {
        var words = new List<string>();
        Span<char> buffer = stackalloc char[WordScanner.MaxLength];
        var scanner = new WordScanner(phrase.ToLowerInvariant(), buffer);
        while (scanner.Next())
        {
            words.Add(scanner.Word.ToString());
        }

        return words;
    }
}
