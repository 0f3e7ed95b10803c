using System.Text;
using Memory.Core.Embeddings;

namespace Memory.Training.Encoder;

/// <summary>Writes the sentence encoder's file, whose order <see cref="EncoderWeights"/> documents, with weights rounded to bytes.</summary>
internal static class EncoderWriter
{
    private const string Part = "/ConcatPartitions/concat";

    /// <summary>Makes the file.</summary>
    public static byte[] Write(OriginalModel model)
    {
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content);
        writer.Write(model.Vocabulary.Length);
        foreach (var (piece, score) in model.Vocabulary)
        {
            var utf8 = Encoding.UTF8.GetBytes(piece);
            writer.Write(score);
            writer.Write(utf8.Length);
            writer.Write(utf8);
        }

        Floats(writer, model.Tensor("TimingSignal/ExpandDims_1"));
        // Already one row a piece.
        var embeddings = model.Tensor("module/Embeddings_en");
        Matrix(writer, embeddings, embeddings.Length / EncoderWeights.EmbeddingWidth, new float[embeddings.Length / EncoderWeights.EmbeddingWidth]);
        for (var layer = 0; layer < EncoderWeights.LayerCount; layer++)
        {
            Layer(writer, model, $"Layer_{layer}/TransformerLayer/");
        }

        Dense(writer, model.Tensor($"TransformerLayer/dense/kernel{Part}"), model.Tensor($"TransformerLayer/dense/bias{Part}"));
        Dense(writer, model.Tensor("tanh_layer_0/weights"), model.Tensor("tanh_layer_0/bias"));
        writer.Flush();
        return ModelFile.Wrap(EncoderWeights.Magic, content.ToArray());
    }

    private static void Layer(BinaryWriter writer, OriginalModel model, string layer)
    {
        Norm(writer, model, $"{layer}layer_prepostprocess");
        Dense(writer, model.Tensor("qkv_transform_single/kernel/part_0", layer), model.Tensor($"qkv_transform_single/bias{Part}", layer));
        Dense(writer, model.Tensor("output_transform_single/kernel/part_0", layer), model.Tensor($"output_transform_single/bias{Part}", layer));
        Norm(writer, model, $"{layer}FFN/layer_prepostprocess");
        Dense(writer, model.Tensor("FFN/conv1/Tensordot/Reshape_1", layer), model.Tensor($"FFN/conv1/bias{Part}", layer));
        Dense(writer, model.Tensor("FFN/conv2/Tensordot/Reshape_1", layer), model.Tensor($"FFN/conv2/bias{Part}", layer));
    }

    private static void Norm(BinaryWriter writer, OriginalModel model, string place)
    {
        Floats(writer, model.Tensor($"layer_norm_scale{Part}", place));
        Floats(writer, model.Tensor($"layer_norm_bias{Part}", place));
    }

    // The original multiplies from the left: a column an output. The file has a row an output.
    private static void Dense(BinaryWriter writer, float[] kernel, float[] bias)
    {
        var inputs = kernel.Length / bias.Length;
        var rows = new float[kernel.Length];
        for (var o = 0; o < bias.Length; o++)
        {
            for (var i = 0; i < inputs; i++)
            {
                rows[(o * inputs) + i] = kernel[(i * bias.Length) + o];
            }
        }

        Matrix(writer, rows, bias.Length, bias);
    }

    private static void Matrix(BinaryWriter writer, float[] rows, int outputs, float[] bias)
    {
        var inputs = rows.Length / outputs;
        writer.Write(outputs);
        writer.Write(inputs);
        var scales = new float[outputs];
        var bytes = new sbyte[inputs];
        for (var o = 0; o < outputs; o++)
        {
            scales[o] = Quantization.Round(rows.AsSpan(o * inputs, inputs), bytes);
            foreach (var b in bytes)
            {
                writer.Write(b);
            }
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
