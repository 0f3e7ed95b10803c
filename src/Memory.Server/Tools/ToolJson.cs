using System.Text.Json.Serialization;

namespace Memory.Server.Tools;

/// <summary>How answers become JSON: snake_case, nothing for what is absent, no reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoreTool.StoreAnswer))]
[JsonSerializable(typeof(RecallTool.RecallAnswer))]
[JsonSerializable(typeof(RecallTool.ExplanationItem))]
[JsonSerializable(typeof(UpdateTool.UpdateAnswer))]
[JsonSerializable(typeof(ForgetTool.ForgetAnswer))]
[JsonSerializable(typeof(FeedbackTool.FeedbackAnswer))]
[JsonSerializable(typeof(StatusTool.StatusAnswer))]
[JsonSerializable(typeof(ConsolidateTool.ConsolidateAnswer))]
internal sealed partial class ToolJson : JsonSerializerContext;
