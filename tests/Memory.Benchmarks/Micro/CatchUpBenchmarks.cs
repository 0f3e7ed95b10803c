using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Memory.Core.Memories;

namespace Memory.Benchmarks.Micro;

/// <summary>What a recall waits for after something was stored: the index takes up one change.</summary>
[SimpleJob(RunStrategy.Monitoring, iterationCount: 200, warmupCount: 50)]
public class CatchUpBenchmarks
{
    private FilledIndex? _filled;

    [Params(10_000, 100_000)]
    public int Memories { get; set; }

    [GlobalSetup]
    public async Task FillAsync() => _filled = await FilledIndex.CreateAsync(Memories);

    [GlobalCleanup]
    public ValueTask DisposeAsync() => _filled!.DisposeAsync();

    [IterationSetup]
    public void Store() => _filled!.Filled.Memories.StoreAsync(Namespace.Default, [_filled.Filled.NextStatement()]).GetAwaiter().GetResult();

    [Benchmark]
    public Task<int> TakeUpOneChange() => _filled!.CatchUpAsync();
}
