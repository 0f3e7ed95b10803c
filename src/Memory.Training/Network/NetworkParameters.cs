using Memory.Core.Consolidation.Pairs;
using Memory.Core.Consolidation.Pairs.Network;

namespace Memory.Training.Network;

/// <summary>What the network judges by, after all layers.</summary>
/// <param name="Weights">A row of <see cref="PairNetworkShape.Width"/> a relation.</param>
/// <param name="Bias">One number a relation.</param>
internal sealed record OutputParameters(Parameter Weights, Parameter Bias);

/// <summary>All numbers of the network while it is trained. The embeddings of pieces and positions stay as they were.</summary>
/// <param name="Pieces">The embeddings of pieces, a row each.</param>
/// <param name="Positions">Those of positions.</param>
/// <param name="Sides">Those of the two sides of a pair.</param>
/// <param name="AfterEmbedding">The norm over their sum.</param>
/// <param name="Layers">The layers.</param>
/// <param name="Output">What judges.</param>
internal sealed record NetworkParameters(float[] Pieces, float[] Positions, Parameter Sides, Norm AfterEmbedding, IReadOnlyList<Layer> Layers, OutputParameters Output)
{
    private const int Width = PairNetworkShape.Width;

    /// <summary>All that is learned, in one order.</summary>
    public IReadOnlyList<Parameter> Learned { get; } =
    [
        Sides, .. Of(AfterEmbedding), .. Layers.SelectMany(static l => new[] { Of(l.QueryKeyValue), Of(l.AttentionOutput), Of(l.AfterAttention), Of(l.Expand), Of(l.Contract), Of(l.AfterFeedForward) }).SelectMany(static p => p),
        Output.Weights, Output.Bias,
    ];

    /// <summary>Begins from a model that was trained to read.</summary>
    /// <param name="model">The model.</param>
    /// <param name="random">Draws what judges.</param>
    public static NetworkParameters From(MiniLm model, Random random)
    {
        var weights = new float[PairModelVerdict.Classes * Width];
        // Uniform, so that layers neither grow nor shrink what goes through (Glorot and Bengio 2010, formula 16).
        var most = MathF.Sqrt(6f / (Width + PairModelVerdict.Classes));
        foreach (ref var weight in weights.AsSpan())
        {
            weight = ((random.NextSingle() * 2) - 1) * most;
        }

        return new NetworkParameters(
            model.Pieces, model.Positions, new Parameter([.. model.Sides], decays: false), ToNorm(model.AfterEmbedding),
            [.. model.Layers.Select(static l => new Layer(ToDense(l.QueryKeyValue), ToDense(l.AttentionOutput), ToNorm(l.AfterAttention), ToDense(l.Expand), ToDense(l.Contract), ToNorm(l.AfterFeedForward)))],
            new OutputParameters(new Parameter(weights, decays: true, isFresh: true), new Parameter(new float[PairModelVerdict.Classes], decays: false, isFresh: true)));
    }

    private static Dense ToDense((float[] Weights, float[] Bias) dense) => new(new Parameter([.. dense.Weights], decays: true), new Parameter([.. dense.Bias], decays: false));

    private static Norm ToNorm((float[] Scale, float[] Shift) norm) => new(new Parameter([.. norm.Scale], decays: false), new Parameter([.. norm.Shift], decays: false));

    private static Parameter[] Of(Dense dense) => [dense.Weights, dense.Bias];

    private static Parameter[] Of(Norm norm) => [norm.Scale, norm.Shift];
}
