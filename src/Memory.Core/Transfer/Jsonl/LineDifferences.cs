using System.Globalization;
using Memory.Core.Memories;
using Memory.Core.Screening;

namespace Memory.Core.Transfer.Jsonl;

/// <summary>
/// Says what a line holds otherwise than the store, in which the memory or run is already and stays as it is: two stores may both have gone on,
/// and neither is asked which is right. What follows from the rest or from use is no difference: confidence, when the row last changed, how often it was recalled.
/// </summary>
internal static class LineDifferences
{
    /// <summary>Why the line of a memory is not taken, or <see langword="null"/> when it says nothing that the store has not.</summary>
    /// <param name="memory">What the line says.</param>
    /// <param name="evidence">The evidence of the line.</param>
    /// <param name="there">The memory in the store.</param>
    /// <param name="ledger">Its evidence in the store.</param>
    public static string? Of(MemoryRecord memory, IReadOnlyList<Evidence> evidence, MemoryRecord there, IReadOnlyList<Evidence> ledger)
    {
        if (memory.State == MemoryState.Forgotten)
        {
            return $"'{memory.Id}' was forgotten where the line comes from and is {Names.Of(there.State)} in the store, where it stays so. Forget it here too to have it erased.";
        }

        if (memory.Content != there.Content)
        {
            return $"A memory with the id '{memory.Id}' is there and says something else; it is left as it is.";
        }

        (string Name, string Line, string Store)[] fields =
        [
            ("kind", Names.Of(memory.Kind), Names.Of(there.Kind)),
            ("tags", string.Join(", ", memory.Tags), string.Join(", ", there.Tags)),
            ("importance", Written(memory.Importance), Written(there.Importance)),
            ("source", memory.Source, there.Source),
            ("session", memory.Session ?? "", there.Session ?? ""),
            ("state", Names.Of(memory.State), Names.Of(there.State)),
            ("created_at", Written(memory.CreatedAt), Written(there.CreatedAt)),
            ("occurred_at", Written(memory.OccurredAt), Written(there.OccurredAt)),
            ("valid_until", Written(memory.ValidUntil), Written(there.ValidUntil)),
        ];
        var differing = fields.Where(static f => f.Line != f.Store).Select(static f => $"{f.Name} is {Shown(f.Line)} here and {Shown(f.Store)} in the store").ToList();
        if (Missing(evidence, ledger) is > 0 and var rows)
        {
            differing.Add(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} of {evidence.Count:N0} rows of evidence are not in the store"));
        }

        return differing.Count == 0 ? null : $"The memory is there and stays as it is; not taken is what the line says otherwise: {string.Join("; ", differing)}.";
    }

    /// <summary>Why the line of a run is not taken, or <see langword="null"/> when it is there as the line says.</summary>
    /// <param name="run">What the line says.</param>
    /// <param name="there">The run in the store.</param>
    public static string? Of(Run run, Run there) => run.State == there.State && run.Counts == there.Counts
        ? null
        : $"The run is there and stays as it is; not taken is what the line says otherwise: {(run.State == there.State ? "counts are others" : $"state is {Shown(Names.Of(run.State))} here and {Shown(Names.Of(there.State))} in the store")}.";

    // Of equal rows each counts: who said something twice said it twice.
    private static int Missing(IReadOnlyList<Evidence> evidence, IReadOnlyList<Evidence> ledger)
    {
        var there = ledger.CountBy(static row => row).ToDictionary();
        var missing = 0;
        foreach (var row in evidence)
        {
            if (there.TryGetValue(row, out var count) && count > 0)
            {
                there[row] = count - 1;
            }
            else
            {
                missing++;
            }
        }

        return missing;
    }

    private static string Written(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Written(DateTimeOffset? time) => time is { } t ? Instant.Text(t) : "";

    private static string Shown(string text) => text.Length == 0 ? "not given" : $"'{VisibleText.Of(text.Length <= 40 ? text : text[..40])}'";
}
