using BenchmarkDotNet.Attributes;
using Memory.Benchmarks.Texts;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Recall.Packing;
using Memory.Core.Screening;
using Memory.Core.Storage;

namespace Memory.Benchmarks.Micro;

/// <summary>What is done to every text that comes in.</summary>
[MemoryDiagnoser]
public class TextBenchmarks
{
    private readonly string[] _fifty = [.. Enumerable.Range(0, 50).Select(static i =>
        $"[xvdyrcvzn{i:000}] {new RealText(seed: 1).Statement(i)} (fact, confidence 0.85, 2026-11-24, from user, #harbor)\n")];

    private readonly string _text = new RealText(seed: 1).Statement(0);
    private readonly string _unknown = new SyntheticText(seed: 1).Statement(0);
    private readonly string _unusual = string.Concat(Enumerable.Repeat("数据👩‍💻 https://example.org:8443/a=b?c=d sk-learn-compatible-estimator-wrapper ", 3));
    private readonly StaticEmbedder _table = new EmbeddingSource(StaticEmbedder.DefaultPath).Table
        ?? throw new InvalidOperationException("The table of embeddings does not lie beside the benchmarks.");

    [Benchmark]
    public string FoldForIdentity() => Folding.Identity(_text);

    [Benchmark]
    public string FoldForStatement() => Folding.Statement(_text);

    /// <summary>The most results of one recall, as a client reads them.</summary>
    [Benchmark]
    public int CountTokensOfFiftyResults() => _fifty.Sum(static t => TokenCounter.Count(t));

    [Benchmark]
    public LexicalQuery ParseQuery() => LexicalQuery.Parse(_text);

    [Benchmark]
    public StoredVector VectorOf() => _table.VectorOf(_text);

    /// <summary>Takes out what cannot be seen and looks for credentials.</summary>
    [Benchmark]
    public string? ScreenContent() => Screen.Default.Text("content", _text, []).Value;

    /// <summary>The same where hardly a character is ASCII and every word is long.</summary>
    [Benchmark]
    public string? ScreenUnusualContent() => Screen.Default.Text("content", _unusual, []).Value;

    /// <summary>Of words that the table does not know: the worst case.</summary>
    [Benchmark]
    public StoredVector VectorOfUnknownWords() => _table.VectorOf(_unknown);
}
