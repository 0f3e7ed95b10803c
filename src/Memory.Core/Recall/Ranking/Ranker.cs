using System.Numerics.Tensors;
using Memory.Core.Recall.Index;

namespace Memory.Core.Recall.Ranking;

/// <summary>
/// Words, meaning, time and neighbours to one order: a convex combination of scores, each brought to [0, 1] for the query
/// (S. Bruch et al., "An analysis of fusion functions for hybrid retrieval", <i>TOIS</i> 42(1), 2023: better than fusing ranks).
/// </summary>
internal sealed class Ranker(RecallOptions options, WordVectors? words)
{
    private const float Wanted = 1;
    private const float Merged = 2;

    private static readonly HashSet<int> EmptySet = [];

    /// <summary>The best entries, best first; those that were merged among them, for what they live on in.</summary>
    /// <param name="index">The index.</param>
    /// <param name="query">What is wanted.</param>
    /// <param name="also">An entry that is ranked however bad it is, if it passes the filter.</param>
    public IReadOnlyList<Candidate> Rank(NamespaceIndex index, RankedQuery query, int? also = null)
    {
        using var lexical = new Scores(index.Count);
        using var semantic = new Scores(index.Count);
        using var passing = new Scores(index.Count);
        using var fused = new Scores(index.Count);
        ScorePassing(index, query, passing.Values);
        ScoreWords(index, query, passing.Values, lexical);
        var nearest = ScoreMeaning(index, query, lexical.Values, passing.Values, semantic);
        Fuse(index, query, lexical.Values, semantic.Values, passing.Values, fused.Values);

        var best = Best(fused.Values, passing.Values, Wanted, options.Candidates);
        if (also is { } wanted && passing.Values[wanted] > 0 && !best.Contains(wanted))
        {
            best.Add(wanted);
        }

        // Who holds the phrase that must match is an answer, whatever its words score: the phrase may be a piece of a word.
        foreach (var entry in query.Only ?? EmptySet)
        {
            if (passing.Values[entry] > 0 && fused.Values[entry] <= 0 && best.Count < options.Candidates && !best.Contains(entry))
            {
                best.Add(entry);
            }
        }

        if (query.Merged is not null)
        {
            // Beside the others, so that of a memory with thousands of wordings only the best take room.
            best.AddRange(Best(fused.Values, passing.Values, Merged, options.MergedCandidates));
        }

        var wordMeaning = words is null ? new float[best.Count] : WordMeaning.Score(index, query.Terms, best, words, options.WordMeaningFloor, (float)options.ImpliedShare);
        var relevance = new Dictionary<int, float>(best.Count);
        var placeOf = new Dictionary<int, int>(best.Count);
        for (var i = 0; i < best.Count; i++)
        {
            placeOf[best[i]] = i;
            relevance[best[i]] = ((1 - options.WordMeaningShare) * fused.Values[best[i]]) + (options.WordMeaningShare * wordMeaning[i]);
        }

        var result = new List<Candidate>(best.Count * 2);
        foreach (var entry in WithNeighbours(index, best, passing.Values))
        {
            var own = Own(entry, relevance, fused.Values);
            var lent = Lent(index, entry, relevance, fused.Values, passing.Values);
            var place = placeOf.GetValueOrDefault(entry, -1);
            result.Add(new Candidate
            {
                Entry = entry,
                Words = lexical.Values[entry],
                Meaning = semantic.Values[entry],
                Cosine = semantic.Values[entry] * nearest,
                WordMeaning = place >= 0 ? wordMeaning[place] : 0,
                Neighbours = lent,
                Time = Time(index.Entries[entry].When, query.Times),
                Relevance = own + lent,
            });
        }

        result.Sort(Candidate.ByRelevance);
        return result;
    }

    private static void ScorePassing(NamespaceIndex index, RankedQuery query, Span<float> passing)
    {
        var entries = index.Entries;
        for (var entry = 0; entry < entries.Length; entry++)
        {
            passing[entry] = query.Only?.Contains(entry) == false ? 0 : query.Filter.Passes(entries[entry]) ? Wanted : query.Merged?.Passes(entries[entry]) == true ? Merged : 0;
        }
    }

    // BM25: S. Robertson and H. Zaragoza, "The probabilistic relevance framework: BM25 and beyond", 2009.
    private void ScoreWords(NamespaceIndex index, RankedQuery query, ReadOnlySpan<float> passing, Scores scores)
    {
        var entries = index.Entries;
        var average = index.AverageLength;
        foreach (var term in query.Terms)
        {
            var postings = index.Postings.Of(term.Term);
            var weight = (float)(term.Weight * term.Rarity * (options.Bm25K1 + 1));
            for (var i = 0; i < postings.Count; i++)
            {
                var entry = postings.Entries[i];
                if (passing[entry] > 0)
                {
                    var count = postings.Counts[i];
                    var length = (float)(options.Bm25K1 * (1 - options.Bm25B + (options.Bm25B * entries[entry].Length / average)));
                    scores.Values[entry] += weight * count / (count + length);
                }
            }

            if (term.ImpliedBy >= 0)
            {
                ScoreImplied(index, term.ImpliedBy, postings, weight * (float)options.ImpliedShare, passing, scores);
            }
        }

        foreach (var (entry, score) in query.Literal)
        {
            scores.Values[entry] += passing[entry] > 0 ? score : 0;
        }

        scores.Stretch();
    }

