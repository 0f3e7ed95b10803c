using System.Net;
using System.Security.Cryptography;

namespace Memory.Server.Tests.Http;

/// <summary>Tokens of an OpenID Connect issuer, good ones and every kind of bad one.</summary>
[Collection(typeof(HttpCollection))]
public sealed class JwtTests(HttpFixture server)
{
    [Fact]
    public async Task A_token_of_the_issuer_opens_what_its_claims_name()
    {
        using var client = server.Host.Client(server.Issuer.Token());

        (await client.GetOkAsync(HttpMethod.Get, "/api/v1/status")).GetProperty("namespace").GetString().ShouldBe("a");
        (await client.RefusedAsync(HttpMethod.Get, "/api/v1/status?namespace=b")).Status.ShouldBe(403);
        (await client.RefusedAsync(HttpMethod.Post, "/api/v1/consolidations", "{}")).Status.ShouldBe(403);
        (await client.McpAsync("tools/list")).GetRawText().ShouldContain("\"store\"");
    }

    [Fact]
    public async Task A_token_signed_with_another_public_key_algorithm_opens_the_same()
    {
        using var client = server.Host.Client(server.Issuer.SignedWithPss());

        (await client.GetOkAsync(HttpMethod.Get, "/api/v1/status")).GetProperty("namespace").GetString().ShouldBe("a");
    }

    [Fact]
    public async Task A_token_without_our_claims_opens_nothing()
    {
        using var client = server.Host.Client(server.Issuer.Token(scope: "openid profile", namespaces: ""));

        (await client.RefusedAsync(HttpMethod.Get, "/api/v1/status")).Status.ShouldBe(403);
        (await client.RefusedAsync(HttpMethod.Get, "/api/v1/status?namespace=a")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Every_kind_of_bad_token_is_answered_401_with_the_reason()
    {
        using var stranger = RSA.Create(2048);
        var issuer = server.Issuer;
        foreach (var (token, reason) in new[]
        {
            (issuer.Unsigned(), "The token is not valid."),
            (issuer.Unsigned("NONE"), "The token is not valid."),
            (issuer.SignedWithPublicKey(), "The token is not valid."),
            (issuer.Token(signedBy: stranger), "The token is not valid."),
            (issuer.Token(audience: "https://other.example.com"), "The token is meant for another audience."),
            (issuer.Token(issuer: "https://evil.example.com"), "The token comes from another issuer."),
            (issuer.Token(expiresIn: -60), "The token has expired."),
            (issuer.Token(expiresIn: null), "The token does not say when it ends (exp)."),
            (issuer.Token(validIn: 120), "The token is not valid yet (nbf)."),
            (issuer.Token()[..^4] + "AAAA", "The token is not valid."),
            ("nonsense", "The token is not valid."),
        })
        {
            using var client = server.Host.Client(token);
            using var response = await client.SendMcpAsync("tools/list");

            response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, reason);
            response.Headers.WwwAuthenticate.ToString().ShouldContain("error=\"invalid_token\"");
            (await response.JsonAsync()).GetProperty("detail").GetString().ShouldBe(reason);
        }
    }

    [Fact]
    public async Task A_token_is_in_the_audit_log_as_a_token_whatever_its_subject_says()
    {
        using var client = server.Host.Client(server.Issuer.Token(subject: @"schedule\u202e\u001b[31m" + new string('x', 500)));
        using var admin = server.Client("admin");
        await client.GetOkAsync(HttpMethod.Post, "/api/v1/recall?namespace=a", """{"query":"anything"}""");

        var lines = (await admin.GetOkAsync(HttpMethod.Get, "/api/v1/audit?namespace=a&action=recall")).GetProperty("lines");

        lines[0].GetProperty("caller").GetString().ShouldStartWith("token schedule\uFFFD\uFFFD[31mxxx");
        lines[0].GetProperty("caller").GetString()!.Length.ShouldBeLessThan(130);
    }

    [Fact]
    public async Task A_good_token_opens_from_an_address_of_many_bad_ones()
    {
        using var old = server.Host.Client(server.Issuer.Token(expiresIn: -60));
        var last = HttpStatusCode.OK;
        for (var i = 0; i < 25; i++)
        {
            using var response = await old.GetAsync("/api/v1/status");
            last = response.StatusCode;
        }

        last.ShouldBe(HttpStatusCode.TooManyRequests);
        old.DefaultRequestHeaders.Authorization = new("Bearer", server.Issuer.Token());
        await old.GetOkAsync(HttpMethod.Get, "/api/v1/status");
    }

    [Fact]
    public async Task Who_is_refused_is_shown_the_metadata_that_names_the_issuer()
    {
        using var client = server.Host.Client();
        using var refused = await client.SendMcpAsync("tools/list");
        var challenge = refused.Headers.WwwAuthenticate.ToString();
        var metadata = await client.GetOkAsync(HttpMethod.Get, new Uri(challenge.Split("resource_metadata=\"")[1].Split('"')[0]).PathAndQuery);

        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        challenge.ShouldNotContain("error=");
        metadata.GetProperty("resource").GetString().ShouldBe(FakeIssuer.Audience);
        metadata.GetProperty("authorization_servers")[0].GetString().ShouldBe(server.Issuer.Issuer);
        metadata.GetProperty("scopes_supported").GetArrayLength().ShouldBe(4);
    }

    // As it arrives from a proxy that ends TLS: over http, with the name that clients know.
    [Theory]
    [InlineData("memory.example.com")]
    [InlineData("127.0.0.1")]
    public async Task Behind_a_proxy_the_metadata_is_at_the_address_of_the_audience(string host)
    {
        using var client = server.Host.Client();
        using var refused = await client.SendMcpAsync("tools/list", "{}", ("Host", host));

        refused.Headers.WwwAuthenticate.ToString().ShouldContain("resource_metadata=\"https://memory.example.com/.well-known/oauth-protected-resource/mcp\"");
    }

    [Theory]
    [InlineData("memory.example.com", "https://memory.example.com", 200)]
    [InlineData("memory.example.com", "http://memory.example.com", 200)]
    [InlineData("memory.example.com", "https://memory.example.com:8443", 403)]
    [InlineData("memory.example.com", "https://evil.example.com", 403)]
    [InlineData("127.0.0.1", "https://127.0.0.1", 403)]
    [InlineData("localhost", "https://memory.example.com", 403)]
    public async Task Behind_a_proxy_a_page_of_the_server_itself_may_call(string host, string origin, int status)
    {
        using var client = server.Host.Client(server.Issuer.Token());
        using var response = await client.SendJsonAsync(HttpMethod.Get, "/api/v1/status", null, ("Host", host), ("Origin", origin));

        ((int)response.StatusCode).ShouldBe(status);
    }
}
