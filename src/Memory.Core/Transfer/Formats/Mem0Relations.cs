using System.Text.Json;
using Memory.Core.Memories;

namespace Memory.Core.Transfer.Formats;

/// <summary>What mem0 exports of its graph beside the memories: <c>source, relationship, target</c>, which becomes a sentence.</summary>
internal static class Mem0Relations
{
    /// <summary>The relations of a mem0 export. What should be their list and is none counts as one, to be told.</summary>
    public static IReadOnlyList<JsonElement> Of(JsonElement root) => root.Member("relations") switch
    {
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray()],
        { ValueKind: JsonValueKind.Undefined } => root.Member("data").ValueKind == JsonValueKind.Object ? Of(root.Member("data")) : [],
        { ValueKind: JsonValueKind.Null } => [],
        var other => [other],
    };

    /// <summary>The sentence that a relation becomes.</summary>
    public static Outcome<NewMemory> Statement(JsonElement relation) =>
        // What a search of mem0 answers calls the target destination.
        (relation.Text("source"), relation.Text("relationship"), relation.Text("target") ?? relation.Text("destination")) is ({ Length: > 0 } from, { Length: > 0 } kind, { Length: > 0 } to)
            ? new NewMemory { Content = $"{from} {kind.Replace('_', ' ')} {to}.", Kind = MemoryKind.Fact, Tags = ["relation"], Source = JsonEntries.Mem0Source }
            : Problem.Invalid("The relation lacks source, relationship or target.");
}
