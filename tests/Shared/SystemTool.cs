using System.Diagnostics;

namespace Memory.Tests;

/// <summary>Runs a small program of the system, for what .NET cannot do by itself.</summary>
internal static class SystemTool
{
    public static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, program);
    }
}
