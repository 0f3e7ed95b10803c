using Memory.Core.Screening;
using Memory.Server.Configuration;
using Memory.Server.Http;
using Memory.Server.Scheduling;
using Microsoft.Extensions.Logging;

namespace Memory.Server.Tests.Configuration;

public sealed class ServerSettingsTests
{
    [Fact]
    public void Parse_of_nothing_yields_the_defaults()
    {
        var settings = Parse([]).ShouldNotBeNull();

        settings.Database.ShouldEndWith(Path.Combine("memory-server", "memory.db"));
        Path.IsPathFullyQualified(settings.Database).ShouldBeTrue();
        settings.Namespace.Value.ShouldBe("default");
        settings.Schedule.Cron.ShouldBe("0 0 3 * * ?");
        NightlySchedule.IsValid(settings.Schedule.Cron!).ShouldBeTrue();
        settings.Schedule.Zone.ShouldBe(TimeZoneInfo.Local);
        settings.CatchUpDelay.ShouldBe(TimeSpan.FromSeconds(10));
        settings.LanguageModel.ShouldBe("off");
        settings.Secrets.ShouldBe(SecretPolicy.Redact);
        settings.BackupSchedule.Cron.ShouldBeNull();
        settings.BackupsKept.ShouldBe(3);
        settings.AuditRetention.ShouldBe(TimeSpan.FromDays(365));
        settings.LogLevel.ShouldBe(LogLevel.Warning);
    }

    [Fact]
    public void Parse_of_values_yields_them()
    {
        var settings = Parse(new()
        {
            [Setting.Database] = "here.db", [Setting.Namespace] = "harbor", [Setting.Schedule] = "0 30 4 ? * MON-FRI",
            [Setting.TimeZone] = "Europe/Brussels", [Setting.CatchUpDelay] = "1.5", [Setting.LogLevel] = "debug", [Setting.Secrets] = "Refuse", [Setting.AuditDays] = "30",
        }).ShouldNotBeNull();

        settings.Database.ShouldBe(Path.GetFullPath("here.db"));
        settings.Namespace.Value.ShouldBe("harbor");
        settings.Schedule.Cron.ShouldBe("0 30 4 ? * MON-FRI");
        settings.Schedule.Zone.Id.ShouldBe("Europe/Brussels");
        settings.CatchUpDelay.ShouldBe(TimeSpan.FromSeconds(1.5));
        settings.LogLevel.ShouldBe(LogLevel.Debug);
        settings.Secrets.ShouldBe(SecretPolicy.Refuse);
        settings.AuditRetention.ShouldBe(TimeSpan.FromDays(30));
    }

    [Theory]
    [InlineData("off")]
    [InlineData("OFF")]
    public void Parse_of_off_turns_the_schedule_off(string text) =>
        Parse(new() { [Setting.Schedule] = text }).ShouldNotBeNull().Schedule.Cron.ShouldBeNull();

    [Theory]
    [InlineData("Db", "")]
    [InlineData("Db", "  ")]
    [InlineData("Db", "a\0b")]
    [InlineData("Db", "folder/")]
    [InlineData("Db", ":memory:")]
    [InlineData("Db", "file:memory.db?mode=memory")]
    [InlineData("Db", "/")]
    [InlineData("Db", "/dev/null")]
    [InlineData("Db", "/tmp/../proc/self/mem")]
    [InlineData("Namespace", "../x")]
    [InlineData("Namespace", "Harbor")]
    [InlineData("Schedule", "")]
    [InlineData("Schedule", "nightly")]
    [InlineData("Schedule", "0 3 * * *")]
    [InlineData("Schedule", "0 0 25 * * ?")]
    [InlineData("Schedule", "0 0 3 30 2 ?")]
    [InlineData("TimeZone", "Europe/Atlantis")]
    [InlineData("CatchUpDelay", "soon")]
    [InlineData("CatchUpDelay", "-1")]
    [InlineData("CatchUpDelay", "86401")]
    [InlineData("CatchUpDelay", "NaN")]
    [InlineData("CatchUpDelay", "1,5")]
    [InlineData("LanguageModel", "openai:http://localhost/v1")]
    [InlineData("Secrets", "hide")]
    [InlineData("BackupSchedule", "daily")]
    [InlineData("BackupsKept", "0")]
    [InlineData("BackupsKept", "366")]
    [InlineData("BackupsKept", "-1")]
    [InlineData("LogLevel", "Loud")]
    [InlineData("LogLevel", "3")]
    [InlineData("LogLevel", "Debug,Trace")]
    public void Parse_of_a_wrong_value_names_the_setting_the_value_and_what_is_allowed(string key, string value)
    {
        var setting = Setting.All.Single(s => s.Key == key);

        ServerSettings.Parse(s => s == setting ? new SettingValue("the name", value) : null, out var problems).ShouldBeNull();

        var problem = problems.ShouldHaveSingleItem();
        problem.ShouldStartWith($"the name is '{value}'; allowed is ");
        problem.ShouldContain(Allowed[key]);
    }

    [Fact]
    public void Parse_of_several_wrong_values_names_them_all()
    {
        ServerSettings.Parse(static s => new SettingValue(s.Option, "?"), out var problems).ShouldBeNull();

        // A file may well be named '?'.
        problems.Select(static p => p.Split(' ')[0]).ShouldBe(["--namespace", "--schedule", "--time-zone", "--catch-up-delay", "--embeddings", "--language-model", "--remember-queries", "--secrets", "--backup-schedule", "--backups-kept", "--audit-days", "--log-level", .. HttpSetting.All.Where(static s => s.Option != "--jwt-audience").Select(static s => s.Option)]);
    }

    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["Db"] = "a path to a file", ["Namespace"] = "1 to 64 characters", ["Schedule"] = "'off' or a Quartz cron expression",
        ["TimeZone"] = "Europe/Brussels or UTC", ["CatchUpDelay"] = "a number of seconds from 0 to 86400",
        ["LanguageModel"] = "openai:http://localhost:11434/v1#llama3.2",
        ["BackupSchedule"] = "'off' or a Quartz cron expression", ["BackupsKept"] = "a whole number from 1 to 365",
        ["Secrets"] = "redact, refuse or allow",
        ["LogLevel"] = "Trace, Debug, Information, Warning, Error, Critical, None",
    };

    private static ServerSettings? Parse(Dictionary<Setting, string> values)
    {
        var settings = ServerSettings.Parse(s => values.TryGetValue(s, out var value) ? new SettingValue(s.Key, value) : null, out var problems);
        problems.ShouldBeEmpty();
        return settings;
    }
}
