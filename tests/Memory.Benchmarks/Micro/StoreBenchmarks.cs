using BenchmarkDotNet.Attributes;
using Memory.Core.Confidence;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Operations;

namespace Memory.Benchmarks.Micro;

/// <summary>What one <c>store</c> is made of: the write with its commit to disk, and the search for resembling memories.</summary>
[MemoryDiagnoser]
public class StoreBenchmarks
{
    private readonly StoreOperation _storing = new(ConfidenceOptions.Default, new Random(3), new EmbeddingSource(StaticEmbedder.DefaultPath));
    private readonly ResemblanceSearch _resembling = new();
    private FilledStore? _filled;

    [Params(10_000)]
    public int Memories { get; set; }

    [GlobalSetup]
    public async Task FillAsync() => _filled = await FilledStore.CreateAsync(Memories);

    [GlobalCleanup]
    public ValueTask DisposeAsync() => _filled!.DisposeAsync();

    [Benchmark]
    public Task StoreOne() => _filled!.Memories.StoreAsync(Namespace.Default, [_filled.NextStatement()]);

    [Benchmark]
    public Task StoreHundred() =>
        _filled!.Memories.StoreAsync(Namespace.Default, [.. Enumerable.Range(0, 100).Select(_ => _filled.NextStatement())]);

    [Benchmark]
    public Task<int> FindResembling()
    {
        var content = _filled!.NextStatement().Content;
        return _filled.Store.ReadAsync(Namespace.Default, reader => _resembling.Find(reader, content).Count);
    }

    [Benchmark]
    public Task InsertAlone() => _filled!.Store.WriteAsync(
        Namespace.Default, writer => _filled.NextStatement() is var s ? _storing.Store(writer, s, _storing.VectorOf(s), DateTimeOffset.UnixEpoch) : default);

    [Benchmark]
    public Task CommitAlone() => _filled!.Store.SetLastNightAsync(DateTimeOffset.UnixEpoch);

    [Benchmark]
    public Task<long> ReadAlone() => _filled!.Store.ReadAsync(Namespace.Default, static reader => reader.LastSequence());
}
