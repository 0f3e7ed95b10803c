using System.Globalization;

namespace Memory.Server.Tests.Protocol;

public sealed class OfflineTests
{
    [Fact]
    public async Task A_session_opens_no_socket_to_any_network()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells the sockets of a process by its file system.");
        using var folder = new TemporaryFolder();
        await using var server = ServerProcess.Start(["serve", "--db", folder.File("memory.db"), "--catch-up-delay", "0"]);
        await server.GreetAsync();
        await server.CallAsync("store", """{"content":"See https://example.com for the mast."}""");
        NetworkSocketsOf(server.Id).ShouldBeEmpty();
        await server.CallAsync("recall", """{"query":"mast"}""");
        NetworkSocketsOf(server.Id).ShouldBeEmpty();
        await server.CallAsync("consolidate");
        NetworkSocketsOf(server.Id).ShouldBeEmpty();
    }

    [Fact]
    public void The_sockets_of_a_process_are_told()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells the sockets of a process by its file system.");
        using var socket = new System.Net.Sockets.UdpClient(0);

        NetworkSocketsOf(Environment.ProcessId).ShouldNotBeEmpty();
    }

    private static string[] NetworkSocketsOf(int process)
    {
        var open = Directory.EnumerateFileSystemEntries($"/proc/{process}/fd")
            .Select(static fd => File.ResolveLinkTarget(fd, returnFinalTarget: false)?.Name ?? "")
            .Where(static target => target.StartsWith("socket:", StringComparison.Ordinal))
            .Select(static target => long.Parse(target.AsSpan("socket:[".Length, target.Length - "socket:[]".Length), CultureInfo.InvariantCulture))
            .ToHashSet();
        // The inode is the tenth column of each table.
        return [.. ((string[])["tcp", "tcp6", "udp", "udp6"])
            .SelectMany(table => File.ReadLines($"/proc/{process}/net/{table}").Skip(1))
            .Where(line => open.Contains(long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[9], CultureInfo.InvariantCulture)))];
    }
}
