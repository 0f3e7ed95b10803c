using Memory.Core.Confidence;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Recall.Index;
using Memory.Core.Recall.Ranking;
using Memory.Core.Recall.Time;
using Memory.Core.Storage;

namespace Memory.Core.Recall;

/// <summary>Query to candidates to scores to results.</summary>
internal sealed class Recaller
{
    private const string NoWord = "No memory holds this text as it stands. Words find what is about them; an empty query gives what is most in use.";
    private const int MaxNamed = 8;
    private const string NothingFits = "No memory shares a word with the query or is enough like it; other words may find it.";

    private readonly RecallOptions _options;
    private readonly ConfidenceOptions _confidence;
    private readonly Lazy<Ranker> _ranker;
    private readonly SentenceMeaning _meaning;
    private readonly RecallIndexes _indexes;

    /// <param name="options">The constants of ranking.</param>
    /// <param name="confidence">The constants of confidence.</param>
    /// <param name="embeddings">Has the vectors of single words, and the encoder of sentences.</param>
    /// <param name="indexes">The indexes in memory.</param>
    public Recaller(RecallOptions options, ConfidenceOptions confidence, EmbeddingSource embeddings, RecallIndexes indexes)
    {
        _indexes = indexes;
        _meaning = new SentenceMeaning(embeddings, options);
        _options = options;
        _confidence = confidence;
        _ranker = new Lazy<Ranker>(() => new Ranker(options, embeddings.Table is { } table ? new WordVectors(table) : null));
    }

