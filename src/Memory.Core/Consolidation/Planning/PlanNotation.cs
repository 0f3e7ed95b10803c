using System.Text.Json;
using System.Text.Json.Serialization;
using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Planning;

/// <summary>How a planned unit is written into the store and read back.</summary>
internal static class PlanNotation
{
    /// <summary>Writes a unit.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="number">Its place in the plan.</param>
    /// <param name="fingerprints">What the memories it rests on are recognised by; those to be made by it are absent.</param>
    public static PlanUnit Write(PlannedUnit unit, int number, IReadOnlyDictionary<MemoryId, long> fingerprints)
    {
        var changes = unit.Changes.Select(c => new WrittenChange(
            c.Id.Value,
            c.ToJournal(default, number).After,
            c.Reason,
            c.IsNew ? new WrittenMemory(c.After.Content, c.After.Kind, c.After.Source, c.After.Session, c.After.CreatedAt, c.After.OccurredAt, c.After.Importance, c.After.Tags, c.After.Confidence, c.After.ConfidenceAt) : null,
            c.WasMergedInto?.Value));
        var written = new WrittenUnit(unit.Kind, unit.IsJudged, [.. changes], fingerprints.ToDictionary(static f => f.Key.Value, static f => f.Value));
        return new PlanUnit(number, [.. fingerprints.Keys], JsonSerializer.Serialize(written, PlanJson.Default.WrittenUnit));
    }

    /// <summary>Reads a unit back, against the store as it is now.</summary>
    /// <param name="written">The unit.</param>
    /// <param name="ns">The namespace of the plan.</param>
    /// <param name="find">Finds a memory.</param>
    /// <param name="fingerprintOf">Tells what a memory is recognised by.</param>
    /// <returns>The unit; or which memory has changed since.</returns>
    public static (PlannedUnit? Unit, string? Changed) Read(
        PlanUnit written, Namespace ns, Func<MemoryId, MemoryRecord?> find, Func<MemoryRecord, long> fingerprintOf)
    {
        if (written.Work.Length == 0)
        {
            return (null, "a memory of it was forgotten since");
        }

        var unit = JsonSerializer.Deserialize(written.Work, PlanJson.Default.WrittenUnit)!;
        foreach (var (value, fingerprint) in unit.Fingerprints)
        {
            var id = MemoryId.FromStore(value);
            if (find(id) is not { } memory)
            {
                return (null, $"{id} was not made");
            }

            if (fingerprintOf(memory) != fingerprint)
            {
                return (null, $"{id} has changed since the plan was made");
            }
        }

        return (new PlannedUnit(unit.Kind, [.. unit.Changes.Select(c => Read(c, ns, find))]) { IsJudged = unit.IsJudged }, null);
    }

    private static PlannedChange Read(WrittenChange written, Namespace ns, Func<MemoryId, MemoryRecord?> find)
    {
        var id = MemoryId.FromStore(written.Memory);
        var after = written.After;
        var before = written.Made is { } made ? Make(id, ns, made) : find(id)!;
        return new PlannedChange(
            before,
            before with
            {
                State = after.State ?? before.State,
                Tags = after.Tags ?? before.Tags,
                Importance = after.Importance ?? before.Importance,
                Confidence = after.Confidence ?? before.Confidence,
                ConfidenceAt = after.ConfidenceAt ?? before.ConfidenceAt,
                UpdatedAt = after.UpdatedAt ?? before.UpdatedAt,
                ValidUntil = after.ValidUntil ?? before.ValidUntil,
            },
            written.Reason)
        {
            IsNew = written.Made is not null,
            MergedInto = Id(after.MergedInto),
            SupersededBy = Id(after.SupersededBy),
            PartlySupersededBy = Id(after.PartlySupersededBy),
            WasMergedInto = Id(written.WasMergedInto),
            ContestedWith = Id(after.ContestedWith),
            Evidence = after.Evidence ?? [],
        };
    }

    private static MemoryRecord Make(MemoryId id, Namespace ns, WrittenMemory made) => new()
    {
        Id = id, Namespace = ns, Content = made.Content, Kind = made.Kind, Tags = made.Tags, Importance = made.Importance, Source = made.Source,
        Session = made.Session, State = MemoryState.Active, Confidence = made.Confidence, ConfidenceAt = made.ConfidenceAt, CreatedAt = made.CreatedAt,
        UpdatedAt = made.CreatedAt, OccurredAt = made.OccurredAt, Sequence = 0,
    };

    private static MemoryId? Id(string? value) => value is { Length: > 0 } ? MemoryId.FromStore(value) : null;

    internal sealed record WrittenUnit(UnitKind Kind, bool IsJudged, IReadOnlyList<WrittenChange> Changes, IReadOnlyDictionary<string, long> Fingerprints);

    internal sealed record WrittenChange(string Memory, FieldValues After, string Reason, WrittenMemory? Made, string? WasMergedInto);

    internal sealed record WrittenMemory(
        string Content, MemoryKind Kind, string Source, string? Session, DateTimeOffset CreatedAt, DateTimeOffset? OccurredAt, double Importance,
        IReadOnlyList<string> Tags, double Confidence, DateTimeOffset ConfidenceAt);
}

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PlanNotation.WrittenUnit))]
internal sealed partial class PlanJson : JsonSerializerContext;
