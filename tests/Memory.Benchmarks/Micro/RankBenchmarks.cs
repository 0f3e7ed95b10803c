using BenchmarkDotNet.Attributes;
using Memory.Core.Recall;
using Memory.Core.Recall.Index;
using Memory.Core.Recall.Ranking;
using Memory.Core.Storage;

namespace Memory.Benchmarks.Micro;

/// <summary>From a query to the order of candidates, in memory.</summary>
[MemoryDiagnoser]
public class RankBenchmarks
{
    private FilledIndex? _filled;
    private Ranker? _ranker;
    private RankedQuery[] _queries = [];
    private int _next;

    [Params(10_000, 100_000)]
    public int Memories { get; set; }

    [GlobalSetup]
    public async Task FillAsync()
    {
        _filled = await FilledIndex.CreateAsync(Memories);
        _ranker = new Ranker(RecallOptions.Default, new WordVectors(_filled.Table));
        var filter = new IndexFilter(_filled.Index, new MemoryFilter(), asOf: null);
        _queries = [.. Enumerable.Range(0, 64).Select(_ => _filled.Filled.Question()).Select(question => new RankedQuery
        {
            Terms = QueryTerms.Parse(_filled.Index, question), Vector = _filled.Table.VectorOf(question), Filter = filter,
        })];
    }

    [GlobalCleanup]
    public ValueTask DisposeAsync() => _filled!.DisposeAsync();

    [Benchmark]
    public int Rank() => _ranker!.Rank(_filled!.Index, _queries[_next++ % _queries.Length]).Count;
}
