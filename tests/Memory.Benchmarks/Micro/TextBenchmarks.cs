using BenchmarkDotNet.Attributes;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Benchmarks.Micro;

/// <summary>What is done to every text that comes in.</summary>
[MemoryDiagnoser]
public class TextBenchmarks
{
    private readonly string _text = new SyntheticText(seed: 1).Statement();

    [Benchmark]
    public string FoldForIdentity() => Folding.Identity(_text);

    [Benchmark]
    public string FoldForStatement() => Folding.Statement(_text);

    [Benchmark]
    public LexicalQuery ParseQuery() => LexicalQuery.Parse(_text);
}
