using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Memory.Core.Memories;

namespace Memory.Core.Transfer.Formats;

/// <summary>
/// The file of the MCP reference memory server: a line an entity (<c>type, name, entityType, observations</c>) or relation
/// (<c>type, from, to, relationType</c>). An observation becomes a memory that names whom it is about, a relation a sentence.
/// </summary>
internal static class McpMemoryReader
{
    public const string Source = "import:mcp-memory";

    public static async IAsyncEnumerable<ForeignStatement> ReadAsync(Stream stream, ImportTally tally, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = new LineSource(stream);
        while (await lines.NextAsync(cancellationToken) is var (bytes, tooLong))
        {
            var place = $"line {lines.Number}";
            foreach (var statement in tooLong ? Refuse(tally, place, $"The line has more than {LineSource.MaxLine / 1024 / 1024} MB.") : Line(bytes, place, tally))
            {
                yield return statement;
            }
        }
    }

    private static IReadOnlyList<ForeignStatement> Line(ReadOnlyMemory<byte> bytes, string place, ImportTally tally)
    {
        if (bytes.Span.Trim(" \t"u8).IsEmpty)
        {
            return [];
        }

        try
        {
            using var json = JsonDocument.Parse(bytes);
            return json.RootElement.Text("type") switch
            {
                "entity" => Entity(json.RootElement, place, tally),
                "relation" => Relation(json.RootElement, place, tally),
                _ => Refuse(tally, place, "type is neither entity nor relation."),
            };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            return Refuse(tally, place, "The line is not JSON, or not UTF-8.");
        }
    }

    private static IReadOnlyList<ForeignStatement> Entity(JsonElement entity, string place, ImportTally tally)
    {
        if (entity.Text("name") is not { Length: > 0 } name)
        {
            return Refuse(tally, place, "The entity has no name.");
        }

        var type = entity.Text("entityType");
        if (type is null && entity.Member("entityType") is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } other)
        {
            Refuse(tally, place, $"entityType is {other.Kind()}; a text is allowed. What is said of the entity is taken without it.");
        }

        var observations = entity.Member("observations");
        if (observations.ValueKind is not (JsonValueKind.Array or JsonValueKind.Undefined or JsonValueKind.Null))
        {
            return Refuse(tally, place, $"observations is {observations.Kind()}; a list of texts is allowed.");
        }

        var (said, number) = (new List<ForeignStatement>(), 0);
        foreach (var observation in entity.Items("observations"))
        {
            var here = $"{place}, observation {++number}";
            if (observation.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(observation.GetString()))
            {
                Refuse(tally, here, observation.ValueKind == JsonValueKind.String ? "The observation is empty." : $"The observation is {observation.Kind()}; a text is allowed.");
                continue;
            }

            var text = observation.GetString()!;
            said.Add(Statement(here, ForeignWords.Names(text, name) ? text : $"{name}: {text}", type, ForeignWords.Kind(type)));
        }

        return number > 0 ? said
            : type is { Length: > 0 } ? [Statement(place, $"{name} is of type {type}.", type, MemoryKind.Fact)]
            : Refuse(tally, place, "The entity has no observations and no type: there is nothing to remember.");
    }

    private static IReadOnlyList<ForeignStatement> Relation(JsonElement relation, string place, ImportTally tally) =>
        (relation.Text("from"), relation.Text("to"), relation.Text("relationType")) is ({ Length: > 0 } from, { Length: > 0 } to, { Length: > 0 } kind)
            ? [Statement(place, $"{from} {kind.Replace('_', ' ')} {to}.", "relation", MemoryKind.Fact)]
            : Refuse(tally, place, "The relation lacks from, to or relationType.");

    private static ForeignStatement Statement(string place, string content, string? tag, MemoryKind kind) =>
        new(place, new NewMemory { Content = content, Kind = kind, Tags = ForeignWords.Tags([tag]), Source = Source });

    private static IReadOnlyList<ForeignStatement> Refuse(ImportTally tally, string place, string reason)
    {
        tally.Read++;
        tally.Reject(place, reason);
        return [];
    }
}
