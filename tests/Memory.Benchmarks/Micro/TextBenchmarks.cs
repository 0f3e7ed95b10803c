using BenchmarkDotNet.Attributes;
using Memory.Core.Memories;
using Memory.Core.Recall.Packing;
using Memory.Core.Storage;

namespace Memory.Benchmarks.Micro;

/// <summary>What is done to every text that comes in.</summary>
[MemoryDiagnoser]
public class TextBenchmarks
{
    private readonly string[] _fifty = [.. Enumerable.Range(0, 50).Select(static i =>
        $"[xvdyrcvzn{i:000}] {new SyntheticText(seed: i).Statement()} (fact, confidence 0.85, 2026-11-24, from user, #harbor)\n")];

    private readonly string _text = new SyntheticText(seed: 1).Statement();

    [Benchmark]
    public string FoldForIdentity() => Folding.Identity(_text);

    [Benchmark]
    public string FoldForStatement() => Folding.Statement(_text);

    /// <summary>The most results of one recall, as a client reads them.</summary>
    [Benchmark]
    public int CountTokensOfFiftyResults() => _fifty.Sum(static t => TokenCounter.Count(t));

    [Benchmark]
    public LexicalQuery ParseQuery() => LexicalQuery.Parse(_text);
}
