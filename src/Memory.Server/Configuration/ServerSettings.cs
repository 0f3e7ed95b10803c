using System.Globalization;
using Memory.Core.Memories;
using Memory.Core.Screening;
using Memory.Core.Storage;
using Memory.Server.Callers;
using Memory.Server.Embeddings;
using Memory.Server.Http;
using Memory.Server.Language;
using Memory.Server.Scheduling;
using Microsoft.Extensions.Logging;

namespace Memory.Server.Configuration;

/// <summary>What the server runs with, checked.</summary>
internal sealed record ServerSettings
{
    private const int MaxCatchUpSeconds = 86_400;

    /// <summary>The database file, a full path.</summary>
    public required string Database { get; init; }

    /// <summary>The namespace when a call names none.</summary>
    public required Namespace Namespace { get; init; }

    /// <summary>When to consolidate.</summary>
    public required NightlySchedule Schedule { get; init; }

    /// <summary>How long after the start a missed night is caught up.</summary>
    public required TimeSpan CatchUpDelay { get; init; }

    /// <summary>What makes the vectors, as <see cref="EmbeddingProviders"/> reads it.</summary>
    public required string Embeddings { get; init; }

    /// <summary>What may word merges and decide near-ties, as <see cref="LanguageModels"/> reads it.</summary>
    public required string LanguageModel { get; init; }

    /// <summary>Whether hashes of answered recalls are kept, to test that consolidation loses no answer.</summary>
    public required bool RememberQueries { get; init; }

    /// <summary>What becomes of credentials in what is stored.</summary>
    public required SecretPolicy Secrets { get; init; }

    /// <summary>When to back up; off unless configured.</summary>
    public required NightlySchedule BackupSchedule { get; init; }

    /// <summary>How many backups beside the database are kept.</summary>
    public required int BackupsKept { get; init; }

    /// <summary>How long a line of the audit log is kept.</summary>
    public required TimeSpan AuditRetention { get; init; }

    /// <summary>What is logged to stderr.</summary>
    public required LogLevel LogLevel { get; init; }

    /// <summary>How much a namespace may hold; nothing is held against what the process does by itself.</summary>
    public Quota Quota => Http?.Quota ?? Quota.None;

    /// <summary>How HTTP is served; <see langword="null"/> for stdio.</summary>
    public HttpSettings? Http { get; init; }

    /// <summary>Checks every value.</summary>
    /// <param name="find">Yields the value of a setting, or <see langword="null"/> when nobody gave one.</param>
    /// <param name="problems">For each wrong value: which setting, which value, what is allowed.</param>
    public static ServerSettings? Parse(Func<Setting, SettingValue?> find, out IReadOnlyList<string> problems)
    {
        var found = new List<string>();
        var settings = new ServerSettings
        {
            Database = Read(find, Setting.Database, ParseDatabase, "a path to a file (not a folder, a device or a pipe, not ':memory:', not a 'file:' URI), of which the name has no NUL character", found) ?? DefaultDatabase(found),
            Namespace = Read(find, Setting.Namespace, static t => Namespace.TryParse(t, out var ns) ? ns : (Namespace?)null, Namespace.Allowed, found) ?? default,
            Schedule = new NightlySchedule(
                Read(find, Setting.Schedule, ParseSchedule, AllowedSchedule, found) is { Length: > 0 } cron ? cron : null,
                Read(find, Setting.TimeZone, static t => TimeZoneInfo.TryFindSystemTimeZoneById(t, out var zone) ? zone : null, "the name of a time zone this machine knows, such as Europe/Brussels or UTC", found) ?? Zone(find)),
            CatchUpDelay = Read(find, Setting.CatchUpDelay, ParseSeconds, "a number of seconds from 0 to 86400", found) ?? default,
            Embeddings = Read(find, Setting.Embeddings, static t => EmbeddingProviders.IsWellFormed(t) ? t : null, EmbeddingProviders.Allowed, found) ?? EmbeddingProviders.Static,
            LanguageModel = Read(find, Setting.LanguageModel, static t => LanguageModels.IsWellFormed(t) ? t : null, LanguageModels.Allowed, found) ?? LanguageModels.Off,
            RememberQueries = Read<bool?>(find, Setting.RememberQueries, ParseSwitch, "on or off", found) ?? default,
            Secrets = Read(find, Setting.Secrets, ParsePolicy, "redact, refuse or allow", found) ?? default,
            BackupSchedule = new NightlySchedule(Read(find, Setting.BackupSchedule, ParseSchedule, AllowedSchedule, found) is { Length: > 0 } backups ? backups : null, Zone(find)),
            BackupsKept = Read(find, Setting.BackupsKept, static t => ParseCount(t, MaxBackupsKept), "a whole number from 1 to 365", found) ?? default,
            AuditRetention = TimeSpan.FromDays(Read(find, Setting.AuditDays, static t => ParseCount(t, MaxAuditDays), "a number of days from 1 to 3650", found) ?? default),
            LogLevel = Read(find, Setting.LogLevel, ParseLevel, string.Join(", ", Enum.GetNames<LogLevel>()), found) ?? default,
            Http = HttpSettings.Parse(find, found),
        };
        problems = found;
        return found.Count == 0 ? settings : null;
    }

