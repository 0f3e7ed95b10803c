using Memory.Core.Consolidation.Pairs.Network;

namespace Memory.Training.Network;

/// <summary>
/// all-MiniLM-L6-v2 as it was published: a model of six layers that makes vectors of sentences. Matrices have a row an input.
/// </summary>
internal sealed record MiniLm(
    string[] Vocabulary, float[] Pieces, float[] Positions, float[] Sides, (float[] Scale, float[] Shift) AfterEmbedding, IReadOnlyList<MiniLm.Layer> Layers)
{
    private const int MatricesOfLayer = 6;

    /// <summary>One layer.</summary>
    public sealed record Layer(
        (float[] Weights, float[] Bias) QueryKeyValue, (float[] Weights, float[] Bias) AttentionOutput, (float[] Scale, float[] Shift) AfterAttention,
        (float[] Weights, float[] Bias) Expand, (float[] Weights, float[] Bias) Contract, (float[] Scale, float[] Shift) AfterFeedForward);

    /// <summary>Finds the model's parts in its file.</summary>
    /// <param name="file">The model, in ONNX.</param>
    /// <param name="vocabulary">Its vocabulary, a piece a line.</param>
    public static MiniLm Read(OnnxTensors file, string vocabulary)
    {
        // The exporter kept the names of all but the matrices, which stand in the order of the calculation: query, key, value, output, expand, contract.
        var matrices = file.MultipliedWith;
        return new MiniLm(
            vocabulary.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'),
            file["embeddings.word_embeddings.weight"],
            file["embeddings.position_embeddings.weight"][..(PairNetworkShape.MaxPieces * PairNetworkShape.Width)],
            file["embeddings.token_type_embeddings.weight"],
            Norm("embeddings"),
            [.. Enumerable.Range(0, PairNetworkShape.Layers).Select(i => ReadLayer($"encoder.layer.{i}.", [.. matrices.Skip(i * MatricesOfLayer).Take(MatricesOfLayer)]))]);

        (float[], float[]) Norm(string name) => (file[$"{name}.LayerNorm.weight"], file[$"{name}.LayerNorm.bias"]);

        Layer ReadLayer(string name, float[][] m)
        {
            string[] projections = ["query", "key", "value"];
            return new Layer(
                (SideBySide(m[..projections.Length]), [.. projections.SelectMany(p => file[$"{name}attention.self.{p}.bias"])]),
                (m[3], file[$"{name}attention.output.dense.bias"]),
                Norm($"{name}attention.output"),
                (m[4], file[$"{name}intermediate.dense.bias"]),
                (m[5], file[$"{name}output.dense.bias"]),
                Norm($"{name}output"));
        }
    }

    private static float[] SideBySide(float[][] matrices)
    {
        const int width = PairNetworkShape.Width;
        var together = new float[matrices.Sum(static m => m.Length)];
        for (var row = 0; row < width; row++)
        {
            for (var m = 0; m < matrices.Length; m++)
            {
                matrices[m].AsSpan(row * width, width).CopyTo(together.AsSpan(((row * matrices.Length) + m) * width, width));
            }
        }

        return together;
    }
}
