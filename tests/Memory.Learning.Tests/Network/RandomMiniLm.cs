using Memory.Core.Consolidation.Pairs.Network;
using Memory.Training.Network;

namespace Memory.Learning.Tests.Network;

/// <summary>A model of the right shape that was never trained.</summary>
internal static class RandomMiniLm
{
    private const int Width = PairNetworkShape.Width;

    /// <summary>Marks and a few words.</summary>
    public static readonly string[] Vocabulary =
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. "the lamp in hall kitchen is red blue and not 1 2 3 . , ' ! ? [ ] sep cls".Split(' '), .. "abcdefghijklmnopqrstuvwxyz".Select(static c => $"{c}"), .. "abcdefghijklmnopqrstuvwxyz".Select(static c => $"##{c}")];

    /// <summary>Draws one.</summary>
    public static MiniLm Make(Random random)
    {
        return new MiniLm(
            Vocabulary, Draw(random, Vocabulary.Length * Width, 0.5f), Draw(random, PairNetworkShape.MaxPieces * Width, 0.1f), Draw(random, 2 * Width, 0.1f), Norm(),
            [.. Enumerable.Range(0, PairNetworkShape.Layers).Select(_ => new MiniLm.Layer(
                Dense(Width, 3 * Width), Dense(Width, Width), Norm(), Dense(Width, PairNetworkShape.HiddenWidth), Dense(PairNetworkShape.HiddenWidth, Width), Norm()))]);

        (float[], float[]) Norm() => ([.. Draw(random, Width, 0.2f).Select(static v => 1 + v)], Draw(random, Width, 0.2f));
        (float[], float[]) Dense(int inputs, int outputs) => (Draw(random, inputs * outputs, 2 / MathF.Sqrt(inputs)), Draw(random, outputs, 0.1f));
    }

    /// <summary>Draws numbers between minus and plus the most.</summary>
    public static float[] Draw(Random random, int count, float most) => [.. Enumerable.Range(0, count).Select(_ => ((random.NextSingle() * 2) - 1) * most)];
}
