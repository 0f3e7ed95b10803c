using Memory.Server.Configuration;
using Memory.Server.Http;

namespace Memory.Server.Tests.Http;

public sealed class HttpSettingsTests
{
    [Theory]
    [InlineData("127.0.0.1:7788", "127.0.0.1:7788")]
    [InlineData("localhost:80", "127.0.0.1:80")]
    [InlineData("[::1]:7788", "[::1]:7788")]
    [InlineData("0.0.0.0:0", "0.0.0.0:0")]
    public void Parse_of_an_address_with_a_port_reads_it(string text, string read)
    {
        var problems = new List<string>();

        Parse(problems, (HttpSetting.Address, text))!.Address.ToString().ShouldBe(read);
        problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("7788")]
    [InlineData(":7788")]
    [InlineData("::1:7788")]
    [InlineData("example.com:7788")]
    [InlineData("127.0.0.1:70000")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("http://127.0.0.1:7788")]
    public void Parse_of_any_other_address_says_what_is_allowed(string text)
    {
        var problems = new List<string>();

        Parse(problems, (HttpSetting.Address, text)).ShouldBeNull();
        problems.ShouldHaveSingleItem().ShouldStartWith($"--http is '{text}'; allowed is an IP address or 'localhost' with a port");
    }

    [Theory]
    [InlineData("off")]
    [InlineData(null)]
    public void Parse_without_an_address_serves_stdio_whatever_else_is_set(string? text)
    {
        var problems = new List<string>();

        Parse(problems, (HttpSetting.Address, text), (HttpSetting.Auth, "nonsense")).ShouldBeNull();
        problems.ShouldBeEmpty();
    }

    [Fact]
    public void Parse_of_limits_reads_them_and_off_is_none()
    {
        var problems = new List<string>();
        var settings = Parse(problems, (HttpSetting.Address, "127.0.0.1:1"), (HttpSetting.RateLimit, "off"), (HttpSetting.AddressRateLimit, "0.5"), (HttpSetting.QuotaBytes, "1000"))!;

        (settings.RateLimit, settings.AddressRateLimit, settings.Quota.Memories, settings.Quota.Bytes).ShouldBe((null, 0.5, null, 1000L));
        Parse(problems, (HttpSetting.Address, "127.0.0.1:1"))!.RateLimit.ShouldBe(100);
        problems.ShouldBeEmpty();
    }

    [Fact]
    public void Parse_of_times_reads_seconds_and_has_its_own_without()
    {
        var problems = new List<string>();
        var settings = Parse(problems, (HttpSetting.Address, "127.0.0.1:1"), (HttpSetting.RequestTimeout, "60"), (HttpSetting.HeaderTimeout, "1"))!;
        (settings.RequestTimeout, settings.HeaderTimeout).ShouldBe((TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1)));
        settings = Parse(problems, (HttpSetting.Address, "127.0.0.1:1"))!;
        (settings.RequestTimeout, settings.HeaderTimeout).ShouldBe((TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10)));
        problems.ShouldBeEmpty();

        Parse(problems, (HttpSetting.Address, "127.0.0.1:1"), (HttpSetting.RequestTimeout, "0"), (HttpSetting.HeaderTimeout, "3601")).ShouldBeNull();
        problems.ShouldBe(["--request-timeout is '0'; allowed is a whole number of seconds from 1 to 3600.", "--header-timeout is '3601'; allowed is a whole number of seconds from 1 to 3600."]);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("2000", 2_000)]
    [InlineData(null, 256)]
    [InlineData("0", null)]
    [InlineData("2001", null)]
    [InlineData("off", null)]
    public void Parse_of_the_connections_of_an_address_reads_as_many_as_there_can_be(string? text, int? read)
    {
        var problems = new List<string>();

        Parse(problems, (HttpSetting.Address, "127.0.0.1:1"), (HttpSetting.AddressConnections, text))?.AddressConnections.ShouldBe(read!.Value);
        problems.ShouldBe(read is null ? [$"--address-connections is '{text}'; allowed is a whole number from 1 to 2000."] : []);
    }

    [Theory]
    [InlineData("http://login.example.com")]
    [InlineData("login.example.com")]
    public void Parse_of_an_issuer_without_TLS_that_is_not_this_machine_is_refused(string issuer)
    {
        var problems = new List<string>();

        Parse(problems, (HttpSetting.Address, "127.0.0.1:1"), (HttpSetting.Auth, "jwt"), (HttpSetting.JwtAudience, "a"), (HttpSetting.JwtIssuer, issuer)).ShouldBeNull();
        problems[0].ShouldStartWith($"--jwt-issuer is '{issuer}'; allowed is an https URL");
    }

    [Theory]
    [InlineData("jwt", "https://memory.example.com/mcp", "https://memory.example.com/mcp")]
    [InlineData("jwt", "http://memory.example.com/mcp", null)]
    [InlineData("jwt", "memory-api", null)]
    [InlineData("keys", "https://memory.example.com/mcp", null)]
    public void Public_address_is_the_audience_when_that_is_an_https_URL(string auth, string audience, string? expected) =>
        Parse([], (HttpSetting.Address, "127.0.0.1:1"), (HttpSetting.Auth, auth), (HttpSetting.JwtAudience, audience), (HttpSetting.JwtIssuer, "https://login.example.com"))!
            .PublicAddress?.ToString().ShouldBe(expected);

    private static HttpSettings? Parse(List<string> problems, params (Setting Setting, string? Text)[] given) => HttpSettings.Parse(
        setting => given.FirstOrDefault(g => g.Setting == setting).Text is { } text ? new SettingValue(setting.Option, text) : null, problems);
}
