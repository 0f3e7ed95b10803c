using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Memory.Server.Tests.Http;

/// <summary>HTTP/2, which TLS brings: its bodies need no length and name no encoding of their transfer.</summary>
public sealed class HttpVersionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_body_without_its_length_is_read_over_HTTP_2_as_any_other()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(_folder.File("cert.pem"), made.ExportCertificatePem());
        await File.WriteAllTextAsync(_folder.File("key.pem"), key.ExportPkcs8PrivateKeyPem());
        await using var host = await HttpHost.StartAsync(_folder.File("memory.db"), "--http-certificate", _folder.File("cert.pem"), "--http-certificate-key", _folder.File("key.pem"));
        using var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.GetCertHashString() == made.GetCertHashString() },
        }) { BaseAddress = host.Address, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

        var stored = await SendAsync(client, HttpMethod.Post, "/api/v1/memories", """{"content":"Harbor ships on Mondays."}""");
        var id = (await stored.JsonAsync()).GetProperty("memories")[0].GetProperty("id").GetString();

        ((int)(await SendAsync(client, HttpMethod.Delete, $"/api/v1/memories/{id}", """{"id":"zzzzzzzzzzzz"}""")).StatusCode).ShouldBe(400);
        // More than a stream may send before it is told that what it sent was read.
        var large = await SendAsync(client, HttpMethod.Post, "/mcp", $$$$"""{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"memory://default/snapshot","_meta":{"a":"{{{{new string('x', 3_000_000)}}}}"}}}""");
        ((int)large.StatusCode).ShouldBe(200);
        (await large.Content.ReadAsStringAsync()).ShouldContain("Harbor ships on Mondays.");
        using var deleted = await client.DeleteAsync($"/api/v1/memories/{id}");
        ((int)deleted.StatusCode).ShouldBeInRange(200, 204);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new Unmeasured(body) };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        return await client.SendAsync(request);
    }

    private sealed class Unmeasured : HttpContent
    {
        private readonly byte[] _body;

        public Unmeasured(string body)
        {
            _body = Encoding.UTF8.GetBytes(body);
            Headers.ContentType = new("application/json");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(_body).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
