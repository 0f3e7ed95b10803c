using System.Text.Unicode;

namespace Memory.Server.Commands;

/// <summary>
/// The arguments as the system handed them over. The runtime puts U+FFFD for bytes that are no UTF-8: what was typed would be lost, and nobody told.
/// </summary>
internal static class ArgumentBytes
{
    private const char Replacement = '\uFFFD';
    private const string OwnCommandLine = "/proc/self/cmdline";

    /// <summary>The first argument that was not UTF-8, from 0. Only Linux tells the bytes; elsewhere none is found.</summary>
    /// <param name="args">The arguments as the runtime read them.</param>
    /// <returns>Its place, or <see langword="null"/> when each is what was typed.</returns>
    public static int? FindNotUtf8(string[] args)
    {
        if (!OperatingSystem.IsLinux() || !Array.Exists(args, static a => a.Contains(Replacement, StringComparison.Ordinal)))
        {
            return null;
        }

        try
        {
            return FindNotUtf8(args, File.ReadAllBytes(OwnCommandLine));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Nobody can tell; somebody may have typed U+FFFD itself.
            return null;
        }
    }

    /// <summary>The same of a command line, of which the arguments are the last and each ends with a zero byte.</summary>
    internal static int? FindNotUtf8(string[] args, ReadOnlySpan<byte> commandLine)
    {
        int? first = null;
        for (var i = args.Length - 1; i >= 0 && commandLine is [.. var before, 0]; i--)
        {
            var argument = before[(before.LastIndexOf((byte)0) + 1)..];
            commandLine = before[..^argument.Length];
            if (args[i].Contains(Replacement, StringComparison.Ordinal) && !Utf8.IsValid(argument))
            {
                first = i;
            }
        }

        return first;
    }
}
