using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Memory.Core.Consolidation.Pairs;
using Memory.Core.Memories;

namespace Memory.Training.Pairs;

/// <summary>Two statements and how they relate, as a line of <c>data/pairs/pairs.jsonl</c>.</summary>
/// <param name="A">The one said first.</param>
/// <param name="B">The one said later.</param>
/// <param name="Relation">How they relate.</param>
/// <param name="Order">Which holds or closes the other: 'a', 'b' or <see langword="null"/>.</param>
/// <param name="Kind">The kind of both memories.</param>
/// <param name="Days">How many days lie between them.</param>
/// <param name="Case">What was done to make the pair: 'reworded', 'other value', 'denied' ...</param>
/// <param name="Template">The block of the material it was made from.</param>
/// <param name="Topic">The topic, the name of the material's file.</param>
/// <param name="Split">'train' or 'test'.</param>
internal sealed record LabelledPair(
    string A, string B, PairRelation Relation, string? Order, MemoryKind Kind, int Days, string Case, string Template, string Topic, string Split)
{
    /// <summary>Reads a file of them.</summary>
    public static IReadOnlyList<LabelledPair> Read(string path) =>
        [.. File.ReadLines(path).Where(static line => line.Length > 0).Select(static line => JsonSerializer.Deserialize(line, LabelledPairJson.Relaxed.LabelledPair)!)];

    /// <summary>The line of the file.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, LabelledPairJson.Relaxed.LabelledPair);
}

[JsonSerializable(typeof(LabelledPair))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class LabelledPairJson : JsonSerializerContext
{
    // 'Kraków' stays readable in the file.
    public static LabelledPairJson Relaxed => field ??= new(new JsonSerializerOptions(Default.Options!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
