using System.Diagnostics;
using System.Globalization;

namespace Memory.Core.Storage;

/// <summary>
/// Names a process so that another one on the same machine can tell whether it still lives:
/// <c>machine/process-id/start-time</c>, where the machine includes the process-id namespace of a container.
/// A killed holder of a lease is then known at once and not only when the lease runs out.
/// </summary>
internal static class ProcessIdentity
{
    /// <summary>The name of this process.</summary>
    public static string Current { get; } = Describe();

    /// <summary>Whether the process may still be running. A process of another machine always may.</summary>
    public static bool MayBeAlive(string identity)
    {
        var parts = identity.Split('/');
        if (parts.Length < 3 || parts[0] != Machine() || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var id))
        {
            return true;
        }

        try
        {
            using var process = Process.GetProcessById(id);
            return StartTime(process) == parts[2];
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string Describe()
    {
        using var self = Process.GetCurrentProcess();
        return $"{Machine()}/{self.Id}/{StartTime(self)}";
    }

    // To the second: the system's ticks may round differently from one reading to the next.
    private static string StartTime(Process process) =>
        new DateTimeOffset(process.StartTime.ToUniversalTime(), TimeSpan.Zero).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static string Machine()
    {
        var space = OperatingSystem.IsLinux() ? new FileInfo("/proc/self/ns/pid").LinkTarget : null;
        return space is null ? Environment.MachineName : $"{Environment.MachineName}-{space.Trim("pid:[]".ToCharArray())}";
    }
}