    // As if a word stood once in each entry that has what implies it, and not the word itself. Both lists are in rising order; one stem has several words.
    private void ScoreImplied(NamespaceIndex index, int word, Postings.PostingList holding, float weight, ReadOnlySpan<float> passing, Scores scores)
    {
        var implying = index.Postings.Of(index.Vocabulary.TermOf(word));
        var at = 0;
        for (var i = 0; i < implying.Count; i++)
        {
            var entry = implying.Entries[i];
            while (at < holding.Count && holding.Entries[at] < entry)
            {
                at++;
            }

            if (passing[entry] > 0 && (at == holding.Count || holding.Entries[at] != entry) && index.WordsOf(entry).Contains(word))
            {
                scores.Values[entry] += weight / (1 + (float)(options.Bm25K1 * (1 - options.Bm25B + (options.Bm25B * index.Entries[entry].Length / index.AverageLength))));
            }
        }
    }

    // Against the nearest, not between the farthest and the nearest: of two texts that are equally near neither is far.
    private static float ScoreMeaning(NamespaceIndex index, RankedQuery query, ReadOnlySpan<float> lexical, ReadOnlySpan<float> passing, Scores scores)
    {
        if (query.Vector.Scale <= 0)
        {
            return 0;
        }

        var all = index.Vectors.Cosines(query.Vector.Values.Span, query.Vector.Scale, passing, scores.Values);
        var nearest = scores.Stretch();

        // Whoever has no vector yet is judged by words alone, and not as if it meant something else.
        for (var entry = 0; !all && entry < passing.Length; entry++)
        {
            if (passing[entry] > 0 && !index.Vectors.Has(entry))
            {
                scores.Values[entry] = lexical[entry];
            }
        }

        return nearest;
    }

    private void Fuse(
        NamespaceIndex index, RankedQuery query, ReadOnlySpan<float> lexical, ReadOnlySpan<float> semantic, ReadOnlySpan<float> passing, Span<float> fused)
    {
        // What does not pass has neither score.
        var meaning = query.Vector.Scale > 0 ? options.MeaningShare : 0;
        TensorPrimitives.Multiply(lexical, 1 - meaning, fused);
        TensorPrimitives.MultiplyAdd(semantic, meaning, fused, fused);
        for (var entry = 0; query.Times.Count > 0 && entry < fused.Length; entry++)
        {
            if (passing[entry] > 0)
            {
                fused[entry] += options.TimeShare * Time(index.Entries[entry].When, query.Times);
            }
        }
    }

    private static float Time(long when, IReadOnlyList<TimeWindow> times)
    {
        var best = 0f;
        foreach (var window in times)
        {
            best = when >= window.From && when < window.To ? Math.Max(best, window.Weight) : best;
        }

        return best;
    }

    // The largest, in no order: a heap of which the root is the least.
    private static List<int> Best(ReadOnlySpan<float> scores, ReadOnlySpan<float> passing, float kind, int count)
    {
        var heap = new PriorityQueue<int, float>(count + 1);
        var least = 0f;
        for (var entry = 0; entry < scores.Length; entry++)
        {
            if (scores[entry] <= least || passing[entry] != kind)
            {
                continue;
            }

            heap.Enqueue(entry, scores[entry]);
            if (heap.Count > count)
            {
                heap.Dequeue();
                heap.TryPeek(out _, out least);
            }
        }

        return [.. heap.UnorderedItems.Select(static i => i.Element)];
    }

    private static HashSet<int> WithNeighbours(NamespaceIndex index, List<int> entries, ReadOnlySpan<float> passing)
    {
        var result = entries.ToHashSet();
        foreach (var entry in entries)
        {
            if (index.SessionOf(entry) is { } session)
            {
                for (var distance = -2; distance <= 2; distance++)
                {
                    var other = session.At(index.Entries[entry].Position + distance);
                    if (other >= 0 && passing[other] == Wanted)
                    {
                        result.Add(other);
                    }
                }
            }
        }

        return result;
    }

    // What was merged stands for another, and lends to nobody.
    private float OfNeighbour(int entry, Dictionary<int, float> relevance, ReadOnlySpan<float> fused, ReadOnlySpan<float> passing) =>
        entry >= 0 && passing[entry] == Wanted ? Own(entry, relevance, fused) : 0;

    private float Own(int entry, Dictionary<int, float> relevance, ReadOnlySpan<float> fused) =>
        relevance.TryGetValue(entry, out var known) ? known : (1 - options.WordMeaningShare) * fused[entry];

    // In a conversation the answer stands beside the question, not in it; in a list of notes the next one is about something else.
    private float Lent(NamespaceIndex index, int entry, Dictionary<int, float> relevance, ReadOnlySpan<float> fused, ReadOnlySpan<float> passing)
    {
        if (index.SessionOf(entry) is not { } session)
        {
            return 0;
        }

        var at = index.Entries[entry].Position;
        var beside = Math.Max(OfNeighbour(session.At(at - 1), relevance, fused, passing), OfNeighbour(session.At(at + 1), relevance, fused, passing));
        var next = Math.Max(OfNeighbour(session.At(at - 2), relevance, fused, passing), OfNeighbour(session.At(at + 2), relevance, fused, passing));
        var talk = options.TalkOf(session.TurnShare);
        var share = options.NotesNeighbourFactor + ((1 - options.NotesNeighbourFactor) * talk);
        return (float)share * ((options.NeighbourShare * beside) + (options.SecondNeighbourShare * next));
    }
}
