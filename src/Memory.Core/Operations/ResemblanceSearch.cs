using System.Collections.Concurrent;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Operations;

/// <summary>Finds the memories that closely resemble a statement.</summary>
internal sealed class ResemblanceSearch
{
    // The rarest words are the most telling ones. Of a text that shares three words in five, one in twenty shares none in one half of eight.
    private const int ProbeWords = 8;
    private const int ProbeMatches = 24;
    private const int MaxNamespaces = 16;

    private readonly ConcurrentDictionary<Namespace, WordSample> _samples = [];

    /// <summary>Up to one more than <see cref="Resemblance.MaxCount"/>, most alike first: the statement itself may be among them.</summary>
    public IReadOnlyList<Resemblance> Find(IMemoryReader reader, string content)
    {
        var words = LexicalQuery.Parse(content);
        if (words.IsEmpty)
        {
            return [];
        }

        var sample = SampleOf(reader);
        var probe = LexicalQuery.Of([.. sample.RarestFirst(words.Words).Take(ProbeWords)], [.. words.UnspacedTerms.Take(ProbeWords)]);
        sample.Add(words);
        return [.. reader.NewestWithEachHalf(probe, ProbeMatches)
            .Select(s => new Resemblance(s.Id, s.Content, Dice(words, LexicalQuery.Parse(s.Content))))
            .Where(static r => r.Similarity >= Resemblance.Threshold)
            .OrderByDescending(static r => r.Similarity)
            .Take(Resemblance.MaxCount + 1)];
    }

    private WordSample SampleOf(IMemoryReader reader)
    {
        if (_samples.TryGetValue(reader.Namespace, out var known))
        {
            return known;
        }

        if (_samples.Count >= MaxNamespaces)
        {
            _samples.Clear();
        }

        return _samples.GetOrAdd(reader.Namespace, static (_, r) => WordSample.Of(r), reader);
    }

    private static double Dice(LexicalQuery a, LexicalQuery b)
    {
        var (left, right) = (a.AllTerms.ToHashSet(StringComparer.Ordinal), b.AllTerms.ToHashSet(StringComparer.Ordinal));
        var shared = left.Count(right.Contains);
        return 2.0 * shared / (left.Count + right.Count);
    }
}
