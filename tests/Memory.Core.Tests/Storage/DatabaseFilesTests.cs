using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Tests.Storage;

public sealed class DatabaseFilesTests
{
    // Asked, never done: whoever runs the tests may be allowed to.
    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/dev/stdout")]
    [InlineData("/proc/self/fd/1")]
    [InlineData("/tmp/../dev/null")]
    [InlineData("/sys/x")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\0b")]
    public void Refusal_of_a_device_or_of_what_is_no_path_says_so(string path)
    {
        if (!OperatingSystem.IsWindows() || !path.StartsWith('/'))
        {
            DatabaseFiles.Refusal("/tmp/memory.db", path)!.Code.ShouldBe(ProblemCode.Invalid);
        }
    }

    [Theory]
    [InlineData("/dev/shm/copy.db")]
    [InlineData("/tmp/dev/null")]
    public void Refusal_of_an_ordinary_file_is_none(string path) => DatabaseFiles.Refusal("/tmp/memory.db", path).ShouldBeNull();

    // Only asked as well.
    [Theory]
    [InlineData("/dev/null", true)]
    [InlineData("/dev/shm/memory.db", false)]
    [InlineData("/tmp/dev/null", false)]
    public void Unusable_as_a_database_is_what_belongs_to_the_system(string path, bool isUnusable)
    {
        if (!OperatingSystem.IsWindows())
        {
            DatabaseFiles.IsDevice(path).ShouldBe(isUnusable);
            (DatabaseFiles.Unusable(path)?.Code).ShouldBe(isUnusable ? ProblemCode.Invalid : null);
        }
    }

    [Fact]
    public void Unusable_as_a_database_is_what_a_link_leads_to_in_the_system()
    {
        if (!OperatingSystem.IsWindows())
        {
            using var folder = new TemporaryFolder();
            File.CreateSymbolicLink(folder.File("memory.db"), "/dev/null");

            DatabaseFiles.Unusable(folder.File("memory.db"))!.Message.ShouldContain("is a device or a pipe");
        }
    }

    [Fact]
    public async Task Unusable_as_a_database_is_a_pipe_and_a_file_with_a_second_name_until_that_is_gone()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var folder = new TemporaryFolder();
        await SystemTool.RunAsync("mkfifo", folder.File("pipe"));
        await File.WriteAllTextAsync(folder.File("memory.db"), "", TestContext.Current.CancellationToken);
        DatabaseFiles.Unusable(folder.File("pipe"))!.Message.ShouldContain("is a device or a pipe");
        DatabaseFiles.Unusable(folder.File("memory.db")).ShouldBeNull();
        DatabaseFiles.Unusable(folder.File("none.db")).ShouldBeNull();

        await SystemTool.RunAsync("ln", folder.File("memory.db"), folder.File("second.db"));
        foreach (var name in new[] { "memory.db", "second.db" })
        {
            DatabaseFiles.Unusable(folder.File(name))!.Message.ShouldContain("has 2 names (hard links)");
        }

        File.Delete(folder.File("second.db"));
        DatabaseFiles.Unusable(folder.File("memory.db")).ShouldBeNull();
    }
}
