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
[JsonSerializable(typeof(MemoryOutput))]
[JsonSerializable(typeof(PlanOutput))]
[JsonSerializable(typeof(ExportOutput))]
[JsonSerializable(typeof(ImportOutput))]
[JsonSerializable(typeof(BackupOutput))]
[JsonSerializable(typeof(RestoreOutput))]
[JsonSerializable(typeof(DoctorOutput))]
[JsonSerializable(typeof(HealthOutput))]
[JsonSerializable(typeof(SettingOutput[]))]
[JsonSerializable(typeof(ModelOutput[]))]
[JsonSerializable(typeof(PulledModel))]
[JsonSerializable(typeof(ScriptOutput))]
[JsonSerializable(typeof(FailureOutput))]
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
internal sealed record MemoryOutput(ListedMemory Memory, double Importance, string? Session, string CreatedAt, string UpdatedAt, string? ValidUntil, int Recalled, IReadOnlyList<EvidenceOutput> Evidence, IReadOnlyList<LinkOutput> Lineage, IReadOnlyList<ListedMemory> Replaced, IReadOnlyList<ListedMemory> ContestedWith);

/// <summary>One row of a ledger.</summary>
internal sealed record EvidenceOutput(string Kind, string Source, string? Session, string At, string? Note, string? Statement, bool? Hedged, double Contribution);

/// <summary>One link of lineage.</summary>
internal sealed record LinkOutput(string From, string To, string Kind, string At);

/// <summary>What a dry run planned, memory by memory.</summary>
internal sealed record PlanOutput(string? Plan, int Examined, IReadOnlyList<UnitOutput> Units, IReadOnlyList<string> ToDecide, IReadOnlyList<string> HeldBack);

/// <summary>One unit of a plan.</summary>
internal sealed record UnitOutput(int Unit, IReadOnlyList<ChangeOutput> Changes);

/// <summary>What is planned for one memory; a field that does not change is absent.</summary>
internal sealed record ChangeOutput(string Id, string Content, bool IsNew, string? StateBefore, string? StateAfter, double? ConfidenceBefore, double? ConfidenceAfter, string? By, string Reason);

/// <summary>What was exported.</summary>
/// <param name="Path">The file or folder.</param>
/// <param name="Format"><c>jsonl</c> or <c>markdown</c>.</param>
/// <param name="Memories">How many memories were written.</param>
/// <param name="Namespaces">The namespaces that are in it.</param>
/// <param name="LeftOut">Namespaces of the database that are not.</param>
internal sealed record ExportOutput(string Path, string Format, int Memories, IReadOnlyList<string> Namespaces, IReadOnlyList<string> LeftOut);

/// <summary>What was imported.</summary>
internal sealed record ImportOutput(string Format, int Read, int Imported, int Updated, int Present, int Screened, int Rejected, IReadOnlyList<RejectionOutput> Rejections, IReadOnlyList<RejectionOutput> FieldsLeftOut);

/// <summary>A line that was not taken, or a field of it.</summary>
internal sealed record RejectionOutput(string Place, string Reason);

/// <summary>A backup.</summary>
internal sealed record BackupOutput(string Path, long SizeBytes, long Memories, long Runs);

/// <summary>What was restored.</summary>
internal sealed record RestoreOutput(string Path, long Memories, long KeysInForce, string? Kept);

/// <summary>What doctor found.</summary>
internal sealed record DoctorOutput(bool Healthy, IReadOnlyList<FindingOutput> Findings);

/// <summary>What a server said of itself.</summary>
internal sealed record HealthOutput(bool Healthy, string Url, int? Status, string Answer);

/// <summary>One finding.</summary>
internal sealed record FindingOutput(string Check, string Problem, bool CanRepair, bool Repaired);

/// <summary>A model of the catalogue, or a folder of the owner's own.</summary>
internal sealed record ModelOutput(string Name, bool Pulled, bool InCatalogue, long? Bytes, string? Licence, string? Description);

/// <summary>A model that was downloaded.</summary>
internal sealed record PulledModel(string Name, string Folder);

/// <summary>What stands on stdout in place of an answer.</summary>
internal sealed record FailureOutput(ErrorOutput Error);

/// <summary>Why there is no answer.</summary>
/// <param name="Code">The kind of problem, in one word.</param>
/// <param name="Message">The same sentences as on stderr.</param>
/// <param name="ExitCode">What the process ends with.</param>
internal sealed record ErrorOutput(string Code, string Message, int ExitCode);

/// <summary>A script that completes.</summary>
internal sealed record ScriptOutput(string Shell, string Script);

/// <summary>One setting and where its value comes from.</summary>
internal sealed record SettingOutput(string Name, string? Value, string From, string Variable, string Option, string Description);
