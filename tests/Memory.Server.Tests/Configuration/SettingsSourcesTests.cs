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
    public void Misspelt_names_keys_of_the_section_that_are_no_settings_with_those_that_are()
    {
        File.WriteAllText(_folder.File("appsettings.json"), """{ "Memory": { "Namespace": "a", "Namspace": "b" }, "Logging": { "Anything": 1 } }""");

        Sources().Misspelt().ShouldBe([
            "appsettings.json Memory:Namspace is not a setting; allowed are Db, Namespace, Schedule, TimeZone, CatchUpDelay, LogLevel, Embeddings, RememberQueries, LanguageModel, Secrets, BackupSchedule, BackupsKept, AuditDays, Http, Auth, JwtIssuer, JwtAudience, HttpHosts, HttpOrigins, HttpCertificate, HttpCertificateKey, RateLimit, AddressRateLimit, AddressConnections, RequestTimeout, HeaderTimeout, QuotaMemories, QuotaBytes.",
        ]);
        Sources().Unknown().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("MEMORY_NAMESPCE", "MEMORY_NAMESPACE")]
    [InlineData("memory_db", "MEMORY_DB")]
    [InlineData("MEMORY_DATABASE", "MEMORY_DB")]
    [InlineData("MEMORY_DB_PATH", "MEMORY_DB")]
    [InlineData("MEMORY_NIGHTLY", "MEMORY_SCHEDULE")]
    [InlineData("MEMORY_TIMEZONE", "MEMORY_TIME_ZONE")]
    [InlineData("MEMORY_TZ", "MEMORY_TIME_ZONE")]
    [InlineData("MEMORY_LOG", "MEMORY_LOG_LEVEL")]
    [InlineData("MEMORY_BACKUP_KEPT", "MEMORY_BACKUPS_KEPT")]
    [InlineData("MEMORY_EMBEDDING_KEY", "MEMORY_EMBEDDINGS_KEY")]
    [InlineData("MEMORY_HTTP_PORT", "MEMORY_HTTP")]
    public void Misspelt_names_a_variable_close_to_a_setting_and_the_setting_and_never_its_value(string name, string nearest)
    {
        _environment[name] = "sk-secret";

        Sources().Misspelt().ShouldBe([$"{name} is not a setting; {nearest} is the nearest. If {name} is meant for another program, set it to nothing for this one."]);
        Sources().Unknown().ShouldBeEmpty();

        _environment[name] = "";
        Sources().Misspelt().ShouldBeEmpty();
    }

    [Fact]
    public void Unknown_names_variables_of_our_prefix_that_are_close_to_no_setting()
    {
        _environment["MEMORY_BANK_ROOT"] = "/home/ana/bank";
        _environment["MEMORYCACHE"] = "x";
        _environment["PATH"] = "/bin";

        Sources().Misspelt().ShouldBeEmpty();
        Sources().Unknown().ShouldHaveSingleItem().ShouldStartWith("The environment variable MEMORY_BANK_ROOT is not a setting; known are MEMORY_DB, ");
    }

    [Theory]
    [InlineData("MEMORY_PRESSURE_WATCH", "/sys/fs/cgroup/memory.pressure")]
    [InlineData("MEMORY_PRESSURE_WRITE", "c29tZSAyMDAwMDA=")]
    [InlineData("MEMORY_LIMIT", "512Mi")]
    [InlineData("MEMORY_REQUEST", "256Mi")]
    [InlineData("MEMORY_SERVICE_HOST", "10.0.0.1")]
    [InlineData("MEMORY_HTTP_SERVICE_PORT_WEB", "7788")]
    [InlineData("MEMORY_SERVER_PORT", "tcp://10.0.0.1:7788")]
    [InlineData("MEMORY_DB_PORT_5432_TCP_ADDR", "10.0.0.1")]
    [InlineData("MEMORY_EMBEDDINGS_KEY", "sk-secret")]
    [InlineData("MEMORY_LANGUAGE_MODEL_KEY", "sk-secret")]
    [InlineData("MEMORY_HTTP_CERTIFICATE_PASSWORD", "secret")]
    public void Nothing_is_said_of_what_a_platform_sets_nor_of_secrets(string name, string value)
    {
        _environment[name] = value;

        Sources().Misspelt().ShouldBeEmpty();
        Sources().Unknown().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{ "Memory": 5 }""", "appsettings.json Memory is '5'")]
    [InlineData("""{ "Memory": { "Namespace": { "a": "b" } } }""", "appsettings.json Memory:Namespace is an object or a list")]
    [InlineData("""{ "Memory": { "Schedule": ["off"] } }""", "appsettings.json Memory:Schedule is an object or a list")]
    public void Misspelt_names_what_holds_no_one_value(string text, string told)
    {
        File.WriteAllText(_folder.File("appsettings.json"), text);

        Sources().Misspelt().ShouldHaveSingleItem().ShouldStartWith(told);
    }

    [Theory]
    [InlineData("{ \"Memory\": ")]
    [InlineData("not json")]
    [InlineData("{ \"Memory\": { \"Namespace\": \"\\ud800\" } }")]
    [InlineData("{ \"Memory\": { \"\\ud800\": \"x\" } }")]
    public void Open_of_a_malformed_file_names_it(string text)
    {
        File.WriteAllText(_folder.File("appsettings.json"), text);

        Should.Throw<InvalidDataException>(() => Sources()).Message.ShouldContain(_folder.File("appsettings.json"));
    }

    [Fact]
    public void The_file_that_is_shipped_gives_the_defaults()
    {
        var sources = SettingsSources.Open(AppContext.BaseDirectory, new Hashtable(), static _ => null);

        sources.Misspelt().ShouldBeEmpty();
        var shipped = ServerSettings.Parse(sources.Find, out _).ShouldNotBeNull();
        var defaults = ServerSettings.Parse(static _ => null, out _).ShouldNotBeNull();
        (shipped with { Schedule = defaults.Schedule, BackupSchedule = defaults.BackupSchedule }).ShouldBe(defaults);
        shipped.Schedule.Cron.ShouldBe(defaults.Schedule.Cron);
    }

    private SettingsSources Sources() => SettingsSources.Open(_folder.Path, _environment, _commandLine.GetValueOrDefault);
}
