using Memory.Server.Configuration;
using Memory.Server.Stdio;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Memory.Server.Tests.Stdio;

public sealed class StdioServiceTests
{
    [Fact]
    public async Task End_of_input_stops_the_application_although_a_tool_is_still_at_work()
    {
        using var folder = new TemporaryFolder();
        await using var composition = new ServerComposition(
            ServerSettings.Parse(s => s == Setting.Database ? new("test", folder.File("memory.db")) : s == Setting.Schedule ? new SettingValue("test", "off") : null, out _)!, TimeProvider.System, NullLoggerFactory.Instance);
        composition.Mcp.Handlers.CallToolHandler = static async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("It was not cancelled.");
        };
        using var connection = new StdioConnection();
        using var lifetime = new RecordedLifetime();
        using var service = new StdioService(composition, connection.Transport, lifetime, NullLoggerFactory.Instance);
        await service.StartAsync(CancellationToken.None);
        connection.Send("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""");
        await connection.ReadAsync();
        connection.Send("""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"any"}}""");

        connection.End();
        await connection.Time.SomebodyWaits;
        lifetime.ApplicationStopping.IsCancellationRequested.ShouldBeFalse();
        connection.Time.Advance(StdioTransport.DrainTime);

        await service.ExecuteTask.ShouldNotBeNull().WaitAsync(StdioConnection.Patience);
        lifetime.ApplicationStopping.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task End_of_input_ends_the_process_although_the_client_reads_none_of_a_long_answer()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.ServeAsync(folder.File("memory.db"));
        foreach (var letter in "abcdefgh")
        {
            await server.StoreAsync($"{letter} " + new string(letter, 32_000));
        }

        // More than any pipe holds: the server cannot finish writing this.
        await server.SendLineAsync("""{"jsonrpc":"2.0","id":"unread","method":"tools/call","params":{"name":"recall","arguments":{"query":"","limit":50}}}""");

        var (exitCode, took) = await server.LeaveAsync();
        exitCode.ShouldBe(0);
        took.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    private sealed class RecordedLifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
