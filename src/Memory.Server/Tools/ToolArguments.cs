using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Memory.Core.Memories;

namespace Memory.Server.Tools;

/// <summary>Typed access to arguments that have passed the tool's input schema.</summary>
internal sealed class ToolArguments(IReadOnlyDictionary<string, JsonElement> values)
{
    public static ToolArguments Of(JsonElement item) =>
        new(item.EnumerateObject().ToDictionary(static p => p.Name, static p => p.Value, StringComparer.Ordinal));

    // A client that knows an argument but has nothing for it may send null: the same as leaving it out.
    public bool Has(string name) => values.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Whether nothing but null was given for one of these, and nothing else that says what to do.</summary>
    /// <param name="names">The arguments.</param>
    public string? OnlyNull(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (values.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Null && values.All(static v => v.Key == "namespace" || v.Value.ValueKind == JsonValueKind.Null))
            {
                return name;
            }
        }

        return null;
    }

    public string? Text(string name) => Has(name) ? values[name].GetString() : null;

    public int? Integer(string name) => Has(name) ? (int)values[name].GetDouble() : null;

    public double? Number(string name) => Has(name) ? values[name].GetDouble() : null;

    public bool Flag(string name) => Has(name) && values[name].GetBoolean();

    public IReadOnlyList<string>? Texts(string name) =>
        Has(name) ? [.. values[name].EnumerateArray().Select(static v => v.GetString()!)] : null;

    public IEnumerable<ToolArguments> Items(string name) =>
        Has(name) ? values[name].EnumerateArray().Select(Of) : [];

    public bool TryId(string name, out MemoryId id, [NotNullWhen(false)] out Problem? problem)
    {
        problem = MemoryId.TryParse(Text(name), out id)
            ? null
            : new Problem(ProblemCode.Invalid, $"{name} is '{Text(name)}'; {MemoryId.Length} letters and digits as store or recall returned them are allowed.");
        return problem is null;
    }

    /// <summary>A time; a mere date is its beginning, or with <paramref name="endOfDay"/> its last millisecond.</summary>
    public DateTimeOffset? Time(string name, bool endOfDay = false) =>
        Text(name) is not { } text ? null
        : IsoTime.TryParse(text, out var time, out var dateOnly) && dateOnly && endOfDay ? IsoTime.EndOf(time)
        : time;
}
