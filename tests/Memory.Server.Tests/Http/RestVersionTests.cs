namespace Memory.Server.Tests.Http;

/// <summary>What is changed and erased only when it is still what was seen: <c>If-Match</c> as RFC 9110 has it.</summary>
[Collection(typeof(HttpCollection))]
public sealed class RestVersionTests : IDisposable
{
    private readonly HttpFixture _server;
    private readonly HttpClient _client;
    private readonly string _ns;

    public RestVersionTests(HttpFixture server)
    {
        _server = server;
        _client = server.Client("everything");
        _ns = server.NewNamespace();
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_memory_that_has_changed_since_it_was_seen_is_not_erased()
    {
        var (id, tag) = await StoreAsync("Harbor ships on Mondays.");
        await _client.GetOkAsync(HttpMethod.Patch, Path(id), """{"importance":0.9}""");

        (await _client.RefusedAsync(HttpMethod.Delete, Path(id), null, ("If-Match", tag)))
            .ShouldBe((412, $"Memory '{id}' has changed since it was read. Nothing was changed now; read it again."));

        (await _client.GetOkAsync(HttpMethod.Get, Path(id))).GetProperty("state").GetString().ShouldBe("active");
        using var erased = await _client.SendJsonAsync(HttpMethod.Delete, Path(id), null, ("If-Match", await TagAsync(id)));
        ((int)erased.StatusCode).ShouldBe(200);
        (await _client.GetOkAsync(HttpMethod.Get, Path(id))).GetProperty("state").GetString().ShouldBe("forgotten");
    }

    [Fact]
    public async Task What_was_updated_is_named_with_its_version_so_that_it_can_be_changed_again()
    {
        var (id, _) = await StoreAsync("Harbor ships on Sundays.");
        using var updated = await _client.SendJsonAsync(HttpMethod.Patch, Path(id), """{"content":"Harbor ships on Saturdays."}""");
        var (location, tag) = (updated.Headers.Location!.ToString(), updated.Headers.ETag!.ToString());

        using var again = await _client.SendJsonAsync(HttpMethod.Patch, location, """{"importance":0.9}""", ("If-Match", tag));
        using var late = await _client.SendJsonAsync(HttpMethod.Patch, location, """{"importance":0.8}""", ("If-Match", tag));

        location.ShouldNotContain(id);
        ((int)again.StatusCode, (int)late.StatusCode).ShouldBe((200, 412));
    }

    [Theory]
    [InlineData("TAG", 200)]
    [InlineData("\"other, with a comma\", TAG", 200)]
    [InlineData("TAG,\"other\"", 200)]
    [InlineData(" * ", 200)]
    [InlineData("W/TAG", 412)]
    [InlineData("\"other\", W/TAG", 412)]
    [InlineData("\"other\"", 412)]
    [InlineData("unquoted", 400)]
    [InlineData("TAG, *", 400)]
    [InlineData("TAG \"other\"", 400)]
    public async Task If_Match_is_a_list_of_strong_tags_or_a_star(string given, int status)
    {
        var (id, tag) = await StoreAsync("Harbor ships on Tuesdays.");

        foreach (var (method, body) in new[] { (HttpMethod.Patch, """{"importance":0.7}"""), (HttpMethod.Delete, (string?)null) })
        {
            using var response = await _client.SendJsonAsync(method, Path(id), body, ("If-Match", given.Replace("TAG", method == HttpMethod.Patch ? tag : await TagAsync(id), StringComparison.Ordinal)));

            ((int)response.StatusCode).ShouldBe(status, method.Method);
        }

        (await _client.GetOkAsync(HttpMethod.Get, Path(id))).GetProperty("state").GetString().ShouldBe(status == 200 ? "forgotten" : "active");
    }

    [Theory]
    [InlineData("\"other\"", "TAG", "HTTP/1.1 200 OK")]
    [InlineData("TAG", "\"other\"", "HTTP/1.1 200 OK")]
    [InlineData("\"other\"", "\"another\"", "HTTP/1.1 412 Precondition Failed")]
    public async Task If_Match_in_two_lines_is_one_list(string first, string second, string status)
    {
        var (id, tag) = await StoreAsync("Harbor ships on Wednesdays.");
        using var raw = await RawConnection.OpenAsync(_server.Host.Address);

        await raw.SendAsync(
            $"DELETE {Path(id)} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {_server.Key("everything")}\r\nIf-Match: {first.Replace("TAG", tag, StringComparison.Ordinal)}\r\nIf-Match: {second.Replace("TAG", tag, StringComparison.Ordinal)}\r\n\r\n");

        (await raw.StatusAsync()).ShouldBe(status);
    }

    private string Path(string id) => $"/api/v1/memories/{id}?namespace={_ns}";

    private async Task<(string Id, string Tag)> StoreAsync(string content)
    {
        var stored = await _client.GetOkAsync(HttpMethod.Post, $"/api/v1/memories?namespace={_ns}", $$"""{"content":{{ServerProcess.Quote(content)}}}""");
        var id = stored.GetProperty("memories")[0].GetProperty("id").GetString()!;
        return (id, await TagAsync(id));
    }

    private async Task<string> TagAsync(string id)
    {
        using var seen = await _client.GetAsync(Path(id));
        return seen.Headers.ETag!.ToString();
    }
}
