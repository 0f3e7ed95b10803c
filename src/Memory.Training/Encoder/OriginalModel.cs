using System.Buffers.Binary;
using System.Text.Json;
using Memory.Training.Sources;

namespace Memory.Training.Encoder;

/// <summary>The weights and pieces of the sentence encoder as its package has them: a TensorFlow.js graph, its weights in shards, a list of pieces.</summary>
internal sealed class OriginalModel
{
    private readonly Dictionary<string, float[]> _tensors;

    private OriginalModel(Dictionary<string, float[]> tensors, (string, double)[] vocabulary)
    {
        _tensors = tensors;
        Vocabulary = vocabulary;
    }

    /// <summary>Each piece with its log probability; the few without one count as 0, as in the original's own code.</summary>
    public (string Piece, double Score)[] Vocabulary { get; }

    /// <summary>Reads it from the files of its package.</summary>
    public static OriginalModel Read(Dictionary<string, byte[]> files)
    {
        using var model = JsonDocument.Parse(files["dist/model.json"]);
        var manifest = model.RootElement.GetProperty("weightsManifest")[0];
        var shards = manifest.GetProperty("paths").EnumerateArray().SelectMany(path => files[$"dist/{path.GetString()}"]).ToArray();
        var tensors = new Dictionary<string, float[]>(StringComparer.Ordinal);
        var position = 0;
        foreach (var weight in manifest.GetProperty("weights").EnumerateArray())
        {
            var count = weight.GetProperty("shape").EnumerateArray().Aggregate(1, static (product, side) => product * side.GetInt32());
            if (weight.GetProperty("dtype").GetString() == "float32")
            {
                var values = new float[count];
                for (var i = 0; i < count; i++)
                {
                    values[i] = BinaryPrimitives.ReadSingleLittleEndian(shards.AsSpan(position + (i * sizeof(float))));
                }

                tensors[weight.GetProperty("name").GetString()!] = values;
            }

            position += count * sizeof(float);
        }

        using var vocabulary = JsonDocument.Parse(files["dist/vocab.json"]);
        return new OriginalModel(
            tensors,
            [.. vocabulary.RootElement.EnumerateArray().Select(static p => (p[0].GetString()!, p[1].ValueKind == JsonValueKind.Null ? 0 : p[1].GetDouble()))]);
    }

    /// <summary>The one tensor whose name ends in a text and contains another.</summary>
    public float[] Tensor(string end, string contains = "")
    {
        var found = _tensors.Where(t => t.Key.EndsWith(end, StringComparison.Ordinal) && t.Key.Contains(contains, StringComparison.Ordinal)).ToArray();
        return found.Length == 1 ? found[0].Value : throw new SourceException($"The model has {found.Length} tensors '{contains}…{end}', not one.");
    }
}
