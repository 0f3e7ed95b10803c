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
        var (own, its) = (new TermSet().Take(content), new TermSet());
        var found = new List<Resemblance>();
        foreach (var statement in reader.NewestWithEachHalf(probe, ProbeMatches))
        {
            if (own.Dice(its.Take(statement.Content)) is var similarity and >= Resemblance.Threshold)
            {
                found.Add(new Resemblance(statement.Id, statement.Content, similarity));
            }
        }

        // A stable order: of the equally alike the newest first.
        return [.. found.OrderByDescending(static r => r.Similarity).Take(Resemblance.MaxCount + 1)];
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
}
