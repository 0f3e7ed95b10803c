using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Memory.Core.Storage;

/// <summary>What the system knows of the file behind a path, and .NET does not tell.</summary>
/// <param name="Names">How many names the file has; several are hard links.</param>
/// <param name="IsRegular">Whether it is a file of bytes, and no device, pipe, socket or folder.</param>
internal readonly partial record struct FileNode(long Names, bool IsRegular)
{
    // statx(2)
    private const int CurrentFolder = -100;
    private const uint TypeAndNames = 0x1 | 0x4;
    private const int TypeBits = 0xF000;
    private const int Regular = 0x8000;

    /// <summary>Looks at what a path leads to. On Linux nothing is opened: whoever closes a file drops the locks that its process holds on it.</summary>
    /// <returns><see langword="null"/> when nothing is there, nobody may look, or this system cannot be asked.</returns>
    public static FileNode? Of(string path)
    {
        try
        {
            return OperatingSystem.IsLinux() ? OnLinux(path) : OperatingSystem.IsWindows() ? OnWindows(path) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    private static FileNode? OnLinux(string path) =>
        Status(CurrentFolder, path, 0, TypeAndNames, out var found) == 0 && (found.Known & TypeAndNames) == TypeAndNames
            ? new FileNode(found.Names, (found.Mode & TypeBits) == Regular)
            : null;

    private static FileNode? OnWindows(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Information(file, out var found) ? new FileNode(found.Names, IsRegular: true) : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Status(int folder, string path, int flags, uint wanted, out LinuxStatus status);

    [LibraryImport("kernel32", EntryPoint = "GetFileInformationByHandle")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool Information(SafeFileHandle file, out WindowsInformation information);

    // The same on every processor.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct LinuxStatus
    {
        [FieldOffset(0)]
        public uint Known;

        [FieldOffset(16)]
        public uint Names;

        [FieldOffset(28)]
        public ushort Mode;
    }

    [StructLayout(LayoutKind.Explicit, Size = 52)]
    private struct WindowsInformation
    {
        [FieldOffset(40)]
        public uint Names;
    }
}
