using System.Reflection;

namespace Memory.Core;

/// <summary>A file that ships with the program: beside it, or, where the program is published as a single file, within it.</summary>
public static class ShippedFile
{
    /// <summary>Opens a file; one beside the program goes before that within it.</summary>
    /// <param name="path">The file, in the program's folder or elsewhere.</param>
    /// <exception cref="FileNotFoundException">It is neither there nor within the program.</exception>
    /// <exception cref="DirectoryNotFoundException">The same, and its folder is not there either.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static Stream OpenRead(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return !File.Exists(path) && Within(path) is { } within ? within : File.OpenRead(path);
    }

    // Named as the file would be called below the program's folder.
    private static Stream? Within(string path) =>
        Assembly.GetEntryAssembly()?.GetManifestResourceStream(Path.GetRelativePath(AppContext.BaseDirectory, path).Replace(Path.DirectorySeparatorChar, '/'));
}
