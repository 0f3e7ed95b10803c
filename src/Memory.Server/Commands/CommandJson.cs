using System.Text.Json;
using System.Text.Json.Serialization;
using Memory.Server.Tools;

namespace Memory.Server.Commands;

/// <summary>What commands print with <c>--json</c>, and the values they hand to tools.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(ListedMemory[]))]
[JsonSerializable(typeof(RunItem[]))]
[JsonSerializable(typeof(ShownMemory))]
[JsonSerializable(typeof(PlanShown))]
[JsonSerializable(typeof(ExportShown))]
[JsonSerializable(typeof(ImportShown))]
[JsonSerializable(typeof(BackupShown))]
[JsonSerializable(typeof(RestoreShown))]
[JsonSerializable(typeof(DoctorShown))]
[JsonSerializable(typeof(HealthShown))]
[JsonSerializable(typeof(ShownSetting[]))]
[JsonSerializable(typeof(ShownModel[]))]
[JsonSerializable(typeof(PulledModel))]
[JsonSerializable(typeof(ShownScript))]
internal sealed partial class CommandJson : JsonSerializerContext
{
    public static JsonElement? Of(string? value) => value is null ? null : JsonSerializer.SerializeToElement(value, Default.String);

    public static JsonElement? Of(string[]? values) => values is null or [] ? null : JsonSerializer.SerializeToElement(values, Default.StringArray);

    public static JsonElement? Of(double? value) => value is { } number ? JsonSerializer.SerializeToElement(number, Default.Double) : null;

    public static JsonElement? Of(int? value) => value is { } number ? JsonSerializer.SerializeToElement(number, Default.Int32) : null;

    public static JsonElement? Of(bool value) => value ? JsonSerializer.SerializeToElement(true, Default.Boolean) : null;
}

/// <summary>One line of <c>list</c>.</summary>
internal sealed record ListedMemory(string Id, string Content, string Kind, string State, double Confidence, string When, string Source, IReadOnlyList<string> Tags);

/// <summary>What <c>show</c> says of a memory.</summary>
internal sealed record ShownMemory(ListedMemory Memory, double Importance, string? Session, string CreatedAt, string UpdatedAt, string? ValidUntil, int Recalled, IReadOnlyList<ShownEvidence> Evidence, IReadOnlyList<ShownLink> Lineage, IReadOnlyList<ListedMemory> Replaced, IReadOnlyList<ListedMemory> ContestedWith);

/// <summary>One row of a ledger.</summary>
internal sealed record ShownEvidence(string Kind, string Source, string? Session, string At, string? Note, string? Statement, double Contribution);

/// <summary>One link of lineage.</summary>
internal sealed record ShownLink(string From, string To, string Kind, string At);

/// <summary>What a dry run planned, memory by memory.</summary>
internal sealed record PlanShown(string? Plan, int Examined, IReadOnlyList<ShownUnit> Units, IReadOnlyList<string> ToDecide, IReadOnlyList<string> HeldBack);

/// <summary>One unit of a plan.</summary>
internal sealed record ShownUnit(int Unit, IReadOnlyList<ShownChange> Changes);

/// <summary>What is planned for one memory; a field that does not change is absent.</summary>
internal sealed record ShownChange(string Id, string Content, bool IsNew, string? StateBefore, string? StateAfter, double? ConfidenceBefore, double? ConfidenceAfter, string? By, string Reason);

/// <summary>What was exported.</summary>
internal sealed record ExportShown(string Path, string Format, int Memories);

/// <summary>What was imported.</summary>
internal sealed record ImportShown(string Format, int Read, int Imported, int Updated, int Present, int Screened, int Rejected, IReadOnlyList<ShownRejection> Rejections);

/// <summary>A line that was not taken.</summary>
internal sealed record ShownRejection(string Place, string Reason);

/// <summary>A backup.</summary>
internal sealed record BackupShown(string Path, long SizeBytes, long Memories, long Runs);

/// <summary>What was restored.</summary>
internal sealed record RestoreShown(string Path, long Memories, string? Kept);

/// <summary>What doctor found.</summary>
internal sealed record DoctorShown(bool Healthy, IReadOnlyList<ShownFinding> Findings);

/// <summary>What a server said of itself.</summary>
internal sealed record HealthShown(bool Healthy, string Url, int? Status, string Said);

/// <summary>One finding.</summary>
internal sealed record ShownFinding(string Check, string Problem, bool CanRepair, bool Repaired);

/// <summary>A model of the catalogue, or a folder of the owner's own.</summary>
internal sealed record ShownModel(string Name, bool Pulled, bool InCatalogue, long? Bytes, string? Licence, string? Description);

/// <summary>A model that was downloaded.</summary>
internal sealed record PulledModel(string Name, string Folder);

/// <summary>A script that completes.</summary>
internal sealed record ShownScript(string Shell, string Script);

/// <summary>One setting and where its value comes from.</summary>
internal sealed record ShownSetting(string Name, string? Value, string From, string Variable, string Option, string Description);
