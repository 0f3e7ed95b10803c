using System.Diagnostics;

namespace Memory.Server.Tests.Faults;

/// <summary>
/// A server in a mount namespace of its own (Linux: user namespaces, or root), whose folder is a small disk that can be full or read-only.
/// Nothing outside sees the disk, and it is gone with the process.
/// </summary>
internal static class MountedServer
{
    /// <summary>Mounts a disk at a folder, runs a line of shell there, then becomes the server.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="size">The size of the disk, such as 3m.</param>
    /// <param name="prepare">The line of shell; "$0" is the folder.</param>
    public static async Task<ServerProcess> ServeAsync(string folder, string size, string prepare)
    {
        // $0 the folder, $1 the executable. Every step must succeed: a test of a full disk on a disk that is not full would prove nothing.
        var script = $"""set -e; mount -t tmpfs -o size={size} tmpfs "$0"; cd "$0"; {prepare}; exec "$1" serve --db "$0/memory.db" --schedule off""";
        var server = ServerProcess.Start(["-rm", "sh", "-c", script, folder, ServerProcess.Executable], command: "unshare");
        try
        {
            await server.GreetAsync();
            return server;
        }
        catch (Exception error) when (error is IOException or InvalidOperationException)
        {
            await server.WaitAsync();
            throw new InvalidOperationException($"No disk could be mounted; this needs Linux and the right to 'unshare -rm'. {server.Stderr}", error);
        }
    }

    /// <summary>Runs a command in the namespaces of a server, where its disk is.</summary>
    public static async Task RunInsideAsync(ServerProcess server, params string[] command)
    {
        using var process = Process.Start("nsenter", ["-t", $"{server.Id}", "-U", "-m", "--preserve-credentials", .. command]);
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
    }
}
