using System.Text.Json;
using Memory.Core.Screening;

namespace Memory.Core.Transfer.Formats;

/// <summary>Tells once a file which fields of its entries have no meaning here; those that are empty lose nothing.</summary>
internal static class LeftOutFields
{
    private const int MaxName = 40;
    private const int MaxNames = 100;

    /// <summary>Tells each field that is left out, with the first entry that has it.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="isTaken">Whether a field of an entry is taken; of an object in it the fields are asked for as <c>metadata.project</c>.</param>
    /// <param name="tally">Is told.</param>
    public static void Tell(IReadOnlyList<JsonElement> entries, Func<JsonElement, string, JsonElement, bool> isTaken, ImportTally tally)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < entries.Count; i++)
        {
            foreach (var name in LeftOut(entries[i], isTaken))
            {
                if (names.Count <= MaxNames && names.Add(name))
                {
                    tally.LeaveOut($"entry {i + 1}", names.Count > MaxNames ? "Still more fields have no meaning here. They are left out wherever they stand."
                        : $"'{VisibleText.Of(name.Length <= MaxName ? name : name[..MaxName])}' has no meaning here. It is left out, in this entry and in others; the rest is taken.");
                }
            }
        }
    }

    private static string[] LeftOut(JsonElement entry, Func<JsonElement, string, JsonElement, bool> isTaken)
    {
        try
        {
            return [.. Fields(entry, "", 0).Where(f => !isTaken(entry, f.Name, f.Value)).Select(static f => f.Name)];
        }
        catch (InvalidOperationException)
        {
            // A text that is no Unicode.
            return [];
        }
    }

    private static IEnumerable<(string Name, JsonElement Value)> Fields(JsonElement element, string prefix, int depth)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (var property in element.EnumerateObject())
        {
            if (IsEmpty(property.Value))
            {
                continue;
            }

            if (depth == 0 && property.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var inner in Fields(property.Value, $"{property.Name}.", 1))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return (prefix + property.Name, property.Value);
            }
        }
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.String => value.ValueEquals(""),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => false,
    };
}
