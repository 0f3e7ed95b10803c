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
        return package.Registry == Registry.Npm ? FilesOfTar(archive) : FilesOfZip(archive);
    }

    public void Dispose()
    {
        if (_temporary)
        {
            Directory.Delete(_path, recursive: true);
        }
    }

    // One registry's client leaves an archive where it was started, the other in folders of its own below.
    private string Archive(Package package) =>
        Directory.EnumerateFiles(_path, package.ArchiveName, SearchOption.AllDirectories).Order(StringComparer.Ordinal).FirstOrDefault() ?? Path.Combine(_path, package.ArchiveName);

    private static Dictionary<string, byte[]> FilesOfTar(Stream archive)
    {
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

    private static Dictionary<string, byte[]> FilesOfZip(Stream archive)
    {
        using var zip = new ZipArchive(archive);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            using var data = entry.Open();
            var content = new byte[entry.Length];
            data.ReadExactly(content);
            files[entry.FullName] = content;
        }

        return files;
    }

    private async Task FetchAsync(Package package, CancellationToken cancellation)
    {
        Console.WriteLine($"Fetching {package.Name} {package.Version}");
        var (program, arguments) = (package.Fetching[0], package.Fetching.Skip(1));
        // On Windows npm is a script, which only the command interpreter starts.
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd", ["/c", program, .. arguments]) : new ProcessStartInfo(program, arguments);
        start.WorkingDirectory = _path;
        start.RedirectStandardOutput = true;
        try
        {
            using var client = Process.Start(start)!;
            await client.StandardOutput.ReadToEndAsync(cancellation);
            await client.WaitForExitAsync(cancellation);
            if (client.ExitCode != 0)
            {
                throw new SourceException($"{program} could not fetch {package.Name} {package.Version}. Fetch {package.ArchiveName} elsewhere and give its folder with --source.");
            }
        }
        catch (Win32Exception error)
        {
            throw new SourceException($"{program} cannot be started. Install it, or fetch {package.ArchiveName} elsewhere and give its folder with --source.", error);
        }
    }

    private async Task CheckAsync(Package package, CancellationToken cancellation)
    {
        var path = Archive(package);
        if (!File.Exists(path))
        {
            throw new SourceException($"There is no {package.ArchiveName} in {_path}. '{string.Join(' ', package.Fetching)}' fetches it.");
        }

        await using var archive = File.OpenRead(path);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(archive, cancellation));
        if (hash != package.Sha256)
        {
            throw new SourceException($"{path} has the SHA-256 {hash}, not {package.Sha256}: it is not the archive that the files were built from.");
        }
    }
}
