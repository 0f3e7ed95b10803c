using System.Globalization;

namespace Memory.Server.Tests.Protocol;

/// <summary>
/// The server in a network namespace of its own, where no network is (Linux: user namespaces, or root): the kernel counts there whatever the
/// process ever tried to send, so nothing is too short to be seen.
/// </summary>
public sealed class OfflineTests : IDisposable
{
    private const string Away = "openai:http://192.0.2.1/v1#any";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_session_sends_nothing_to_any_network()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux gives a process a network of its own.");
        await using var server = await ServeAsync();

        await UseEveryToolAsync(server);

        Attempts(server).ShouldBe(0);
        SocketsOf(server).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_that_leaves_the_machine_would_be_seen()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux gives a process a network of its own.");
        await using var server = await ServeAsync("--embeddings", Away);

        await UseEveryToolAsync(server);

        Attempts(server).ShouldBeGreaterThan(0);
    }

    private static async Task UseEveryToolAsync(ServerProcess server)
    {
        var id = await server.StoreAsync("See https://example.com for the mast of alice@example.com.");
        // Two that only a judgement tells apart.
        await server.StoreAsync("The mast of the Falcon is 12 metres tall.");
        await server.StoreAsync("The mast of the Falcon is 14 metres tall.");
        foreach (var (tool, arguments) in new[]
        {
            ("recall", """{"query":"mast"}"""), ("feedback", $$"""{"id":"{{id}}","verdict":"confirm"}"""), ("graph", """{"entity":"alice@example.com"}"""),
            ("update", $$"""{"id":"{{id}}","content":"See https://example.org for the mast."}"""), ("consolidate", "{}"), ("status", "{}"), ("forget", $$"""{"id":"{{id}}"}"""),
        })
        {
            var answer = await server.CallAsync(tool, arguments);

            answer.TryGetProperty("isError", out var failed).ShouldBeFalse($"{tool}: {failed}");
            if (tool == "consolidate")
            {
                answer.GetProperty("structuredContent").GetProperty("contested").GetInt32().ShouldBe(1);
            }
        }
    }

    private async Task<ServerProcess> ServeAsync(params string[] more)
    {
        var server = ServerProcess.Start(["-rn", ServerProcess.Executable, "serve", "--db", _folder.File("memory.db"), "--catch-up-delay", "0", .. more], command: "unshare");
        await server.GreetAsync();
        return server;
    }

    // A network without any route counts each attempt as one that found none; one with a loopback alone would count the segments and datagrams.
    private static long Attempts(ServerProcess server) =>
        Counter(server, "Ip", "OutNoRoutes") + Counter(server, "Ip", "OutRequests") + Counter(server, "Tcp", "ActiveOpens") + Counter(server, "Udp", "OutDatagrams");

    private static long Counter(ServerProcess server, string protocol, string name)
    {
        var rows = File.ReadLines($"/proc/{server.Id}/net/snmp").Select(static line => line.Split(' ')).Where(row => row[0] == $"{protocol}:").ToArray();
        rows.Length.ShouldBe(2);
        return long.Parse(rows[1][Array.IndexOf(rows[0], name)], CultureInfo.InvariantCulture);
    }

    private static string[] SocketsOf(ServerProcess server) =>
        [.. ((string[])["tcp", "tcp6", "udp", "udp6"]).SelectMany(table => File.ReadLines($"/proc/{server.Id}/net/{table}").Skip(1))];
}
