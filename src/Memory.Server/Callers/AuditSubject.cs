using System.Text.Json;

namespace Memory.Server.Callers;

/// <summary>Which memories, runs and plans a call was about: the ids in its arguments and its answer, never their content.</summary>
internal static class AuditSubject
{
    // Above what any one call answers with or forgets, earlier versions included: a bound against what is not foreseen.
    private const int MaxIds = 1_000;

    private static readonly string[] Single = ["id", "run", "plan", "undo_run", "undone_run"];

    /// <summary>The ids, separated by spaces, or <see langword="null"/> when there are none.</summary>
    public static string? Of(IReadOnlyDictionary<string, JsonElement> arguments, JsonElement? answer)
    {
        return Of(Single.Where(arguments.ContainsKey).Select(name => arguments[name]).Concat(answer is { } data ? In(data) : [])
            .Where(static v => v.ValueKind == JsonValueKind.String).Select(static v => v.GetString()!));
    }

    /// <summary>The same of ids that are known; what has not the form of one is left out.</summary>
    public static string? Of(IEnumerable<string> ids) => string.Join(
        ' ', ids.Where(static id => id.Length <= 22 && id.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-')).Distinct().Take(MaxIds)) is { Length: > 0 } subject ? subject : null;

    private static IEnumerable<JsonElement> In(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var own = Single.Select(name => answer.TryGetProperty(name, out var value) ? value : default);
        var memories = answer.TryGetProperty("memories", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(static m => m.ValueKind == JsonValueKind.Object && m.TryGetProperty("id", out var id) ? id : default)
            : [];
        var forgotten = answer.TryGetProperty("forgotten", out var erased) && erased.ValueKind == JsonValueKind.Array ? erased.EnumerateArray() : [];
        return own.Concat(memories).Concat(forgotten);
    }
}
