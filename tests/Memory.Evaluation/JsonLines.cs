using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Memory.Evaluation;

/// <summary>A file with a JSON object on each line.</summary>
internal static class JsonLines
{
    /// <summary>Reads and checks every line that is not blank.</summary>
    /// <param name="path">The file.</param>
    /// <param name="type">The form of a line.</param>
    /// <param name="check">Makes the value of a line, or throws <see cref="InvalidDataException"/>.</param>
    /// <exception cref="InvalidDataException">A line is no JSON of this form or failed the check; the message names file and line.</exception>
    public static IReadOnlyList<TValue> Read<TLine, TValue>(string path, JsonTypeInfo<TLine> type, Func<TLine, TValue> check)
    {
        var values = new List<TValue>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            try
            {
                values.Add(check(JsonSerializer.Deserialize(line, type) ?? throw new InvalidDataException("the line is null.")));
            }
            catch (Exception error) when (error is JsonException or InvalidDataException)
            {
                throw new InvalidDataException($"{Path.GetFileName(path)}:{number}: {error.Message}", error);
            }
        }

        return values;
    }
}
