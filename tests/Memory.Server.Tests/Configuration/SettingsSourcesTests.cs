using System.Collections;
using Memory.Server.Configuration;

namespace Memory.Server.Tests.Configuration;

public sealed class SettingsSourcesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Hashtable _environment = [];
    private readonly Dictionary<Setting, string> _commandLine = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_of_what_nobody_gave_yields_nothing()
    {
        Sources().Find(Setting.Namespace).ShouldBeNull();
    }

    [Fact]
    public void Find_prefers_the_environment_to_the_file_and_the_command_line_to_both()
    {
        foreach (var setting in Setting.All)
        {
            File.WriteAllText(_folder.File("appsettings.json"), $$"""{ "Memory": { "{{setting.Key}}": "from file" } }""");
            Sources().Find(setting).ShouldBe(new SettingValue($"appsettings.json Memory:{setting.Key}", "from file"));

            _environment[setting.Variable] = "from environment";
            Sources().Find(setting).ShouldBe(new SettingValue(setting.Variable, "from environment"));

            _commandLine[setting] = "from command line";
            Sources().Find(setting).ShouldBe(new SettingValue(setting.Option, "from command line"));
        }
    }

    [Fact]
    public void Find_takes_an_empty_variable_for_none_and_an_empty_option_for_given()
    {
        _environment["MEMORY_NAMESPACE"] = "";
        Sources().Find(Setting.Namespace).ShouldBeNull();

        _commandLine[Setting.Namespace] = "";
        Sources().Find(Setting.Namespace).ShouldBe(new SettingValue("--namespace", ""));
    }

    [Fact]
    public void Unknown_names_variables_and_keys_that_are_no_settings()
    {
        File.WriteAllText(_folder.File("appsettings.json"), """{ "Memory": { "Namespace": "a", "Namspace": "b" }, "Logging": { "Anything": 1 } }""");
        _environment["MEMORY_DB"] = "a.db";
        _environment["MEMORY_NAMESPCE"] = "c";
        _environment["memory_db"] = "wrong case";
        _environment["PATH"] = "/bin";

        var warnings = Sources().Unknown().Order().ToArray();

        warnings.Length.ShouldBe(3);
        warnings[0].ShouldBe("appsettings.json Memory:Namspace is not a setting; known are Db, Namespace, Schedule, TimeZone, CatchUpDelay, LogLevel, Embeddings, RememberQueries, LanguageModel, Secrets, BackupSchedule, BackupsKept, AuditDays, Http, Auth, JwtIssuer, JwtAudience, HttpHosts, HttpOrigins, HttpCertificate, HttpCertificateKey, RateLimit, AddressRateLimit, AddressConnections, RequestTimeout, HeaderTimeout, QuotaMemories, QuotaBytes.");
        warnings[1].ShouldStartWith("The environment variable memory_db is not a setting; known are MEMORY_DB, ");
        warnings[2].ShouldStartWith("The environment variable MEMORY_NAMESPCE is not a setting; known are MEMORY_DB, MEMORY_NAMESPACE, ");
    }

    [Theory]
    [InlineData("{ \"Memory\": ")]
    [InlineData("not json")]
    public void Open_of_a_malformed_file_names_it(string text)
    {
        File.WriteAllText(_folder.File("appsettings.json"), text);

        Should.Throw<InvalidDataException>(() => Sources()).Message.ShouldContain(_folder.File("appsettings.json"));
    }

    [Fact]
    public void The_file_that_is_shipped_gives_the_defaults()
    {
        var sources = SettingsSources.Open(AppContext.BaseDirectory, new Hashtable(), static _ => null);

        sources.Unknown().ShouldBeEmpty();
        var shipped = ServerSettings.Parse(sources.Find, out _).ShouldNotBeNull();
        var defaults = ServerSettings.Parse(static _ => null, out _).ShouldNotBeNull();
        (shipped with { Schedule = defaults.Schedule, BackupSchedule = defaults.BackupSchedule }).ShouldBe(defaults);
        shipped.Schedule.Cron.ShouldBe(defaults.Schedule.Cron);
    }

    private SettingsSources Sources() => SettingsSources.Open(_folder.Path, _environment, _commandLine.GetValueOrDefault);
}
