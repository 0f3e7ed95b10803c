using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Memory.Server.Tests.Commands;

namespace Memory.Server.Tests.Http;

/// <summary>Starting, stopping, limits, TLS and several processes: each test with servers of its own.</summary>
public sealed class ServingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Database => _folder.File("memory.db");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(78, "refused", "--http", "0.0.0.0:0")]
    [InlineData(78, "refused", "--http", "[::]:0", "--auth", "none")]
    [InlineData(2, "--http is '127.0.0.1'", "--http", "127.0.0.1")]
    [InlineData(2, "--http is 'example.com:80'", "--http", "example.com:80")]
    [InlineData(2, "--auth jwt needs", "--http", "127.0.0.1:0", "--auth", "jwt")]
    [InlineData(2, "--rate-limit is 'x'", "--http", "127.0.0.1:0", "--rate-limit", "x")]
    [InlineData(2, "cannot be used with its key", "--http", "127.0.0.1:0", "--http-certificate", "/etc/hostname")]
    public async Task A_server_that_would_be_open_to_others_or_is_configured_wrongly_does_not_start_and_says_why(int exitCode, string reason, params string[] arguments)
    {
        await using var process = ServerProcess.Start(["serve", "--db", Database, .. arguments]);

        (await process.WaitAsync()).ShouldBe(exitCode);
        process.Stderr.ShouldContain(reason);
    }

    [Fact]
    public async Task A_port_in_use_is_told_in_one_line_with_the_address()
    {
        await using var host = await HttpHost.StartAsync(Database);
        await using var second = ServerProcess.Start(["serve", "--db", Database, "--http", host.Address.Authority]);

        (await second.WaitAsync()).ShouldBe(1);
        second.Stderr.Trim().ShouldBe($"Cannot listen on {host.Address.Authority}: Address already in use. Name another address or port with --http.");
    }

    [Fact]
    public async Task Termination_finishes_the_writes_that_are_under_way()
    {
        const string Body = """{"content":"What was begun before the end is finished."}""";
        await using (var host = await HttpHost.StartAsync(Database))
        {
            using var writer = await RawConnection.OpenAsync(host.Address);
            await writer.SendAsync($"POST /api/v1/memories HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: {Body.Length}\r\n\r\n");
            // Whoever waits for this knows that the request has reached what stores.
            (await writer.StatusAsync()).ShouldBe("HTTP/1.1 100 Continue");

            await host.Process.TerminateAsync();
            await host.WhenClosedAsync();
            await writer.SendAsync(Body);

            (await writer.StatusAsync()).ShouldBe("HTTP/1.1 201 Created");
            (await host.Process.WaitAsync()).ShouldBe(0);
        }

        await using var after = await HttpHost.StartAsync(Database);
        using var reader = after.Client();
        (await reader.GetOkAsync(HttpMethod.Get, "/api/v1/memories")).GetProperty("memories").EnumerateArray().Select(static m => m.GetProperty("content").GetString())
            .ShouldBe(["What was begun before the end is finished."]);
    }

    [Fact]
    public async Task A_key_revoked_by_the_command_line_opens_nothing_from_then_on_in_every_process_and_a_rotated_one_is_replaced()
    {
        var key = await KeyAsync("create", "--name", "team", "--namespaces", "a", "--scopes", "write");
        await using var one = await HttpHost.StartAsync(Database, "--auth", "keys");
        await using var other = await HttpHost.StartAsync(Database, "--auth", "keys");
        using var first = one.Client(key);
        using var second = other.Client(key);
        await first.GetOkAsync(HttpMethod.Post, "/api/v1/memories", """{"content":"Two processes share one file."}""");
        (await second.GetOkAsync(HttpMethod.Post, "/api/v1/recall", """{"query":"two processes"}""")).GetProperty("memories").GetArrayLength().ShouldBe(1);

        var rotated = await KeyAsync("rotate", "team");
        (await first.RefusedAsync(HttpMethod.Get, "/api/v1/status")).ShouldBe((401, "The key is revoked."));
        (await second.RefusedAsync(HttpMethod.Get, "/api/v1/status")).ShouldBe((401, "The key is revoked."));
        using var third = other.Client(rotated);
        await third.GetOkAsync(HttpMethod.Get, "/api/v1/status");
        await KeyAsync("revoke", "team");
        (await third.RefusedAsync(HttpMethod.Get, "/api/v1/status")).ShouldBe((401, "The key is revoked."));
        File.ReadAllBytes(Database).AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(rotated[15..])).ShouldBe(-1);
    }

    [Fact]
    public async Task With_keys_alone_nobody_is_sent_to_an_issuer_and_health_says_one_word_each()
    {
        var (some, all) = (await KeyMaker.CreateAsync(Database, "some", "secret-project", "read,write,admin"), await KeyMaker.CreateAsync(Database, "all", "*", "admin"));
        await using var host = await HttpHost.StartAsync(Database, "--auth", "keys", "--rate-limit", "off", "--address-rate-limit", "off");
        using var nobody = host.Client();
        using var client = host.Client(some);
        using var admin = host.Client(all);
        await client.GetOkAsync(HttpMethod.Post, "/api/v1/memories", """{"content":"Nobody is to know of this."}""");

        using var refused = await nobody.SendMcpAsync("tools/list");
        ((int)refused.StatusCode).ShouldBe(401);
        refused.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer realm=\"memory-server\"");
        using var metadata = await nobody.GetAsync("/.well-known/oauth-protected-resource/mcp");
        metadata.IsSuccessStatusCode.ShouldBeFalse();
        (await nobody.GetStringAsync("/health/live")).ShouldBe("live");
        (await nobody.GetStringAsync("/health/ready")).ShouldBe("ready");

        (await nobody.RefusedAsync(HttpMethod.Get, "/metrics")).Status.ShouldBe(401);
        (await client.RefusedAsync(HttpMethod.Get, "/metrics")).ShouldBe((403, "This concerns every namespace; the caller may see some only."));
        while (!(await admin.GetStringAsync("/metrics")).Contains("namespace=\"secret-project\"", StringComparison.Ordinal))
        {
            // It is looked at every few seconds.
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task Limits_of_rate_and_quota_are_answered_429_with_the_time_to_wait_where_time_helps()
    {
        await using var host = await HttpHost.StartAsync(Database, "--rate-limit", "1", "--address-rate-limit", "off", "--quota-memories", "3", "--quota-bytes", "1000");
        using var client = host.Client();
        await client.GetOkAsync(HttpMethod.Post, "/api/v1/memories", """{"memories":[{"content":"One is stored."},{"content":"Two are stored."},{"content":"Three are stored."}]}""");

        using (var over = await client.SendJsonAsync(HttpMethod.Post, "/api/v1/memories", """{"content":"A fourth is too many."}"""))
        {
            ((int)over.StatusCode).ShouldBe(429);
            // No time makes room.
            over.Headers.RetryAfter.ShouldBeNull();
            var problem = await over.JsonAsync();
            problem.GetProperty("type").GetString().ShouldBe("urn:memory-server:problem:quota_exceeded");
            problem.GetProperty("detail").GetString().ShouldBe(
                "Namespace 'default' would hold 4 memories; 3 are allowed. Nothing was stored. Forget something, or ask whoever runs the server for more.");
            ServerProcess.Text(await client.ToolAsync("store", """{"content":"A fourth is too many."}""")).ShouldBe(problem.GetProperty("detail").GetString());
        }

        var known = await client.GetOkAsync(HttpMethod.Post, "/api/v1/memories", """{"content":"One is stored."}""");
        known.GetProperty("memories")[0].GetProperty("status").GetString().ShouldBe("corroborated");
        await client.GetOkAsync(HttpMethod.Delete, $"/api/v1/memories/{known.GetProperty("memories")[0].GetProperty("id").GetString()}");
        ServerProcess.Text(await client.ToolAsync("store", $$"""{"content":"{{new string('x', 1200)}}"}""")).ShouldContain("bytes of content, tags and evidence; 1,000 are allowed");
        await client.GetOkAsync(HttpMethod.Post, "/api/v1/memories", """{"content":"There is room again."}""");

        var statuses = new List<int>();
        for (var i = 0; i < 15 && !statuses.Contains(429); i++)
        {
            using var response = await client.GetAsync("/api/v1/runs");
            statuses.Add((int)response.StatusCode);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                response.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeGreaterThan(0);
            }
        }

        statuses.ShouldContain(429);
        using var health = await client.GetAsync("/health/live");
        health.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Logs_are_lines_of_JSON_and_OTLP_goes_where_the_variable_says_and_neither_holds_what_was_said()
    {
        await using var collector = new LoopbackServer(static _ => LoopbackServer.Reply.Text(200, ""));
        await using var host = await HttpHost.StartAsync(
            Database,
            new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address.ToString(), ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "100", ["OTEL_METRIC_EXPORT_INTERVAL"] = "100", ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
            },
            "--log-level", "Information");
        using var client = host.Client();
        await client.GetOkAsync(HttpMethod.Post, "/api/v1/memories", """{"content":"The unspeakable word is xyzzy.","tags":["plugh"]}""");
        await client.ToolAsync("recall", """{"query":"unspeakable xyzzy"}""");
        await client.GetOkAsync(HttpMethod.Get, "/api/v1/memories?tag=plugh");
        var started = Stopwatch.GetTimestamp();
        string[] wanted = ["/v1/metrics", "/v1/traces", "/v1/logs"];
        while (!wanted.All(path => collector.Requests.Any(r => r.Path == path)) && Stopwatch.GetElapsedTime(started) < ServerProcess.Patience)
        {
            (await client.GetStringAsync("/health/live")).ShouldBe("live");
        }

        await host.Process.TerminateAsync();
        (await host.Process.WaitAsync()).ShouldBe(0);
        collector.Requests.Select(static r => r.Path).Distinct().Order().ShouldBe(["/v1/logs", "/v1/metrics", "/v1/traces"]);
        var told = string.Join('\n', collector.Requests.Select(static r => r.Body).Append(host.Process.Stderr));
        told.ShouldContain("memory.operation");
        // The name of a span of ours, as protobuf has it: the number of the field, how long it is, the name.
        var traces = string.Join('\n', collector.Requests.Where(static r => r.Path == "/v1/traces").Select(static r => r.Body));
        traces.ShouldContain("*\u0005store");
        traces.ShouldContain("*\u0006recall");
        told.ShouldNotContain("xyzzy");
        told.ShouldNotContain("plugh");
        var lines = host.Process.Stderr.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => JsonElement.Parse(l)).ToArray();
        lines.ShouldAllBe(static l => DateTimeOffset.UtcNow - l.GetProperty("Timestamp").GetDateTimeOffset() < TimeSpan.FromMinutes(5));
        lines.Select(static l => l.GetProperty("Message").GetString()!).ShouldContain(static m => m.StartsWith("POST /api/v1/memories answered 201 in ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_that_cannot_be_used_is_alive_and_not_ready()
    {
        await File.WriteAllTextAsync(Database, "This is no database, and long enough not to be taken for an empty one.");
        await using var host = await HttpHost.StartAsync(Database);
        using var client = host.Client();
        using var live = await client.GetAsync("/health/live");
        using var ready = await client.GetAsync("/health/ready");

        live.StatusCode.ShouldBe(HttpStatusCode.OK);
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await client.RefusedAsync(HttpMethod.Post, "/api/v1/memories", """{"content":"Into nowhere."}""")).Status.ShouldBe(503);
    }

    [Fact]
    public async Task With_tokens_nothing_is_written_into_the_home_of_the_user_and_nothing_warned_of()
    {
        var home = Directory.CreateDirectory(_folder.File("home")).FullName;
        await using var issuer = new FakeIssuer();
        await using (var host = await HttpHost.StartAsync(Database, new Dictionary<string, string> { ["HOME"] = home }, "--auth", "jwt", "--jwt-issuer", issuer.Issuer, "--jwt-audience", FakeIssuer.Audience, "--namespace", "a"))
        {
            using var client = host.Client(issuer.Token());
            await client.GetOkAsync(HttpMethod.Get, "/api/v1/status");
            await host.Process.TerminateAsync();
            (await host.Process.WaitAsync()).ShouldBe(0);
            host.Process.Stderr.ShouldBeEmpty();
        }

        Directory.EnumerateFiles(home, "*", SearchOption.AllDirectories).Where(static f => !f.Contains(".dotnet", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task TLS_is_served_with_the_certificate_of_the_configuration()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(_folder.File("cert.pem"), made.ExportCertificatePem());
        await File.WriteAllTextAsync(_folder.File("key.pem"), key.ExportPkcs8PrivateKeyPem());
        await using var host = await HttpHost.StartAsync(Database, "--http-certificate", _folder.File("cert.pem"), "--http-certificate-key", _folder.File("key.pem"));
        host.Address.Scheme.ShouldBe("https");
        using var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.GetCertHashString() == made.GetCertHashString() },
        });

        (await client.GetStringAsync(new Uri(host.Address, "/health/ready"))).ShouldBe("ready");
    }

    [Fact]
    public async Task TLS_shows_the_certificates_between_its_own_and_the_authority()
    {
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var authority = Issuing("CN=authority").CreateSelfSigned(from, to);
        using var betweenKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issued = Issuing("CN=between", betweenKey).Create(authority, from, to, [1, 2, 3]);
        using var between = issued.CopyWithPrivateKey(betweenKey);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).Create(between, from, to, [4, 5, 6]);
        await File.WriteAllTextAsync(_folder.File("cert.pem"), made.ExportCertificatePem() + "\n" + between.ExportCertificatePem() + "\n");
        await File.WriteAllTextAsync(_folder.File("key.pem"), key.ExportPkcs8PrivateKeyPem());
        await using var host = await HttpHost.StartAsync(Database, "--http-certificate", _folder.File("cert.pem"), "--http-certificate-key", _folder.File("key.pem"));
        string[] shown = [];
        using var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, own, chain, _) =>
                {
                    shown = [own!.Subject, .. chain!.ChainPolicy.ExtraStore.Select(static c => c.Subject)];
                    return true;
                },
            },
        });

        (await client.GetStringAsync(new Uri(host.Address, "/health/ready"))).ShouldBe("ready");

        shown[0].ShouldBe("CN=localhost");
        shown.ShouldContain("CN=between");

        static CertificateRequest Issuing(string name, ECDsa? key = null)
        {
            var request = new CertificateRequest(name, key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
            return request;
        }
    }

    private async Task<string> KeyAsync(params string[] arguments)
    {
        var result = (await CommandFixture.InProcessOnAsync(Database, ["keys", .. arguments, "--json"])).ShouldEnd(0);
        return result.Json.TryGetProperty("key", out var key) ? key.GetString()! : string.Empty;
    }
}
