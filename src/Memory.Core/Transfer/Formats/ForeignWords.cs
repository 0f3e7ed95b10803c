using System.Globalization;
using System.Text.Json;
using Memory.Core.Memories;

namespace Memory.Core.Transfer.Formats;

/// <summary>What the formats of other programs have in common: words for kinds, times in several notations, tags of any length.</summary>
internal static class ForeignWords
{
    private const double FirstMilliseconds = 1e11;
    private const double LastMilliseconds = 4e12;

    /// <summary>The kind that another program's word for a type or category comes closest to.</summary>
    public static MemoryKind Kind(string? word) => word?.ToLowerInvariant() switch
    {
        "decision" or "choice" => MemoryKind.Decision,
        "preference" or "like" or "dislike" or "taste" => MemoryKind.Preference,
        "procedure" or "process" or "technique" or "method" or "howto" or "how-to" or "workflow" or "instruction" or "command" or "step" => MemoryKind.Procedure,
        "event" or "meeting" or "session" or "milestone" or "incident" => MemoryKind.Event,
        "note" or "idea" or "thought" or "question" or "todo" or "task" or "reference" => MemoryKind.Note,
        _ => MemoryKind.Fact,
    };

    /// <summary>Tags as they are written here, each once; of empty ones nothing is lost. How long and how many they are is not looked at.</summary>
    public static IReadOnlyList<string> Tags(IEnumerable<string?> tags) =>
        [.. tags.OfType<string>().Select(static t => t.Trim().TrimStart('#')).Where(static t => t.Length > 0).Distinct(StringComparer.Ordinal)];

    /// <summary>The tags that may be here: those that are too long or too many go, and each is told with the reason.</summary>
    /// <param name="tags">The tags.</param>
    /// <param name="leftOut">Is told the reason for each that goes.</param>
    public static IReadOnlyList<string> Allowed(IReadOnlyList<string> tags, Action<string> leftOut)
    {
        var kept = new List<string>(Math.Min(tags.Count, MemoryRecord.MaxTags));
        foreach (var tag in tags)
        {
            var reason = tag.Length > MemoryRecord.MaxTagLength ? $"it has {tag.Length} characters, and {MemoryRecord.MaxTagLength} are allowed"
                : kept.Count == MemoryRecord.MaxTags ? $"{MemoryRecord.MaxTags} tags of a memory are allowed" : null;
            if (reason is null)
            {
                kept.Add(tag);
            }
            else
            {
                leftOut($"The tag '{Shortened(tag)}' is left out: {reason}. The rest is taken.");
            }
        }

        return kept;
    }

    /// <summary>A time as ISO 8601 or as seconds or milliseconds since 1970; <see langword="null"/> for anything else.</summary>
    public static DateTimeOffset? Time(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Time(value.GetString()!),
        JsonValueKind.Number when value.TryGetDouble(out var number) && number is > 0 and < LastMilliseconds =>
            DateTimeOffset.FromUnixTimeMilliseconds((long)(number < FirstMilliseconds ? number * 1000 : number)),
        _ => null,
    };

    /// <summary>
    /// The time under the first of some names that holds one; <see langword="null"/> when none of them says anything, and a problem when those
    /// that do say something else than a time.
    /// </summary>
    public static Outcome<DateTimeOffset?> Time(JsonElement entry, params ReadOnlySpan<string> names)
    {
        Problem? wrong = null;
        foreach (var name in names)
        {
            if (entry.Member(name) is not { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } value)
            {
                continue;
            }

            if (Time(value) is { } time)
            {
                return time;
            }

            if (value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString()))
            {
                continue;
            }

            wrong ??= NoTime(name, value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());
        }

        return wrong is null ? (DateTimeOffset?)null : wrong;
    }

    /// <summary>What is said of a text that should be a time.</summary>
    public static Problem NoTime(string name, string text) => Problem.Invalid(
        $"{name} is '{Shortened(text)}'; a time such as 2026-05-31T18:00:00Z, or seconds or milliseconds since 1970, is allowed.");

    /// <summary>A time as ISO 8601; without an offset it is UTC.</summary>
    public static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) && time.Year >= 1970 ? time : null;

    /// <summary>
    /// Whether a statement names a thing, so that it need not be said again whom it is about: as words of its own ('Plans' does not name Ann),
    /// and with a capital where the thing has one ('she will' does not name Will).
    /// </summary>
    public static bool Names(string statement, string thing)
    {
        thing = thing.Trim();
        for (var at = 0; thing.Length > 0 && (at = statement.IndexOf(thing, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var end = at + thing.Length;
            if ((at == 0 || !GoesOn(statement[at - 1])) && (end == statement.Length || !GoesOn(statement[end]) || IsDashAtEnd(statement, end))
                && !(char.IsUpper(thing[0]) && char.IsLower(statement[at])))
            {
                return true;
            }
        }

        return false;
    }

    // C is neither C# nor C++, and Ann is not Ann-Marie. Halves of surrogates are letters of rare scripts, or small pictures: naming a thing twice loses nothing.
    private static bool GoesOn(char sign) => char.IsLetterOrDigit(sign) || char.IsSurrogate(sign) || sign is '_' or '-' or '#' or '+'
        || char.GetUnicodeCategory(sign) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsDashAtEnd(string text, int at) => text[at] == '-' && (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1]));

    private static string Shortened(string text) => Screening.VisibleText.Of(text.Length <= 40 ? text : text[..40]);
}
