using BenchmarkDotNet.Attributes;
using Memory.Core.Memories;
using Memory.Core.Recall;

namespace Memory.Benchmarks.Micro;

/// <summary>One recall, from the query to the ranked results.</summary>
[MemoryDiagnoser]
public class RecallBenchmarks
{
    private FilledStore? _filled;

    [Params(10_000)]
    public int Memories { get; set; }

    [GlobalSetup]
    public async Task FillAsync() => _filled = await FilledStore.CreateAsync(Memories);

    [GlobalCleanup]
    public ValueTask DisposeAsync() => _filled!.DisposeAsync();

    [Benchmark]
    public Task RecallByQuestion() => RecallAsync(_filled!.Question());

    [Benchmark]
    public Task RecallMostActive() => RecallAsync("");

    private Task<Outcome<RecallResult>> RecallAsync(string query) => _filled!.Memories.RecallAsync(Namespace.Default, new RecallRequest { Query = query });
}
