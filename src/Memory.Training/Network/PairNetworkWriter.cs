using System.Runtime.InteropServices;
using System.Text;
using Memory.Core.Consolidation.Pairs.Network;
using Memory.Core.Embeddings;

namespace Memory.Training.Network;

/// <summary>Writes the network's file, whose order <see cref="PairNetworkWeights"/> documents, with weights rounded to bytes.</summary>
internal static class PairNetworkWriter
{
    /// <summary>Makes the file.</summary>
    /// <param name="vocabulary">The pieces, in the order of their embeddings.</param>
    /// <param name="network">What was learned.</param>
    public static byte[] Write(string[] vocabulary, NetworkParameters network)
    {
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content);
        var lines = VocabularyFile(vocabulary);
        writer.Write(lines.Length);
        writer.Write(lines);
        Matrix(writer, network.Pieces, new float[vocabulary.Length]);
        Floats(writer, network.Positions);
        Floats(writer, network.Sides.Values);
        Norm(writer, network.AfterEmbedding);
        foreach (var layer in network.Layers)
        {
            Dense(writer, layer.QueryKeyValue);
            Dense(writer, layer.AttentionOutput);
            Norm(writer, layer.AfterAttention);
            Dense(writer, layer.Expand);
            Dense(writer, layer.Contract);
            Norm(writer, layer.AfterFeedForward);
        }

        Matrix(writer, network.Output.Weights.Values, network.Output.Bias.Values);
        writer.Flush();
        return ModelFile.Wrap(PairNetworkWeights.Magic, content.ToArray());
    }

    /// <summary>The vocabulary as the file holds it: a piece a line.</summary>
    public static byte[] VocabularyFile(string[] vocabulary) => Encoding.UTF8.GetBytes(string.Concat(vocabulary.Select(static p => p + "\n")));

    private static void Norm(BinaryWriter writer, Norm norm)
    {
        Floats(writer, norm.Scale.Values);
        Floats(writer, norm.Shift.Values);
    }

    // Learned with a row an input; the file has a row an output.
    private static void Dense(BinaryWriter writer, Dense dense)
    {
        var rows = new float[dense.Weights.Values.Length];
        for (var o = 0; o < dense.Outputs; o++)
        {
            for (var i = 0; i < dense.Inputs; i++)
            {
                rows[(o * dense.Inputs) + i] = dense.Weights.Values[(i * dense.Outputs) + o];
            }
        }

        Matrix(writer, rows, dense.Bias.Values);
    }

    private static void Matrix(BinaryWriter writer, float[] rows, float[] bias)
    {
        var inputs = rows.Length / bias.Length;
        writer.Write(bias.Length);
        writer.Write(inputs);
        var scales = new float[bias.Length];
        var bytes = new sbyte[inputs];
        for (var o = 0; o < bias.Length; o++)
        {
            scales[o] = Quantization.Round(rows.AsSpan(o * inputs, inputs), bytes);
            writer.Write(MemoryMarshal.AsBytes<sbyte>(bytes));
        }

        Floats(writer, scales);
        Floats(writer, bias);
    }

    private static void Floats(BinaryWriter writer, float[] values)
    {
        foreach (var value in values)
        {
            writer.Write(value);
        }
    }
}
