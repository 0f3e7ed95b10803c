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
}
