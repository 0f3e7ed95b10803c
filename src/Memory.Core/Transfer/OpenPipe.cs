namespace Memory.Core.Transfer;

/// <summary>
/// Tells a pipe that the process was given open, as a shell does for <c>&lt;(COMMAND)</c>, from one that lies in a folder: to open that waits until
/// somebody writes into it, which may be never.
/// </summary>
internal static class OpenPipe
{
    private static readonly string[] Folders = ["/dev/fd/", "/proc/self/fd/"];

    /// <summary>Whether a path names what is open already.</summary>
    public static bool Is(string path)
    {
        var full = Path.GetFullPath(path);
        return !OperatingSystem.IsWindows() && (full == "/dev/stdin" || Array.Exists(Folders, f => full.StartsWith(f, StringComparison.Ordinal)));
    }
}
