using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Memory.Core.Consolidation.Pairs;

namespace Memory.Core.Consolidation.Language;

/// <summary>Reads what the language model answered. Anything but the one JSON object that was asked for is nothing.</summary>
internal static class LanguageAnswers
{
    /// <summary>The wording; <see langword="null"/> when the answer has another form.</summary>
    public static string? Wording(string answer) =>
        Read(answer, LanguageJson.Default.WordingAnswer)?.Wording.Trim() is { Length: > 0 } wording ? wording : null;

    /// <summary>Which statement holds; <see langword="null"/> when the answer has another form.</summary>
    public static PairOrder? Tie(string answer) => Read(answer, LanguageJson.Default.TieAnswer)?.Right switch
    {
        "first" => PairOrder.First,
        "second" => PairOrder.Second,
        "neither" => PairOrder.Neither,
        _ => null,
    };

    private static T? Read<T>(string answer, JsonTypeInfo<T> form)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(answer, form);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
