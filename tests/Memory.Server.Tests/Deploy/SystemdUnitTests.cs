using System.Collections;
using System.Net;
using Memory.Server.Configuration;
using Memory.Server.Http;

namespace Memory.Server.Tests.Deploy;

public sealed class SystemdUnitTests
{
    private const string Executable = "/opt/memory-server/memory-server";

    private static readonly string[] Unit = DeployFiles.Lines("memory-server.service");

    [Fact]
    public void Start_names_arguments_and_settings_that_the_server_knows()
    {
        var start = DeployFiles.Words(Value("ExecStart"));
        var environment = Values("Environment").Select(static v => DeployFiles.Words(v).ShouldHaveSingleItem().Split('=', 2)).ToDictionary(static v => v[0], static v => v[1]);

        start[0].ShouldBe(Executable);
        var parsed = DeployFiles.ShouldBeTaken(start[1..]);
        parsed.CommandResult.Command.Name.ShouldBe("serve");
        var sources = SettingsSources.Open(AppContext.BaseDirectory, new Hashtable(environment), setting => parsed.GetValue<string?>(setting.Option));
        var settings = ServerSettings.Parse(sources.Find, out var problems);
        problems.ShouldBeEmpty();
        sources.Misspelt().Concat(sources.Unknown()).ShouldBeEmpty();

        settings!.Database.ShouldBe($"/var/lib/{Value("StateDirectory")}/memory.db");
        settings.BackupSchedule.Cron.ShouldBe("0 30 3 * * ?");
        settings.BackupsKept.ShouldBe(7);
        IPAddress.IsLoopback(settings.Http!.Address.Address).ShouldBeTrue();
        settings.Http.Auth.ShouldBe(AuthKinds.Keys);
        environment["DOTNET_BUNDLE_EXTRACT_BASE_DIR"].ShouldBe($"/var/cache/{Value("CacheDirectory")}");
    }

    [Fact]
    public void Commands_in_comments_are_taken_by_the_command_line()
    {
        var commands = Unit.Where(static l => l.StartsWith('#') && l.Contains(Executable, StringComparison.Ordinal)).Select(static l => DeployFiles.Words(l[l.IndexOf(Executable, StringComparison.Ordinal)..])).ToArray();

        commands.ShouldHaveSingleItem();
        DeployFiles.ShouldBeTaken(commands[0][1..]).CommandResult.Command.Name.ShouldBe("create");
    }

    [Fact]
    public void Service_has_a_user_of_its_own_and_no_rights_beyond_its_folders()
    {
        Unit.ShouldNotContain(static l => l.StartsWith("User=", StringComparison.Ordinal) || l.StartsWith("ReadWritePaths=", StringComparison.Ordinal) || l.StartsWith("AmbientCapabilities=", StringComparison.Ordinal));
        foreach (var line in (string[])
        [
            "DynamicUser=yes", "StateDirectoryMode=0700", "UMask=0077", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes", "PrivateDevices=yes", "NoNewPrivileges=yes",
            "ProtectKernelTunables=yes", "ProtectKernelModules=yes", "ProtectControlGroups=yes", "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX", "RestrictNamespaces=yes", "RestrictRealtime=yes",
            "LockPersonality=yes", "CapabilityBoundingSet=", "SystemCallArchitectures=native", "SystemCallFilter=@system-service", "Restart=on-failure",
        ])
        {
            Section("Service").ShouldContain(line);
        }

        Section("Install").ShouldBe(["WantedBy=multi-user.target"]);
    }

    private static string Value(string name) => Values(name).ShouldHaveSingleItem();

    private static string[] Values(string name) => [.. Section("Service").Where(l => l.StartsWith($"{name}=", StringComparison.Ordinal)).Select(l => l[(name.Length + 1)..])];

    private static string[] Section(string name) =>
        [.. Unit.SkipWhile(l => l != $"[{name}]").Skip(1).TakeWhile(static l => !l.StartsWith('[')).Where(static l => l.Length > 0 && !l.StartsWith('#'))];
}
