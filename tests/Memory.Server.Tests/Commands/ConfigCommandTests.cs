using Memory.Server.Commands;

namespace Memory.Server.Tests.Commands;

/// <summary><c>config show</c>: which value holds, and who gave it.</summary>
public sealed class ConfigCommandTests : IDisposable
{
    private readonly CommandFixture _command = new();

    [Fact]
    public async Task Config_show_tells_the_value_that_holds_where_nobody_gave_one()
    {
        var shown = (await _command.RunAsync("config", "show", "--json", "--secrets", "refuse")).ShouldEnd(0).Json.EnumerateArray()
            .ToDictionary(static s => s.GetProperty("name").GetString()!, static s => (Value: s.TryGetProperty("value", out var value) ? value.GetString() : null, From: s.GetProperty("from").GetString()));
        var table = (await _command.RunAsync("config", "show")).ShouldEnd(0).Stdout;

        shown["Secrets"].ShouldBe(("refuse", "--secrets"));
        shown["RememberQueries"].ShouldBe(("on", "default"));
        (string Name, string? Value)[] holding =
        [
            ("Namespace", "default"), ("Schedule", "0 0 3 * * ?"), ("TimeZone", TimeZoneInfo.Local.Id), ("CatchUpDelay", "10"), ("LogLevel", "Warning"), ("Embeddings", "static"),
            ("RememberQueries", "on"), ("LanguageModel", "off"), ("BackupSchedule", "off"), ("BackupsKept", "3"), ("AuditDays", "365"), ("Http", "off"), ("Auth", "none"),
            ("RateLimit", "100"), ("AddressRateLimit", "200"), ("AddressConnections", "256"), ("RequestTimeout", "30"), ("HeaderTimeout", "10"), ("JwtIssuer", null), ("QuotaBytes", null),
        ];
        foreach (var (name, value) in holding)
        {
            // The file that is shipped repeats none of them.
            shown[name].ShouldBe((value, "default"), name);
            table.ShouldContain(value ?? "no limit");
        }
    }

    [Fact]
    public async Task Config_show_says_what_is_wrong_beside_the_JSON_too()
    {
        var shown = (await _command.InProcessAsync("config", "show", "--json", "--log-level", "chatty")).ShouldEnd(ExitCodes.Usage);

        shown.Stderr.ShouldContain("chatty");
        shown.Json.GetArrayLength().ShouldBeGreaterThan(10);
    }

    public void Dispose() => _command.Dispose();
}
