using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Memory.Core.Storage;

/// <summary>
/// Names a process so that another one on the same machine can tell whether it still lives:
/// <c>machine/process-id/start-time</c>, where the machine includes the process-id namespace of a container.
/// A killed holder of a lease is then known at once and not only when the lease runs out.
/// </summary>
public static class ProcessIdentity
{
    private static readonly ConcurrentDictionary<string, bool> GivenUp = new(StringComparer.Ordinal);

    /// <summary>The name of this process.</summary>
    public static string Current { get; } = Describe();

    /// <summary>Whether the process may still be running, and has not given up what it held by that name. A process of another machine always may.</summary>
    /// <param name="identity">The name, as <see cref="Current"/> gives it, with or without more behind it.</param>
    public static bool MayBeAlive(string identity)
    {
        if (GivenUp.ContainsKey(identity))
        {
            return false;
        }

        var parts = identity.Split('/');
        if (parts.Length < 3 || parts[0] != Machine() || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var id))
        {
            return true;
        }

        return StartTime(id) is { } start && (start == parts[2] || IsSameSecond(start, parts[2]));
    }

    /// <summary>Notes that this process no longer holds anything by a name, where the store could not be told so.</summary>
    /// <param name="identity">The name, with what makes it unique behind it.</param>
    internal static void GiveUp(string identity) => GivenUp.TryAdd(identity, true);

    /// <summary>The name of this process in short, of letters that may be part of a file's name: <c>machine-id-start</c>, the outer two as hashes.</summary>
    internal static string Mark => $"{Hash(Machine())}-{Environment.ProcessId}-{Hash(StartTime(Environment.ProcessId) ?? "")}";

    /// <summary>Whether the process of a <see cref="Mark"/> is running; <see langword="null"/> when it is of another machine or container.</summary>
    internal static bool? IsAlive(string mark)
    {
        var parts = mark.Split('-');
        return parts.Length != 3 || parts[0] != Hash(Machine()) || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var id) ? null
            // Where the start is read from the clock it differs a little from reading to reading.
            : StartTime(id) is { } start && (parts[2] == Hash(start) || !OperatingSystem.IsLinux());
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));

    private static string Describe() => $"{Machine()}/{Environment.ProcessId}/{StartTime(Environment.ProcessId)}";

    /// <summary>When a process started, or <see langword="null"/> when there is none of that id.</summary>
    private static string? StartTime(int id)
    {
        try
        {
            return OperatingSystem.IsLinux() ? TicksSinceBoot(id) : ClockTime(id);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or IOException)
        {
            return null;
        }
    }

    // Processes do not agree on the clock time of a start: each derives it from now and the time since boot. The ticks since boot are the system's own.
    private static string? TicksSinceBoot(int id)
    {
        var stat = File.ReadAllText($"/proc/{id}/stat");
        // The name of the program, in brackets, may hold anything; the start is the twentieth field after it (proc(5), field 22).
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        // A zombie does nothing any more.
        return fields[0] is "Z" or "X" ? null : $"{fields[19]}-{File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()}";
    }

    // Clock times of one start differ a little from reading to reading.
    private static bool IsSameSecond(string start, string other) =>
        !OperatingSystem.IsLinux()
        && long.TryParse(start, CultureInfo.InvariantCulture, out var a) && long.TryParse(other, CultureInfo.InvariantCulture, out var b) && Math.Abs(a - b) <= 2;

    private static string ClockTime(int id)
    {
        using var process = Process.GetProcessById(id);
        return new DateTimeOffset(process.StartTime.ToUniversalTime(), TimeSpan.Zero).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
    }

    private static string Machine()
    {
        var space = OperatingSystem.IsLinux() ? new FileInfo("/proc/self/ns/pid").LinkTarget : null;
        return space is null ? Environment.MachineName : $"{Environment.MachineName}-{space.Trim("pid:[]".ToCharArray())}";
    }
}