    public RecallResult Recall(IMemoryReader reader, RecallRequest request, QueryEmbedding embedded, DateTimeOffset now)
    {
        // To be asked about moves nothing: the results are those of the same recall without the question.
        var (ranked, note) = Find(reader, request with { WhyNot = null }, embedded, now);
        if (note is null && !string.IsNullOrWhiteSpace(request.Query) && !ranked.Exists(static r => r.Cut is null))
        {
            // Never silently nothing: who asked shall know whether there is nothing or the query found nothing.
            var any = Find(reader, request with { Query = string.Empty }, embedded with { Vector = default }, now).Ranked.Count > 0;
            note = !any ? null : LexicalQuery.Parse(request.Query).IsEmpty ? NoWord : NothingFits;
        }

        ranked = NewerFirst(reader, request, ranked);
        var best = ranked.Where(static r => r.Cut is null).Take(request.Limit).ToList();
        var links = reader.LinksOf([.. best.Select(static r => r.Memory.Id)]);
        var contests = Contests.Of(reader, [.. best.Select(static r => r.Memory.Id)], request.AsOf);
        if (request.Query.Length > 0 && embedded.Note is { } about)
        {
            note = note is null ? about : $"{note} {about}";
        }

        return new RecallResult(
            [.. best.Select(r => Describe(reader, r, links, request) with { ContestedWith = [.. contests[r.Memory.Id]] })], [], note, WhyNot(reader, request, embedded, now, ranked, best));
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
            ConfidenceCalculation.Of(reader.EvidenceOf([id])[id], memory.Kind, memory.ConfidenceAt, _confidence),
            reader.RecallUses([id]).GetValueOrDefault(id),
            [.. Contests.Of(reader, [id], asOf: null)[id]]);
    }

    /// <summary>Makes ready what a first recall would wait for: the table and the index of a namespace.</summary>
    /// <returns>How many memories the index holds.</returns>
    public int WarmUp(IMemoryReader reader, QueryEmbedding embedded)
    {
        _ = _ranker.Value;
        return _indexes.Read(reader, embedded.Model, embedded.Dimensions, static index => index.Count);
    }

    /// <summary>The words of a remembered query, as far as the namespace still knows them.</summary>
    public string WordsOf(IMemoryReader reader, QueryEmbedding embedded, IReadOnlyList<long> hashes) =>
        _indexes.Read(reader, embedded.Model, embedded.Dimensions, index => RememberedWords.Text(index, hashes));

    private (List<Result> Ranked, string? Note) Find(IMemoryReader reader, RecallRequest request, QueryEmbedding embedded, DateTimeOffset now) =>
        string.IsNullOrWhiteSpace(request.Query) && request.AsOf is null
            ? (MostActive(reader, request, now), null)
            : _indexes.Read(reader, embedded.Model, embedded.Dimensions, index => Ranked(index, reader, request, embedded.Vector, now));

    private (List<Result> Ranked, string? Note) Ranked(NamespaceIndex index, IMemoryReader reader, RecallRequest request, StoredVector vector, DateTimeOffset now)
    {
        var isEmpty = string.IsNullOrWhiteSpace(request.Query);
        var filter = new IndexFilter(index, request.Filter, request.AsOf);
        var present = request.AsOf ?? now;
        var times = TimeExpressions.Find(request.Query, present);
        var query = new RankedQuery
        {
            Terms = ShortNames.Imply(index, reader, request.Query, QueryTerms.Parse(index, TimeQuestion.WithoutRelative(request.Query, times), _options.NameWeight)),
            Vector = vector,
            Filter = filter,
            Merged = _options.MergedCandidates > 0 ? IndexFilter.OfMerged(index, request.Filter, request.AsOf) : null,
            Times = TimeWindows.Of(index, _ranker.Value, filter, request.Query, times),
        };
        if (QueryText.Phrases(request.Query) is { Count: > 0 } phrases)
        {
            query = query with { Only = Phrases.Holding(index, reader, filter, phrases) };
            if (query.Only!.Count == 0)
            {
                return ([], $"No memory that the filters let through holds the words in quotes together: {string.Join(", ", phrases.Take(MaxNamed).Select(static p => $"\"{p}\""))}.");
            }
        }
        else if (TimeQuestion.AsksOnlyWhen(request.Query, times, present))
        {
            // What it is about nobody said: its words and its meaning would only bring up what is of another time.
            query = query with { Terms = QueryTerms.Parse(index, TimeQuestion.Dates(request.Query, times)), Vector = default };
            var then = TimeQuestion.OfThatTime(index, query);
            if (then.Count == 0)
            {
                return ([], "Nothing that the filters let through is of the time that the query names.");
            }

            query = query with { Only = then };
        }
        else if (query.Terms.Count == 0 && !isEmpty && LiteralText.Holding(index, reader, filter, request) is { Count: > 0 } literal)
        {
            query = query with { Literal = literal, Only = literal.Keys.ToHashSet() };
        }

        var secondLook = !isEmpty && query.Vector.Scale > 0 ? _meaning.Begin(request.Query) : null;
        int? also = request.WhyNot is { } id && index.Find(id) is >= 0 and var entry ? entry : null;
        var candidates = isEmpty ? LatestThen(index, filter)
            : EntitySpreading.Apply(index, reader, query, OtherWordings.Fold(index, reader, query, _ranker.Value.Rank(index, query, also), _options), _options);
        if (secondLook is not null && candidates.Count > 0)
        {
            candidates = secondLook.Apply(index, reader, candidates);
        }

        for (var ahead = Math.Max(request.Limit * _options.LookAhead, _options.LeastLookAhead); ; ahead *= 2)
        {
            var found = Folded(index, Scored(index, reader, request, query, candidates, Math.Min(ahead, candidates.Count), also, now));
            // Of many that say the same one is shown: the places of the others are for what says something else.
            if (ahead >= candidates.Count || found.Count(static r => r.Cut is null) >= request.Limit || !found.Exists(r => r.Alike is { Count: > 0 } || (request.AsOf is not null && r.Cut is not null)))
            {
                return (found, null);
            }
        }
    }

    private List<Result> Scored(
        NamespaceIndex index, IMemoryReader reader, RecallRequest request, RankedQuery query, IReadOnlyList<Candidate> candidates, int ahead, int? also, DateTimeOffset now)
    {
        var isEmpty = string.IsNullOrWhiteSpace(request.Query);
        var looked = candidates.Take(ahead).ToList();
        looked.AddRange(candidates.Skip(ahead).Where(c => c.Entry == also));
        var found = reader.FindMany([.. looked.Select(c => MemoryId.FromBits(index.Entries[c.Entry].Id))]);
        var records = (request.AsOf is { } at ? PastRecord.Of(reader, found, at, _confidence) : found).ToDictionary(static m => m.Id);
        var uses = reader.RecallUses([.. records.Keys]);
        var scored = new List<Result>(looked.Count);
        foreach (var (place, candidate) in looked.Index())
        {
            // A reader with an older snapshot does not know yet what the index does.
            if (records.TryGetValue(MemoryId.FromBits(index.Entries[candidate.Entry].Id), out var memory))
            {
                var (score, parts) = Usefulness.Score(_options, index.Entries[candidate.Entry], memory.Confidence, candidate, uses.GetValueOrDefault(memory.Id), now);
                // To be asked about brings nothing among the results.
                var cut = !isEmpty && !IsLikely(candidate, query) ? "it shares no word with the query and its likeness is too small"
                    : memory.Confidence < request.Filter.MinConfidence && request.AsOf is not null ? KeptOut.By(memory, request)
                    : place >= ahead ? $"{ahead} others fit better, and no more are looked at for limit {request.Limit}" : null;
                scored.Add(new Result(memory, candidate.Entry, score, parts, cut));
            }
        }

        ExactMatch.Lift(scored, request.Query, static r => r.Memory.Content, static r => r.Score, static (r, score) => r with { Score = score });
        // What is cut stands for nothing else.
        scored.Sort(static (a, b) => (a.Cut is null) != (b.Cut is null) ? (a.Cut is null ? -1 : 1) : a.Score != b.Score ? b.Score.CompareTo(a.Score) : b.Memory.Sequence.CompareTo(a.Memory.Sequence));
        return scored;
    }

    // Of what says the same, the best supported speaks for all.
    private static List<Result> Folded(NamespaceIndex index, List<Result> scored)
    {
        var result = new List<Result>(scored.Count);
        foreach (var group in NearIdentical.Fold(index, scored, static r => r.Entry, static r => r.Memory.Content))
        {
            var best = group.Where(static r => r.Cut is null).DefaultIfEmpty(group[0]).MaxBy(static r => r.Memory.Confidence)!;
            result.Add(best with { Score = group[0].Score, Alike = [.. group.Where(r => r != best).Select(static r => r.Memory.Id)] });
            result.AddRange(group.Where(r => r != best).Select(r => r with { Cut = $"{best.Memory.Id} says the same word for word and stands for it" }));
        }

        return result;
    }

    private List<Result> NewerFirst(IMemoryReader reader, RecallRequest request, List<Result> ranked)
    {
        var contests = Contests.Of(reader, [.. ranked.Where(static r => r.Cut is null).Take(request.Limit).Select(static r => r.Memory.Id)], request.AsOf);
        if (contests.Count == 0)
        {
            return ranked;
        }

        var places = ranked.Index().Where(static r => r.Item.Cut is null).ToDictionary(static r => r.Item.Memory.Id, static r => r.Index);
        var ledgers = reader.EvidenceOf([.. contests.SelectMany(static c => c.Select(static m => m.Id).Append(c.Key)).Distinct()], request.AsOf);
        return Contests.NewerFirst(
            ranked, request.Limit,
            place => ExactMatch.Is(request.Query, ranked[place].Memory.Content) ? [] : contests[ranked[place].Memory.Id]
                .Where(m => m.Confidence >= _options.ContestedShare * ranked[place].Memory.Confidence).Select(m => places.GetValueOrDefault(m.Id, -1)),
            place => LastSaid.Of(ranked[place].Memory, ledgers[ranked[place].Memory.Id]),
            static r => r.Score, static (r, score) => r with { Score = score }, _options.ContestedShare);
    }

    private bool IsLikely(Candidate candidate, RankedQuery query) =>
        candidate.Words > 0 || candidate.Cosine >= _options.LeastCosine || candidate.Neighbours >= _options.LeastNeighbours
        || candidate.Entities >= _options.LeastEntities || candidate.Time > 0 || query.Only is not null;

    private static List<Candidate> LatestThen(NamespaceIndex index, IndexFilter filter)
    {
        var passing = new List<Candidate>();
        for (var entry = 0; entry < index.Count; entry++)
        {
            if (filter.Passes(index.Entries[entry]))
            {
                passing.Add(new Candidate { Entry = entry, Relevance = 1 });
            }
        }

        return [.. passing.OrderByDescending(c => index.Entries[c.Entry].CreatedAt)];
    }

    private List<Result> MostActive(IMemoryReader reader, RecallRequest request, DateTimeOffset now)
    {
        var candidates = reader.RecentlyUsed(request.Filter, Math.Max(64, request.Limit * _options.LookAhead));
        var uses = reader.RecallUses([.. candidates.Select(static m => m.Id)]);
        return [.. candidates
            .Select(m =>
            {
                var activation = Usefulness.ActivationOf(_options, m.CreatedAt, uses.GetValueOrDefault(m.Id), now);
                return new Result(m, -1, activation, new ScoreParts(0, 0, 0, 0, 0, 0, 0, activation, m.Confidence, m.Importance), null);
            })
            .OrderByDescending(static r => r.Score)
            .ThenByDescending(static r => r.Memory.Sequence)];
    }

    private WhyNot? WhyNot(IMemoryReader reader, RecallRequest request, QueryEmbedding embedded, DateTimeOffset now, List<Result> ranked, List<Result> best)
    {
        if (request.WhyNot is not { } id)
        {
            return null;
        }

        var place = ranked.FindIndex(r => r.Memory.Id == id);
        if (place < 0)
        {
            ranked = Find(reader, request, embedded, now).Ranked;
            place = ranked.FindIndex(r => r.Memory.Id == id);
        }

        if (place >= 0)
        {
            var result = ranked[place];
            var why = result.Cut
                ?? (best.Exists(r => r.Memory.Id == id) ? "nothing: it is among the results" : $"{place} others fit better, and limit is {request.Limit}");
            return new WhyNot(id, why, place + 1, Math.Min(1, result.Score), result.Parts);
        }

        if (reader.Find(id) is not { State: not MemoryState.Forgotten } memory)
        {
            return new WhyNot(id, reader.Find(id) is null ? $"there is no memory '{id}' in namespace '{reader.Namespace}'" : "it was forgotten", null, 0, null);
        }

        // The score that it would have, were there no filter and no quotes.
        var open = Find(reader, request with { Query = QueryText.Unquoted(request.Query), Filter = new MemoryFilter { States = [] } }, embedded, now).Ranked.Find(r => r.Memory.Id == id);
        return new WhyNot(id, KeptOut.By(AsOf(reader, memory, request), request), null, Math.Min(1, open?.Score ?? 0), open?.Parts);
    }

    private MemoryRecord AsOf(IMemoryReader reader, MemoryRecord memory, RecallRequest request) =>
        request.AsOf is { } at ? PastRecord.Of(reader, [memory], at, _confidence).Single() : memory;

    private RecalledMemory Describe(IMemoryReader reader, Result result, IReadOnlyList<Link> links, RecallRequest request)
    {
        var id = result.Memory.Id;
        var at = request.AsOf ?? DateTimeOffset.MaxValue;
        var lineage = links.Where(l => (l.From == id || l.To == id) && l.At <= at).ToList();
        var described = new RecalledMemory(result.Memory, Math.Clamp(result.Score, 0, 1), lineage, result.Alike ?? []);
        return request.Explain
            ? described with
            {
                Parts = result.Parts,
                Confidence = ConfidenceCalculation.Of(reader.EvidenceOf([id], request.AsOf)[id], result.Memory.Kind, result.Memory.ConfidenceAt, _confidence),
            }
            : described;
    }

    private sealed record Result(MemoryRecord Memory, int Entry, double Score, ScoreParts Parts, string? Cut, List<MemoryId>? Alike = null);
}
