using Memory.Core.Confidence;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Recall;

/// <summary>Query to candidates to scores to results.</summary>
internal sealed class Recaller(RecallOptions options, ConfidenceOptions confidence)
{
    public RecallResult Recall(IMemoryReader reader, RecallRequest request, DateTimeOffset now)
    {
        var query = LexicalQuery.Parse(request.Query);
        var wanted = Math.Max(options.MinCandidates, request.Limit * options.CandidatesPerResult);
        var candidates = query.IsEmpty
            ? [.. reader.RecentlyUsed(request.Filter, wanted).Select(static m => new LexicalMatch(m, 0))]
            : reader.Search(query, request.Filter, wanted);
        var best = Rank(reader, candidates, now).Take(request.Limit).ToList();
        var links = reader.LinksOf([.. best.Select(static r => r.Memory.Id)]);
        var note = query.IsEmpty && request.Query.Length > 0 ? "The query holds no word to search for; these are the most active memories." : null;
        return new RecallResult([.. best.Select(r => Describe(reader, r, links, request.Explain))], [], note);
    }

    public Outcome<MemoryDetails> Show(IMemoryReader reader, MemoryId id)
    {
        if (reader.Find(id) is not { } memory)
        {
            return Problem.UnknownMemory(id, reader.Namespace);
        }

        return new MemoryDetails(
            memory,
            reader.LinksOf([id]),
            reader.Ancestors(id),
            ConfidenceCalculation.Of(reader.EvidenceOf([id])[id], memory.Kind, memory.ConfidenceAt, confidence),
            reader.RecallUses([id]).GetValueOrDefault(id));
    }

    private IEnumerable<Ranked> Rank(IMemoryReader reader, IReadOnlyList<LexicalMatch> candidates, DateTimeOffset now)
    {
        if (candidates.Count == 0)
        {
            return [];
        }

        var uses = reader.RecallUses([.. candidates.Select(static c => c.Memory.Id)]);
        var best = candidates.Max(static c => c.Bm25);
        return candidates
            .Select(c => Score(c, best, uses.GetValueOrDefault(c.Memory.Id), now))
            .OrderByDescending(static r => r.Score)
            .ThenByDescending(static r => r.Memory.Sequence);
    }

    private Ranked Score(LexicalMatch candidate, double best, RecallUse use, DateTimeOffset now)
    {
        var memory = candidate.Memory;
        var activation = 1 / (1 + Math.Exp(options.HalfActivation - Activation.BaseLevel(memory.CreatedAt, use, now)));
        var parts = new ScoreParts(best > 0 ? candidate.Bm25 / best : 0, activation, memory.Confidence, memory.Importance);
        var shares = (options.ActivationShare * parts.Activation) + (options.ConfidenceShare * parts.Confidence) + (options.ImportanceShare * parts.Importance);
        var total = options.ActivationShare + options.ConfidenceShare + options.ImportanceShare;

        // Without words only use and worth are left to rank by.
        var score = best > 0 ? parts.Words * (1 - total + shares) : activation;
        return new Ranked(memory, score, parts);
    }

    private RecalledMemory Describe(IMemoryReader reader, Ranked result, IReadOnlyList<Link> links, bool explain)
    {
        var id = result.Memory.Id;
        var lineage = links.Where(l => l.From == id || l.To == id).ToList();
        return explain
            ? new RecalledMemory(result.Memory, result.Score, lineage, result.Parts,
                ConfidenceCalculation.Of(reader.EvidenceOf([id])[id], result.Memory.Kind, result.Memory.ConfidenceAt, confidence))
            : new RecalledMemory(result.Memory, result.Score, lineage);
    }

    private readonly record struct Ranked(MemoryRecord Memory, double Score, ScoreParts Parts);
}
