using Memory.Server.Embeddings;
using Memory.Server.Http;
using Memory.Server.Language;

namespace Memory.Server.Configuration;

/// <summary>One setting and its three names, in order of rising precedence.</summary>
/// <param name="Key">Its name in the <c>Memory</c> section of <c>appsettings.json</c>.</param>
/// <param name="Variable">Its environment variable.</param>
/// <param name="Option">Its option on the command line.</param>
/// <param name="Decides">What it decides, and what is allowed.</param>
internal sealed record Setting(string Key, string Variable, string Option, string Decides)
{
    private static readonly string[] OffOnly = ["off"];

    /// <summary>The value that holds when nobody gives one, as it would be given; <see langword="null"/> when there is none, or this machine and user decide.</summary>
    public string? Default { get; init; }

    /// <summary>Yields the value that holds here when nobody gives one and this machine and user decide.</summary>
    public Func<string?>? DefaultHere { get; init; }

    /// <summary>The default in words, where the value alone does not say it.</summary>
    public string? DefaultInWords { get; init; }

    /// <summary>What it decides, what is allowed, and the default.</summary>
    public string Description => (DefaultInWords ?? Default) is { } holds ? $"{Decides} Default: {holds}." : Decides;

    /// <summary>The words among its values, which a shell may offer; empty when there are none.</summary>
    public string[] Words { get; init; } = [];

    public static readonly Setting Database = new(
        "Db", "MEMORY_DB", "--db", "The database file.") { DefaultInWords = "memory.db in the user's data directory", DefaultHere = ServerSettings.FindDefaultDatabase };

    public static readonly Setting Namespace = new(
        "Namespace", "MEMORY_NAMESPACE", "--namespace", $"The namespace when a call names none: {Core.Memories.Namespace.Allowed}.") { Default = Core.Memories.Namespace.Default.Value };

    public static readonly Setting Schedule = new(
        "Schedule", "MEMORY_SCHEDULE", "--schedule", "When to consolidate: a Quartz cron expression of 6 or 7 fields, or 'off'.") { Default = "0 0 3 * * ?", DefaultInWords = "0 0 3 * * ? (every night at three)", Words = OffOnly };

    public static readonly Setting TimeZone = new(
        "TimeZone", "MEMORY_TIME_ZONE", "--time-zone", "The time zone of the schedule, such as Europe/Brussels or UTC.") { DefaultInWords = "the machine's", DefaultHere = static () => TimeZoneInfo.Local.Id };

    public static readonly Setting CatchUpDelay = new(
        "CatchUpDelay", "MEMORY_CATCH_UP_DELAY", "--catch-up-delay", "Seconds after the start until a missed night is caught up: 0 to 86400.") { Default = "10" };

    public static readonly Setting LogLevel = new(
        "LogLevel", "MEMORY_LOG_LEVEL", "--log-level", "How much is logged to stderr: Trace, Debug, Information, Warning, Error, Critical or None.") { Default = "Warning", Words = ["Trace", "Debug", "Information", "Warning", "Error", "Critical", "None"] };

    public static readonly Setting Embeddings = new(
        "Embeddings", "MEMORY_EMBEDDINGS", "--embeddings",
        "What makes the vectors for finding by meaning: 'static' (built in, offline), 'onnx:MODEL_OR_FOLDER' or 'openai:URL#MODEL' (its key in MEMORY_EMBEDDINGS_KEY).") { Default = EmbeddingProviders.Static, Words = [EmbeddingProviders.Static] };

    public static readonly Setting LanguageModel = new(
        "LanguageModel", "MEMORY_LANGUAGE_MODEL", "--language-model",
        "What may word merges and decide near-ties in consolidation: 'off', or 'openai:URL#MODEL' for an OpenAI-compatible or Ollama endpoint (its key in MEMORY_LANGUAGE_MODEL_KEY).") { Default = LanguageModels.Off, Words = OffOnly };

    public static readonly Setting RememberQueries = new(
        "RememberQueries", "MEMORY_REMEMBER_QUERIES", "--remember-queries",
        "Whether to keep hashes of answered recalls, to test that consolidation loses no answer: on or off.") { Default = "on", Words = ["on", "off"] };

    public static readonly Setting Secrets = new(
        "Secrets", "MEMORY_SECRETS", "--secrets",
        "What becomes of credentials in what is stored: 'redact' (a mark says what stood there), 'refuse' or 'allow'.") { Default = "redact", Words = ["redact", "refuse", "allow"] };

    public static readonly Setting BackupSchedule = new(
        "BackupSchedule", "MEMORY_BACKUP_SCHEDULE", "--backup-schedule",
        "When to write a verified backup beside the database: a Quartz cron expression of 6 or 7 fields, or 'off'.") { Default = "off", Words = OffOnly };

    public static readonly Setting BackupsKept = new(
        "BackupsKept", "MEMORY_BACKUPS_KEPT", "--backups-kept", "How many backups beside the database are kept, 1 to 365; the oldest go.") { Default = "3" };

    public static readonly Setting AuditDays = new(
        "AuditDays", "MEMORY_AUDIT_DAYS", "--audit-days", "For how many days the audit log is kept: 1 to 3650.") { Default = "365" };

    public static readonly IReadOnlyList<Setting> All = [Database, Namespace, Schedule, TimeZone, CatchUpDelay, LogLevel, Embeddings, RememberQueries, LanguageModel, Secrets, BackupSchedule, BackupsKept, AuditDays];

    /// <summary>All of them, and those of HTTP.</summary>
    public static IEnumerable<Setting> Known => All.Concat(HttpSetting.All);
}
