using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Memory.Server.Tests.Http;

/// <summary>The real executable serving HTTP, and clients of it.</summary>
internal sealed class HttpHost : IAsyncDisposable
{
    private int _sources;

    private HttpHost(ServerProcess process, Uri address)
    {
        Process = process;
        Address = address;
    }

    public ServerProcess Process { get; }

    public Uri Address { get; }

    /// <summary>Starts a server on a port of its own, without a schedule unless one is given.</summary>
    public static Task<HttpHost> StartAsync(string database, params string[] more) => StartAsync(database, new Dictionary<string, string>(), more);

    /// <summary>The same with environment variables.</summary>
    public static async Task<HttpHost> StartAsync(string database, IReadOnlyDictionary<string, string> environment, params string[] more)
    {
        string[] schedule = more.Contains("--schedule") ? [] : ["--schedule", "off"];
        var process = ServerProcess.Start(["serve", "--db", database, .. schedule, "--http", "127.0.0.1:0", .. more], environment);
        var line = await process.ReadLineAsync() ?? throw new InvalidOperationException($"The server did not start: {process.Stderr}");
        return new HttpHost(process, new Uri(line.Split(' ')[4]));
    }

    /// <summary>A client of an address of its own, as the server counts by address; on Linux all of 127.0.0.0/8 is this machine.</summary>
    public HttpClient Client(string? key = null)
    {
        var source = new IPAddress([127, 0, 1, (byte)++_sources]);
        var client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                if (OperatingSystem.IsLinux())
                {
                    socket.Bind(new IPEndPoint(source, 0));
                }

                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        }) { BaseAddress = Address, Timeout = ServerProcess.Patience };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return client;
    }

    /// <summary>Completes when nobody new is let in any more.</summary>
    public async Task WhenClosedAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var attempt = await RawConnection.OpenAsync(Address);
            }
            catch (SocketException)
            {
                return;
            }

            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(ServerProcess.Patience);
        }
    }

    public async ValueTask DisposeAsync() => await Process.DisposeAsync();
}

/// <summary>Requests as the tests write them.</summary>
internal static class HttpCalls
{
    /// <summary>Sends a request with a JSON body.</summary>
    public static async Task<HttpResponseMessage> SendJsonAsync(this HttpClient client, HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request);
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) => JsonElement.Parse(await response.Content.ReadAsStringAsync());

    /// <summary>Sends a request that must succeed, and yields its JSON.</summary>
    public static async Task<JsonElement> GetOkAsync(this HttpClient client, HttpMethod method, string path, string? body = null)
    {
        using var response = await client.SendJsonAsync(method, path, body);
        ((int)response.StatusCode).ShouldBeInRange(200, 299, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    /// <summary>A request that must be refused: its status, and what is wrong as problem details.</summary>
    public static async Task<(int Status, string Detail)> RefusedAsync(this HttpClient client, HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var response = await client.SendJsonAsync(method, path, body, headers);
        var text = await response.Content.ReadAsStringAsync();
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json", text);
        var problem = JsonElement.Parse(text);
        problem.GetProperty("status").GetInt32().ShouldBe((int)response.StatusCode);
        problem.GetProperty("type").GetString().ShouldStartWith("urn:memory-server:problem:");
        return ((int)response.StatusCode, problem.GetProperty("detail").GetString()!);
    }

    /// <summary>A message to MCP by the handshake revisions: the answer, whether it comes as JSON or as the one event of a stream.</summary>
    public static async Task<JsonElement> McpAsync(this HttpClient client, string method, string parameters = "{}")
    {
        using var response = await client.SendMcpAsync(method, parameters);
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(200, text);
        return JsonElement.Parse(text.StartsWith('{') ? text : text.Split('\n').Last(static l => l.StartsWith("data: {", StringComparison.Ordinal))[6..]);
    }

    public static Task<HttpResponseMessage> SendMcpAsync(this HttpClient client, string method, string parameters = "{}", params (string Name, string Value)[] headers) =>
        client.SendJsonAsync(HttpMethod.Post, "/mcp", $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""",
            [("Accept", "application/json, text/event-stream"), ("MCP-Protocol-Version", "2025-11-25"), .. headers]);

    /// <summary>Calls a tool and yields its result.</summary>
    public static async Task<JsonElement> ToolAsync(this HttpClient client, string tool, string arguments) =>
        (await client.McpAsync("tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}}}""")).GetProperty("result");
}
