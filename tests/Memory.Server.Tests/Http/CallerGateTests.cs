using System.Net;

namespace Memory.Server.Tests.Http;

/// <summary>How a caller shows who it is, and what a page in a browser may do.</summary>
[Collection(typeof(HttpCollection))]
public sealed class CallerGateTests(HttpFixture server)
{
    private const string Page = "https://app.example.com";

    [Theory]
    [InlineData("read-a", 200)]
    [InlineData("revoked", 401)]
    [InlineData("malformed", 401)]
    public async Task A_key_in_its_own_header_opens_what_it_opens_as_a_bearer(string key, int status)
    {
        using var client = server.Client();
        using var own = await client.SendJsonAsync(HttpMethod.Get, "/api/v1/memories", null, ("X-Api-Key", server.Key(key)));
        using var bearer = await client.SendJsonAsync(HttpMethod.Get, "/api/v1/memories", null, ("Authorization", $"Bearer {server.Key(key)}"));
        using var mcp = await client.SendMcpAsync("tools/list", "{}", ("X-Api-Key", server.Key(key)));

        ((int)own.StatusCode, (int)bearer.StatusCode, (int)mcp.StatusCode).ShouldBe((status, status, status));
        (await own.Content.ReadAsStringAsync()).ShouldBe(await bearer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("POST", "/api/v1/memories", "write")]
    [InlineData("DELETE", "/api/v1/memories/zzzzzzzzzzzz", "write")]
    [InlineData("POST", "/api/v1/runs/20261124-030000-k3m9x7/undo", "consolidate")]
    [InlineData("GET", "/api/v1/audit", "admin")]
    [InlineData("GET", "/metrics", "admin")]
    public async Task Who_lacks_a_scope_is_told_which_in_the_words_of_a_key_or_of_the_issuer(string method, string path, string scope)
    {
        using var key = server.Client("read-a");
        using var token = server.Host.Client(server.Issuer.Token(scope: "memory:read"));
        foreach (var (client, words) in new[] { (key, scope), (token, $"memory:{scope}") })
        {
            using var response = await client.SendJsonAsync(new HttpMethod(method), path, path.EndsWith("memories", StringComparison.Ordinal) ? """{"content":"Not stored."}""" : null);

            response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            var challenge = response.Headers.WwwAuthenticate.ShouldHaveSingleItem();
            challenge.Scheme.ShouldBe("Bearer");
            challenge.Parameter.ShouldStartWith($"realm=\"memory-server\", error=\"insufficient_scope\", scope=\"{words}\", error_description=\"This needs the scope '{scope}'; the caller has read.\", resource_metadata=\"https://");
        }
    }

    [Fact]
    public async Task Who_has_the_scope_and_not_the_namespace_is_asked_for_no_other_scope()
    {
        using var client = server.Client("all-b");
        using var response = await client.SendJsonAsync(HttpMethod.Get, "/api/v1/status?namespace=a");

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        response.Headers.WwwAuthenticate.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_of_an_allowed_origin_may_ask_beforehand_without_a_key_and_read_the_answer()
    {
        using var client = server.Client("read-a");
        using var anyone = server.Client();
        using var before = await anyone.SendJsonAsync(HttpMethod.Options, "/api/v1/memories", null,
            ("Origin", Page), ("Access-Control-Request-Method", "PATCH"), ("Access-Control-Request-Headers", "authorization,content-type,if-match"));
        using var asked = await client.SendJsonAsync(HttpMethod.Get, "/api/v1/memories", null, ("Origin", Page));

        before.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Header(before, "Access-Control-Allow-Origin").ShouldBe(Page);
        Header(before, "Access-Control-Allow-Methods").ShouldContain("PATCH");
        Header(before, "Access-Control-Allow-Headers").ShouldBe("authorization,content-type,if-match");
        asked.StatusCode.ShouldBe(HttpStatusCode.OK);
        Header(asked, "Access-Control-Allow-Origin").ShouldBe(Page);
        Header(asked, "Access-Control-Expose-Headers").Split(',').ShouldBe(["ETag", "Location", "Retry-After", "WWW-Authenticate"]);
        asked.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
    }

    [Fact]
    public async Task A_page_of_another_origin_is_told_by_no_header_that_it_may()
    {
        using var client = server.Client("read-a");
        foreach (var method in new[] { HttpMethod.Options, HttpMethod.Get })
        {
            using var response = await client.SendJsonAsync(method, "/api/v1/memories", null, ("Origin", "https://evil.example.com"), ("Access-Control-Request-Method", "GET"));

            response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            response.Headers.ShouldNotContain(static h => h.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        }
    }

    private static string Header(HttpResponseMessage response, string name) => string.Join(',', response.Headers.GetValues(name));
}
