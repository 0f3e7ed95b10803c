using Memory.Core.Memories;
using Memory.Core.Recall.Index;

namespace Memory.Core.Recall;

/// <summary>
/// Turns a query into hashes of its words, and back where a namespace knows them: a query can be asked again although nowhere is written what it was.
/// </summary>
internal static class RememberedWords
{
    private const int MaxWords = 64;

    /// <summary>What is kept of a recall that was answered.</summary>
    public static RememberedQuery Of(RecallRequest request, RecallResult result, RecallOptions options, DateTimeOffset at) => new(
        Hashes(request.Query), [.. result.Memories.Take(options.RememberedResults).Select(static m => Folding.Hash(m.Memory.Id.Value))], at);

    /// <summary>The hashes of the words of a query, in order.</summary>
    public static IReadOnlyList<long> Hashes(string query)
    {
        var hashes = new List<long>();
        Span<char> buffer = stackalloc char[WordScanner.MaxLength];
        var scanner = new WordScanner(query, buffer);
        while (hashes.Count < MaxWords && scanner.Next())
        {
            hashes.Add(Folding.Hash(scanner.Word.ToString()));
        }

        return hashes;
    }

    /// <summary>The words with these hashes that occur in the memories of an index, in the given order.</summary>
    public static string Text(NamespaceIndex index, IReadOnlyList<long> hashes)
    {
        var wanted = hashes.ToHashSet();
        var words = new Dictionary<long, string>();
        for (var word = 0; word < index.Vocabulary.Count; word++)
        {
            var text = index.Vocabulary.TextOf(word);
            if (Folding.Hash(text) is var hash && wanted.Contains(hash))
            {
                words[hash] = text;
            }
        }

        return string.Join(' ', hashes.Where(words.ContainsKey).Select(h => words[h]));
    }
}
