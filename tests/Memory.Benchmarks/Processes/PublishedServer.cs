using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Memory.Benchmarks.Processes;

/// <summary>A program as it is shipped: Release, compiled ahead of time (ReadyToRun), for this machine.</summary>
internal static class PublishedServer
{
    /// <summary>The memory server.</summary>
    /// <returns>The path of the executable.</returns>
    public static Task<string> PublishAsync(string folder, CancellationToken cancellationToken) =>
        PublishAsync(Path.Combine("src", "Memory.Server"), "memory-server", folder, cancellationToken);

    /// <summary>A server of the same SDK with one tool that does nothing.</summary>
    /// <returns>The path of the executable.</returns>
    public static Task<string> PublishBareAsync(string folder, CancellationToken cancellationToken) =>
        PublishAsync(Path.Combine("tests", "Memory.Benchmarks", "BareServer"), "bare-server", folder, cancellationToken);

    private static async Task<string> PublishAsync(string project, string executable, string folder, CancellationToken cancellationToken)
    {
        var root = typeof(PublishedServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "RepositoryRoot").Value!;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])
        [
            "publish", Path.Combine(root, project), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false", "-o", folder, "--nologo",
        ])
        {
            start.ArgumentList.Add(argument);
        }

        using var publish = Process.Start(start)!;
        var output = await publish.StandardOutput.ReadToEndAsync(cancellationToken);
        await publish.WaitForExitAsync(cancellationToken);
        return publish.ExitCode == 0
            ? Path.Combine(folder, OperatingSystem.IsWindows() ? $"{executable}.exe" : executable)
            : throw new InvalidOperationException($"{project} could not be published:\n{output}");
    }
}
