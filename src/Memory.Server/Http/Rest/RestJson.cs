using System.Text.Json.Serialization;
using Memory.Server.Http.Access;
using Memory.Server.Tools;

namespace Memory.Server.Http.Rest;

/// <summary>How answers of REST become JSON: as those of the tools.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemItem))]
[JsonSerializable(typeof(MemoriesItem))]
[JsonSerializable(typeof(MemoryDetailsItem))]
[JsonSerializable(typeof(RunItem))]
[JsonSerializable(typeof(RunsItem))]
[JsonSerializable(typeof(JobItem))]
[JsonSerializable(typeof(ProgressItem))]
[JsonSerializable(typeof(KeysItem))]
[JsonSerializable(typeof(AuditLinesItem))]
[JsonSerializable(typeof(ResourceMetadata.Document))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(long?))]
[JsonSerializable(typeof(double?))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class RestJson : JsonSerializerContext;
