using BenchmarkDotNet.Attributes;
using Memory.Core.Recall.Index;

namespace Memory.Benchmarks.Micro;

/// <summary>One query's vector against those of all memories, without anything around it.</summary>
public class DotBenchmarks
{
    private const int Vectors = 100_000;
    private const int Dimensions = 256;

    private readonly sbyte[] _all = new sbyte[Vectors * Dimensions];
    private readonly sbyte[] _query = new sbyte[Dimensions];

    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(3);
        foreach (var vectors in (sbyte[][])[_all, _query])
        {
            for (var i = 0; i < vectors.Length; i++)
            {
                vectors[i] = (sbyte)random.Next(-127, 128);
            }
        }
    }

    [Benchmark]
    public int LargestOfHundredThousand()
    {
        var largest = int.MinValue;
        for (var i = 0; i < Vectors; i++)
        {
            largest = Math.Max(largest, Int8Dot.Of(_query, _all.AsSpan(i * Dimensions, Dimensions)));
        }

        return largest;
    }
}
