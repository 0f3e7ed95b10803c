using System.Text.Json;
using System.Text.Json.Serialization;
using Memory.Core.Consolidation.Pairs;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Microsoft.ML;

namespace Memory.Learning;

/// <summary>
/// The file of the pair model: the envelope of a model file, the length of a header (int32), the header as JSON, and the model as Microsoft.ML saves it. The header names the features, so that a model of another version of the program is told from a fitting one.
/// </summary>
public static class PairModelFile
{
    internal const string Magic = "MEMPAI01";
    private const int MaxHeader = 1 << 16;

    /// <summary>Where the model lies beside the program.</summary>
    public static string DefaultPath => Path.Combine(AppContext.BaseDirectory, "data", "models", "pair-model.bin");

    /// <summary>Loads the model.</summary>
    /// <param name="path">The file, usually <see cref="DefaultPath"/>.</param>
    /// <returns>The model, or a problem with <see cref="ProblemCode.ModelUnavailable"/> when the file is missing, damaged or of another version: rules decide then.</returns>
    public static Outcome<IPairModel> Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var file = ModelFile.Read(path, Magic);
        return file.Succeeded ? Read(path, file.Value) : file.Problem;
    }

    /// <summary>Makes the file of a trained model.</summary>
    internal static byte[] Write(ITransformer model, DataViewSchema schema, string networkVersion, PairThresholds thresholds)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new Header([.. PairFeatures.Names], Enum.GetNames<PairRelation>(), networkVersion, thresholds), HeaderJson.Default.Header);
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(header.Length);
            writer.Write(header);
        }

        // Offsets in an archive count from the start of its stream.
        using var archive = new MemoryStream();
        new MLContext(seed: 0).Model.Save(model, schema, archive);
        archive.WriteTo(content);
        return ModelFile.Wrap(Magic, content.ToArray());
    }

    private static Outcome<IPairModel> Read(string path, ModelFile.Checked file)
    {
        try
        {
            using var content = file.Content;
            var reader = new ContentReader(content);
            var length = reader.Count(MaxHeader);
            var header = JsonSerializer.Deserialize(reader.Bytes(length), HeaderJson.Default.Header);
            if (header is null || !header.Features.SequenceEqual(PairFeatures.Names) || !header.Relations.SequenceEqual(Enum.GetNames<PairRelation>()) || header.Network is null)
            {
                return new Problem(ProblemCode.ModelUnavailable, $"The model file '{path}' is of another version of the program: it knows pairs by other features. Install the program again.");
            }

            using var model = new MemoryStream(reader.Bytes(content.Length - sizeof(int) - length));
            return Outcome.Of<IPairModel>(new PairModel(new MLContext(seed: 0).Model.Load(model, out _), file.Version, header.Network, header.Thresholds));
        }
        catch (Exception error) when (error is InvalidDataException or JsonException or FormatException or InvalidOperationException or ArgumentException or TypeLoadException or IOException or NotSupportedException)
        {
            return ModelFile.Damaged(path, error.Message);
        }
    }

    internal sealed record Header(string[] Features, string[] Relations, string Network, PairThresholds Thresholds);
}

[JsonSerializable(typeof(PairModelFile.Header))]
internal sealed partial class HeaderJson : JsonSerializerContext;
