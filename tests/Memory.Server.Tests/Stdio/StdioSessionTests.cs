using Memory.Server.Configuration;
using Memory.Server.Stdio;
using Microsoft.Extensions.Logging.Abstractions;

namespace Memory.Server.Tests.Stdio;

public sealed class StdioSessionTests
{
    [Fact]
    public async Task RunAsync_end_of_input_while_a_tool_is_still_at_work_ends()
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
        var session = new StdioSession(composition, () => connection.Transport, NullLoggerFactory.Instance).RunAsync(CancellationToken.None);
        connection.Send("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""");
        await connection.ReadAsync();
        connection.Send("""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"any"}}""");

        connection.End();
        await connection.Time.SomebodyWaits;
        session.IsCompleted.ShouldBeFalse();
        connection.Time.Advance(StdioTransport.DrainTime);

        await session.WaitAsync(StdioConnection.Patience);
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
}
