using System.Text.Json.Serialization;
using Memory.Core.Memories;

namespace Memory.Core.Storage.Sqlite;

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(FieldValues))]
[JsonSerializable(typeof(RunOutcome))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(long[]))]
[JsonSerializable(typeof(IEnumerable<string>))]
[JsonSerializable(typeof(IEnumerable<string[]>))]
[JsonSerializable(typeof(IEnumerable<long>))]
internal sealed partial class StorageJson : JsonSerializerContext;
