using System.Diagnostics;
using System.Globalization;
using Memory.Core.Storage;

namespace Memory.Core.Tests.Storage;

public sealed class PartialFileTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    private string Target => _folder.File("export.jsonl");

    [Fact]
    public async Task RemoveAbandoned_removes_what_ended_processes_left_of_this_file_and_nothing_else()
    {
        var own = Write(PartialFile.NameFor(Target));
        var ended = Write(await OfEndedProcessAsync(Target));
        var journal = Write(ended + "-journal");
        var ofAnotherFile = Write(await OfEndedProcessAsync(_folder.File("other.jsonl")));
        var ofAUser = Write(Target + ".partial-translation");
        var reused = Write(PartialFile.NameFor(Target)[..^17] + "00000000-00000000");

        PartialFile.RemoveAbandoned(Target, Now);

        new[] { own, ended, journal, ofAnotherFile, ofAUser, reused }.Select(File.Exists).ShouldBe([true, false, false, true, true, !OperatingSystem.IsLinux()]);
    }

    [Fact]
    public void RemoveAbandoned_leaves_what_another_machine_wrote_until_it_has_rested_for_a_day()
    {
        var (fresh, old) = (Write(Target + ".partial-00000000-1-00000000-00000001"), Write(Target + ".partial-00000000-1-00000000-00000002"));
        File.SetLastWriteTimeUtc(fresh, Now.UtcDateTime.AddHours(-23));
        File.SetLastWriteTimeUtc(old, Now.UtcDateTime.AddHours(-25));

        PartialFile.RemoveAbandoned(Target, Now);

        (File.Exists(fresh), File.Exists(old)).ShouldBe((true, false));
    }

    [Fact]
    public void RemoveAbandoned_where_there_is_no_folder_does_nothing() => PartialFile.RemoveAbandoned(_folder.File("missing/export.jsonl"), Now);

    public void Dispose() => _folder.Dispose();

    private static string Write(string path)
    {
        File.WriteAllText(path, "half");
        return path;
    }

    private static async Task<string> OfEndedProcessAsync(string path)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true })!;
        await process.WaitForExitAsync();
        return PartialFile.NameFor(path).Replace(
            string.Create(CultureInfo.InvariantCulture, $"-{Environment.ProcessId}-"), string.Create(CultureInfo.InvariantCulture, $"-{process.Id}-"), StringComparison.Ordinal);
    }
}
