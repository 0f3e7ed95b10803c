using Memory.Core.Memories;
using Memory.Core.Recall.Index;
using Memory.Core.Storage;

namespace Memory.Core.Recall;

/// <summary>Finds the memories that hold phrases as they stand, but for case and white space.</summary>
internal static class Phrases
{
    // A phrase of common words only may be in every memory; so many texts are read at most.
    private const int MaxRead = 5_000;

    /// <summary>The entries that hold every phrase.</summary>
    public static HashSet<int> Holding(NamespaceIndex index, IMemoryReader reader, IndexFilter filter, IReadOnlyList<string> phrases)
    {
        var entries = phrases.Select(p => Candidates(index, filter, p)).Aggregate(static (a, b) => [.. a.Intersect(b)]);
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

    // Who holds the phrase holds its words: only those texts are read.
    private static HashSet<int> Candidates(NamespaceIndex index, IndexFilter filter, string phrase)
    {
        HashSet<int>? entries = null;
        Span<char> buffer = stackalloc char[WordScanner.MaxLength];
        var scanner = new WordScanner(phrase, buffer);
        while (scanner.Next())
        {
            var word = index.Vocabulary.Find(scanner.Word);
            if (Vocabulary.IsStopWord(scanner.Word) || word < 0)
            {
                // The phrase may end within a word, which the vocabulary then does not know.
                continue;
            }

            var holding = index.Postings.Of(index.Vocabulary[word].Term).Entries.ToArray();
            entries = entries is null ? [.. holding] : [.. entries.Intersect(holding)];
        }

        entries ??= [.. Enumerable.Range(0, index.Count)];
        entries.RemoveWhere(e => !filter.Passes(index.Entries[e]));
        return entries;
    }
}
