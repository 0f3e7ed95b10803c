using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Memory.Server.Http;

/// <summary>The JSON Schema of a tool as OpenAPI's model of one: the keywords that our schemas use, as <see cref="Tools.SchemaValidator"/> enforces them.</summary>
internal static class ToolSchema
{
    public static OpenApiSchema Of(JsonObject json) => new()
    {
        Type = Text(json, "type") switch
        {
            "object" => JsonSchemaType.Object,
            "array" => JsonSchemaType.Array,
            "string" => JsonSchemaType.String,
            "integer" => JsonSchemaType.Integer,
            "number" => JsonSchemaType.Number,
            "boolean" => JsonSchemaType.Boolean,
            _ => null,
        },
        Description = Text(json, "description"),
        Format = Text(json, "format"),
        Enum = json["enum"] is JsonArray choices ? [.. choices.Select(static c => c!.DeepClone())] : null,
        Minimum = Number(json, "minimum"),
        Maximum = Number(json, "maximum"),
        MinLength = Whole(json, "minLength"),
        MaxLength = Whole(json, "maxLength"),
        MinItems = Whole(json, "minItems"),
        MaxItems = Whole(json, "maxItems"),
        Items = json["items"] is JsonObject items ? Of(items) : null,
        Properties = json["properties"] is JsonObject properties ? properties.ToDictionary(static p => p.Key, static p => (IOpenApiSchema)Of(p.Value!.AsObject())) : null,
        Required = json["required"] is JsonArray required ? required.Select(static r => r!.GetValue<string>()).ToHashSet() : null,
        AdditionalPropertiesAllowed = json["additionalProperties"]?.GetValue<bool>() ?? true,
    };

    private static string? Text(JsonObject json, string name) => json[name]?.GetValue<string>();

    private static string? Number(JsonObject json, string name) => json[name]?.GetValue<double>().ToString(CultureInfo.InvariantCulture);

    private static int? Whole(JsonObject json, string name) => json[name]?.GetValue<int>();
}
