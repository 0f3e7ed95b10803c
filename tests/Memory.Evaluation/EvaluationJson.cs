using System.Text.Json;
using System.Text.Json.Serialization;
using Memory.Evaluation.World;

namespace Memory.Evaluation;

/// <summary>A line of <c>memories.jsonl</c>.</summary>
internal sealed record MemoryLine(string Conversation, string Id, string SaidAt, string Content, string? Session = null);

/// <summary>A line of <c>queries.jsonl</c>.</summary>
internal sealed record QueryLine(string Conversation, string Query, JsonElement Category, IReadOnlyList<string> Relevant);

/// <summary>The forms of the files, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(MemoryLine))]
[JsonSerializable(typeof(QueryLine))]
[JsonSerializable(typeof(BaselineFile.Baseline))]
[JsonSerializable(typeof(PerQueryFile.Line))]
[JsonSerializable(typeof(WorldBaseline))]
internal sealed partial class EvaluationJson : JsonSerializerContext;
