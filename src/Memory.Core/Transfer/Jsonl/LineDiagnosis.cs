using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Memory.Core.Screening;
using Memory.Core.Transfer.Formats;

namespace Memory.Core.Transfer.Jsonl;

/// <summary>
/// Says of a line that could not be read what is wrong with it: which member, what it is, what is allowed. Reads it a second time, against the
/// same contract, so that lines that are right pay nothing for it.
/// </summary>
internal static class LineDiagnosis
{
    private const int MaxDepth = 64;
    private const int MaxShown = 40;

    /// <summary>The reason, in words.</summary>
    public static string Of(ReadOnlySpan<byte> line)
    {
        if (!Utf8.IsValid(line))
        {
            return "The line is not UTF-8.";
        }

        try
        {
            using var document = JsonDocument.Parse(line.ToArray(), new JsonDocumentOptions { MaxDepth = MaxDepth });
            return Check("", document.RootElement, TransferJson.Default.TransferLine) ?? "The line is no line of an export.";
        }
        catch (JsonException error)
        {
            return DepthOf(line) > MaxDepth ? $"The line is nested deeper than {MaxDepth} levels." : $"The line is not JSON from byte {error.BytePositionInLine + 1} on.";
        }
        catch (InvalidOperationException)
        {
            return "A text of the line is no Unicode: half of a surrogate pair stands in it.";
        }
    }

    private static string? Check(string at, JsonElement element, JsonTypeInfo type) => type.Kind switch
    {
        JsonTypeInfoKind.Object => CheckObject(at, element, type),
        JsonTypeInfoKind.Enumerable => element.ValueKind != JsonValueKind.Array
            ? Wrong(at, element, "a list")
            : element.EnumerateArray().Select((item, i) => item.ValueKind == JsonValueKind.Null ? $"{at}[{i}] is null." : Check($"{at}[{i}]", item, Contract(type.ElementType!))).FirstOrDefault(static p => p is not null),
        _ => CheckValue(at, element, Nullable.GetUnderlyingType(type.Type) ?? type.Type),
    };

    private static string? CheckObject(string at, JsonElement element, JsonTypeInfo type)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return Wrong(at, element, "an object");
        }

        var (members, seen) = (type.Properties.ToDictionary(static p => p.Name, StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var member in element.EnumerateObject())
        {
            var name = at.Length == 0 ? Shown(member.Name) : $"{at}.{Shown(member.Name)}";
            if (!members.TryGetValue(member.Name, out var known))
            {
                return $"{name} is not known here; {string.Join(", ", members.Keys)} are allowed.";
            }

            if (!seen.Add(member.Name))
            {
                return $"{name} stands twice.";
            }

            if (member.Value.ValueKind == JsonValueKind.Null && !known.IsSetNullable)
            {
                return $"{name} is null.";
            }

            if (member.Value.ValueKind != JsonValueKind.Null && Check(name, member.Value, Contract(known.PropertyType)) is { } problem)
            {
                return problem;
            }
        }

        return members.Values.FirstOrDefault(m => m.IsRequired && !seen.Contains(m.Name)) is { } missing ? $"{(at.Length == 0 ? "" : at + ".")}{missing.Name} is missing." : null;
    }

    private static string? CheckValue(string at, JsonElement element, Type type)
    {
        var isText = element.ValueKind == JsonValueKind.String;
        var isNumber = element.ValueKind == JsonValueKind.Number;
        if (type.IsEnum)
        {
            string[] words = [.. Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];
            return isText && words.Contains(element.GetString(), StringComparer.OrdinalIgnoreCase) ? null : Wrong(at, element, $"one of {string.Join(", ", words)}");
        }

        return type == typeof(string) ? isText && element.GetString() is not null ? null : Wrong(at, element, "a text")
            : type == typeof(bool) ? element.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : Wrong(at, element, "true or false")
            : type == typeof(int) ? isNumber && element.TryGetInt32(out _) ? null : Wrong(at, element, "a whole number below 2,147,483,648")
            : type == typeof(long) ? isNumber && element.TryGetInt64(out _) ? null : Wrong(at, element, "a whole number")
            : type == typeof(double) ? isNumber ? null : Wrong(at, element, "a number")
            : type == typeof(DateTimeOffset) ? isText && element.TryGetDateTimeOffset(out _) ? null : Wrong(at, element, "a time such as 2026-05-31T18:00:00Z")
            : null;
    }

    private static string Wrong(string at, JsonElement element, string allowed) =>
        $"{(at.Length == 0 ? "The line" : at)} is {(element.ValueKind is JsonValueKind.String or JsonValueKind.Number ? $"'{Shown(element.ToString())}'" : element.Kind())}; {allowed} is allowed.";

    private static JsonTypeInfo Contract(Type type) => TransferJson.Default.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type) ?? TransferJson.Default.GetTypeInfo(type)!;

    private static string Shown(string text) => VisibleText.Of(text.Length <= MaxShown ? text : $"{text[..MaxShown]}...");

    // Of brackets outside of texts.
    private static int DepthOf(ReadOnlySpan<byte> line)
    {
        var (depth, deepest, isText) = (0, 0, false);
        for (var i = 0; i < line.Length; i++)
        {
            if (isText && line[i] == '\\')
            {
                i++;
            }
            else if (line[i] == '"')
            {
                isText = !isText;
            }
            else if (!isText)
            {
                depth += line[i] is (byte)'{' or (byte)'[' ? 1 : line[i] is (byte)'}' or (byte)']' ? -1 : 0;
                deepest = Math.Max(deepest, depth);
            }
        }

        return deepest;
    }
}