    private const string AllowedSchedule = "'off' or a Quartz cron expression of 6 or 7 fields that comes to pass, such as '0 0 3 * * ?'";
    private const int MaxBackupsKept = 365;
    private const int MaxAuditDays = 3_650;

    internal static T? Read<T>(Func<Setting, SettingValue?> find, Setting setting, Func<string, T?> parse, string allowed, List<string> problems)
    {
        if (find(setting) is not { } given)
        {
            return setting.Default is { } holds ? parse(holds) : default;
        }

        if (parse(given.Text) is { } value)
        {
            return value;
        }

        problems.Add($"{given.Name} is '{given.Text}'; allowed is {allowed}.");
        return default;
    }

    // Who writes SQLite's own names for something else than a file would get a file of that name.
    private static string? ParseDatabase(string text) =>
        string.IsNullOrWhiteSpace(text) || text.Contains('\0') || text.StartsWith(":memory:", StringComparison.Ordinal) || text.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
            || Directory.Exists(text) || text.EndsWith('/') || DatabaseFiles.IsDevice(text) ? null : Path.GetFullPath(text);

    // Whoever keeps the default loads nothing of Quartz before its first night is waited for.
    private static string? ParseSchedule(string text) =>
        text.Equals("off", StringComparison.OrdinalIgnoreCase) ? "" : text == Setting.Schedule.Default || NightlySchedule.IsValid(text) ? text : null;

    private static TimeSpan? ParseSeconds(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and <= MaxCatchUpSeconds ? TimeSpan.FromSeconds(seconds) : null;

    private static bool? ParseSwitch(string text) =>
        text.Equals("on", StringComparison.OrdinalIgnoreCase) ? true : text.Equals("off", StringComparison.OrdinalIgnoreCase) ? false : null;

    // A wrong one is told where the other schedule asks for it.
    private static TimeZoneInfo Zone(Func<Setting, SettingValue?> find) =>
        find(Setting.TimeZone) is { } named ? TimeZoneInfo.TryFindSystemTimeZoneById(named.Text, out var zone) ? zone : TimeZoneInfo.Utc : TimeZoneInfo.Local;

    private static int? ParseCount(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1 && count <= most ? count : null;

    private static SecretPolicy? ParsePolicy(string text) => text.ToUpperInvariant() switch
    {
        "REDACT" => SecretPolicy.Redact,
        "REFUSE" => SecretPolicy.Refuse,
        "ALLOW" => SecretPolicy.Allow,
        _ => null,
    };

    // Enum.TryParse would also take numbers and lists.
    private static LogLevel? ParseLevel(string text) =>
        Array.FindIndex(Enum.GetNames<LogLevel>(), name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is >= 0 and var i
            ? Enum.GetValues<LogLevel>()[i]
            : null;

    /// <summary>The database of a user who names none; <see langword="null"/> when this user has no place for it.</summary>
    internal static string? FindDefaultDatabase() =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } data
            ? Path.Combine(data, "memory-server", "memory.db")
            : null;

    private static string DefaultDatabase(List<string> problems)
    {
        if (FindDefaultDatabase() is { } database)
        {
            return database;
        }

        problems.Add($"This user has no data directory; name the database with {Setting.Database.Option} or {Setting.Database.Variable}.");
        return "";
    }
}
