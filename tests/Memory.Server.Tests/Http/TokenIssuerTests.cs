using System.Text.Json;
using Memory.Server.Http.Access;
using Memory.Server.Tests.Scheduling;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Memory.Server.Tests.Http;

/// <summary>An issuer that cannot be reached is nobody's wrong token.</summary>
public sealed class TokenIssuerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly KeptLog<TokenIssuer> _log = new();

    [Fact]
    public async Task A_good_token_of_an_issuer_that_is_away_is_answered_503_however_often_it_comes_and_the_log_says_so_once()
    {
        const int MoreThanWrongOnesMayCome = 25;
        var (token, address) = await GoneAsync();
        await using var host = await HttpHost.StartAsync(
            _folder.File("memory.db"), "--auth", "keys,jwt", "--jwt-issuer", address, "--jwt-audience", FakeIssuer.Audience, "--address-rate-limit", "off");
        var admin = await KeyMaker.CreateAsync(_folder.File("memory.db"), "boss", "*", "admin");
        using var client = host.Client(token);
        for (var i = 0; i < MoreThanWrongOnesMayCome; i++)
        {
            using var response = await client.GetAsync("/api/v1/status", TestContext.Current.CancellationToken);
            ((int)response.StatusCode).ShouldBe(503);
            response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            response.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
            (await response.JsonAsync()).GetProperty("detail").GetString().ShouldBe("The issuer of tokens cannot be reached, so that the token cannot be checked. Try again later.");
        }

        client.DefaultRequestHeaders.Authorization = new("Bearer", "nonsense");
        (await client.RefusedAsync(HttpMethod.Get, "/api/v1/status")).ShouldBe((401, "The token is not valid."));
        client.DefaultRequestHeaders.Authorization = new("Bearer", admin);
        (await client.GetOkAsync(HttpMethod.Get, "/api/v1/audit?action=authenticate")).GetProperty("lines").GetArrayLength().ShouldBe(1);
        await host.Process.TerminateAsync();
        await host.Process.WaitAsync();
        var line = JsonElement.Parse(host.Process.Stderr.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem());
        line.GetProperty("LogLevel").GetString().ShouldBe("Warning");
        line.GetProperty("Message").GetString().ShouldStartWith($"The keys of the issuer {address} could not be fetched");
        line.TryGetProperty("Exception", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task WaitAsync_asks_again_after_a_pause_logs_once_a_minute_and_asks_no_more_when_the_keys_are_known()
    {
        var (token, _) = await GoneAsync();
        var keys = new Keys();
        using var issuer = new TokenIssuer(new Fixed(new JwtBearerOptions { Authority = "https://id.example.com", ConfigurationManager = keys }), _time, _log);
        foreach (var (seconds, asked, lines) in new[] { (0, 1, 1), (4, 1, 1), (1, 2, 1), (50, 3, 1), (5, 4, 2) })
        {
            _time.Advance(TimeSpan.FromSeconds(seconds));
            (await issuer.WaitAsync(token, TestContext.Current.CancellationToken)).ShouldNotBeNull();
            (keys.Asked, _log.Lines.Count).ShouldBe((asked, lines));
        }

        (await issuer.WaitAsync("nonsense", TestContext.Current.CancellationToken)).ShouldBeNull();
        keys.AreThere = true;
        _time.Advance(TimeSpan.FromSeconds(5));
        (await issuer.WaitAsync(token, TestContext.Current.CancellationToken)).ShouldBeNull();
        (await issuer.WaitAsync(token, TestContext.Current.CancellationToken)).ShouldBeNull();

        keys.Asked.ShouldBe(5);
        _log.Lines.ShouldAllBe(static l => l == "Warning: The keys of the issuer https://id.example.com could not be fetched, and no token can be checked: away");
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<(string Token, string Address)> GoneAsync()
    {
        await using var issuer = new FakeIssuer();
        return (issuer.Token(), issuer.Issuer);
    }

    private sealed class Keys : IConfigurationManager<OpenIdConnectConfiguration>
    {
        public int Asked { get; private set; }

        public bool AreThere { get; set; }

        public Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
        {
            Asked++;
            return AreThere ? Task.FromResult(new OpenIdConnectConfiguration()) : Task.FromException<OpenIdConnectConfiguration>(new InvalidOperationException("no keys", new IOException("away")));
        }

        public void RequestRefresh()
        {
        }
    }

    private sealed class Fixed(JwtBearerOptions options) : IOptionsMonitor<JwtBearerOptions>
    {
        public JwtBearerOptions CurrentValue => options;

        public JwtBearerOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<JwtBearerOptions, string?> listener) => null;
    }
}
