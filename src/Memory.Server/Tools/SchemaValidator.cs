using System.Globalization;
using System.Text;
using System.Text.Json;
using Memory.Core.Memories;

namespace Memory.Server.Tools;

/// <summary>
/// Holds values against a JSON Schema and says in words what is wrong and what is allowed. The schema that a client reads is thus
/// the one that is enforced. Knows the keywords our schemas use: type, enum, properties, required, additionalProperties (false), items,
/// minimum, maximum, minLength, maxLength, minItems, maxItems, format (date-time).
/// </summary>
internal static class SchemaValidator
{
    private const int ShownLength = 40;

    /// <summary>Checks the arguments of a call against the tool's input schema.</summary>
    /// <returns>The first thing that is wrong, or <see langword="null"/>.</returns>
    public static Problem? Check(JsonElement schema, IReadOnlyDictionary<string, JsonElement> arguments)
    {
        var message = CheckProperties(schema, arguments.Select(static a => (a.Key, a.Value)), string.Empty);
        return message is null ? null : new Problem(ProblemCode.Invalid, message);
    }

    /// <summary>Checks one value.</summary>
    /// <returns>What is wrong and what is allowed, or <see langword="null"/>.</returns>
    public static string? Check(JsonElement schema, JsonElement value, string name)
    {
        var actual = Kind(value);
        var allowed = Types(schema);
        if (allowed.Count > 0 && !allowed.Contains(actual) && !(actual == "integer" && allowed.Contains("number")))
        {
            return $"{name} is {Show(value)}; {Allowed(schema)} is allowed.";
        }

        return actual switch
        {
            "string" => CheckText(schema, value, name),
            "integer" or "number" => CheckNumber(schema, value, name),
            "array" => CheckArray(schema, value, name),
            "object" => CheckProperties(schema, value.EnumerateObject().Select(static p => (p.Name, p.Value)), name),
            _ => null,
        };
    }

    private static string? CheckProperties(JsonElement schema, IEnumerable<(string Name, JsonElement Value)> given, string path)
    {
        var known = schema.GetProperty("properties");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in given)
        {
            var full = path.Length == 0 ? name : $"{path}.{name}";
            if (!names.Add(name))
            {
                return $"{Shorten(full)} is given twice; once is allowed.";
            }

            if (!known.TryGetProperty(name, out var property))
            {
                if (schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False)
                {
                    return $"There is no '{Shorten(full)}'. Allowed: {string.Join(", ", known.EnumerateObject().Select(static p => p.Name))}.";
                }

                continue;
            }

            // Leaving an optional argument out and sending null for it are the same.
            var missing = value.ValueKind == JsonValueKind.Null && !Types(property).Contains("null");
            if (missing)
            {
                continue;
            }

            seen.Add(name);
            if (Check(property, value, full) is { } message)
            {
                return message;
            }
        }

        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Select(static r => r.GetString()!).Where(r => !seen.Contains(r)))
            {
                return $"{(path.Length == 0 ? name : $"{path}.{name}")} is missing; {Allowed(known.GetProperty(name))} is required.";
            }
        }

        return null;
    }

    private static string? CheckText(JsonElement schema, JsonElement value, string name)
    {
        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return $"{name} has half of a surrogate pair; only whole Unicode characters are allowed.";
        }

        if (schema.TryGetProperty("enum", out var choices))
        {
            return choices.EnumerateArray().Any(c => c.GetString() == text) ? null : $"{name} is {Show(value)}; {Allowed(schema)} is allowed.";
        }

        if (schema.TryGetProperty("format", out _) && !IsoTime.TryParse(text, out _, out _))
        {
            return $"{name} is {Show(value)}; {IsoTime.Allowed} is allowed.";
        }

        return Limit(schema, "minLength") is { } min && text.Length < min
            || Limit(schema, "maxLength") is { } max && text.Length > max
            ? $"{name} has {Count(text.Length)} characters{(text.Any(char.IsSurrogate) ? " (UTF-16 units: an emoji is two)" : "")}; {Allowed(schema)} is allowed."
            : null;
    }

    private static string? CheckNumber(JsonElement schema, JsonElement value, string name)
    {
        var number = value.GetDouble();
        return Limit(schema, "minimum") is { } min && number < min
            || Limit(schema, "maximum") is { } max && number > max
            || !double.IsFinite(number)
            ? $"{name} is {Show(value)}; {Allowed(schema)} is allowed."
            : null;
    }

    private static string? CheckArray(JsonElement schema, JsonElement value, string name)
    {
        var length = value.GetArrayLength();
        if (Limit(schema, "minItems") is { } min && length < min || Limit(schema, "maxItems") is { } max && length > max)
        {
            return $"{name} has {Count(length)} entries; {Allowed(schema)} is allowed.";
        }

        if (!schema.TryGetProperty("items", out var items))
        {
            return null;
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (Check(items, item, $"{name}[{index++}]") is { } message)
            {
                return message;
            }
        }

        return null;
    }

    private static string Allowed(JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out var choices))
        {
            return "one of " + string.Join(", ", choices.EnumerateArray().Select(static c => c.GetString()));
        }

        return Types(schema).FirstOrDefault(static t => t != "null") switch
        {
            "string" when schema.TryGetProperty("format", out _) => IsoTime.Allowed,
            "string" => "a string" + Range(schema, "minLength", "maxLength", " of {0} characters"),
            "integer" => "an integer" + Range(schema, "minimum", "maximum", " from {0}"),
            "number" => "a number" + Range(schema, "minimum", "maximum", " from {0}"),
            "boolean" => "true or false",
            "array" => "an array" + Range(schema, "minItems", "maxItems", " of {0} entries"),
            var other => $"an {other ?? "other value"}",
        };
    }

    private static string Range(JsonElement schema, string min, string max, string form) => (Limit(schema, min), Limit(schema, max)) switch
    {
        ({ } low, { } high) when low == high => string.Format(CultureInfo.InvariantCulture, form, Count(low)),
        ({ } low, { } high) => string.Format(CultureInfo.InvariantCulture, form, $"{Count(low)} to {Count(high)}"),
        ({ } low, null) => string.Format(CultureInfo.InvariantCulture, form, $"{Count(low)} or more"),
        (null, { } high) => string.Format(CultureInfo.InvariantCulture, form, $"up to {Count(high)}"),
        _ => string.Empty,
    };

    private static string Count(double value) => value.ToString("#,0.###", CultureInfo.InvariantCulture);

    private static double? Limit(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var limit) ? limit.GetDouble() : null;

    private static List<string> Types(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(static t => t.GetString()!)]
        : [type.GetString()!];

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.TryGetDouble(out var n) && Math.Abs(n) <= int.MaxValue && n == Math.Truncate(n) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Array => "array",
        JsonValueKind.Object => "object",
        _ => "null",
    };

    private static string Show(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => Quoted(value),
        _ => Shorten(value.GetRawText()),
    };

    // As a reader writes it: the SDK hands on every letter beyond ASCII as an escape. What cannot be seen, or steers a terminal, stays one.
    private static string Quoted(JsonElement value)
    {
        string text;
        try
        {
            text = Shorten(value.GetString()!);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair has no other form than its escape.
            return Shorten(value.GetRawText());
        }

        var shown = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            _ = Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                    => shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}"),
                _ when rune.Value is '"' or '\\' => shown.Append('\\').Append((char)rune.Value),
                _ => shown.Append(rune),
            };
        }

        return shown.Append('"').ToString();
    }

    private static string Shorten(string text) => text.Length <= ShownLength ? text : text[..ShownLength] + "…";
}
