using System.Collections.Concurrent;
using Memory.Core.Storage;

namespace Memory.Core.Operations;

/// <summary>
/// How often each word occurs in a sample of a namespace: its most active memories, and every text that is looked up here afterwards.
/// It only guides which words to search by. Exact counts would cost a search for each word that is new, and most texts have one.
/// </summary>
internal sealed class WordSample
{
    private const int SampledMemories = 200;
    private const int MaxWords = 50_000;

    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    private WordSample()
    {
    }

    /// <summary>Takes the sample.</summary>
    public static WordSample Of(IMemoryReader reader)
    {
        var sample = new WordSample();
        foreach (var memory in reader.RecentlyUsed(new MemoryFilter(), SampledMemories))
        {
            sample.Add(LexicalQuery.Parse(memory.Content));
        }

        return sample;
    }

    /// <summary>Counts the words of one more text.</summary>
    public void Add(LexicalQuery text)
    {
        if (_counts.Count > MaxWords)
        {
            _counts.Clear();
        }

        foreach (var word in text.Words)
        {
            _counts.AddOrUpdate(word, 1, static (_, count) => count + 1);
        }
    }

    /// <summary>The words from the rarest to the commonest; of words that were never seen the longest first, since rare words are long.</summary>
    public IEnumerable<string> RarestFirst(IEnumerable<string> words) =>
        words.OrderBy(w => _counts.GetValueOrDefault(w)).ThenByDescending(static w => w.Length);
}
