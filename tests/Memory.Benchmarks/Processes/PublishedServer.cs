using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Memory.Benchmarks.Processes;

/// <summary>The server as it is shipped: Release, compiled ahead of time (ReadyToRun), for this machine.</summary>
internal static class PublishedServer
{
    /// <summary>Publishes into a folder.</summary>
    /// <returns>The path of the executable.</returns>
    public static async Task<string> PublishAsync(string folder, CancellationToken cancellationToken)
    {
        var root = typeof(PublishedServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "RepositoryRoot").Value!;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])
        [
            "publish", Path.Combine(root, "src", "Memory.Server"), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false", "-o", folder, "--nologo",
        ])
        {
            start.ArgumentList.Add(argument);
        }

        using var publish = Process.Start(start)!;
        var output = await publish.StandardOutput.ReadToEndAsync(cancellationToken);
        await publish.WaitForExitAsync(cancellationToken);
        return publish.ExitCode == 0
            ? Path.Combine(folder, OperatingSystem.IsWindows() ? "memory-server.exe" : "memory-server")
            : throw new InvalidOperationException($"The server could not be published:\n{output}");
    }
}
