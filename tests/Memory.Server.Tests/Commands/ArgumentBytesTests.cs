using System.Text;
using Memory.Server.Commands;

namespace Memory.Server.Tests.Commands;

public sealed class ArgumentBytesTests : IDisposable
{
    private readonly CommandFixture _command = new();

    [Theory]
    [InlineData("store|caf\u00e9", "store|caf\uFFFD", 1)]
    [InlineData("dotnet|memory-server.dll|store|caf\u00e9|--db|\u00ff", "store|caf\uFFFD|--db|\uFFFD", 1)]
    [InlineData("store|\u00ef\u00bf\u00bd|\u0080", "store|\uFFFD|\uFFFD", 2)]
    [InlineData("store|\u00ef\u00bf\u00bd", "store|\uFFFD", null)]
    [InlineData("store||caf\u00e9|", "store||caf\uFFFD|", 2)]
    [InlineData("", "store|\uFFFD", null)]
    public void FindNotUtf8_of_a_command_line_finds_the_first_argument_that_was_not_UTF8(string bytes, string arguments, int? place)
    {
        // One char a byte.
        var commandLine = bytes.Length == 0 ? [] : Encoding.Latin1.GetBytes("memory-server|" + bytes + "|");
        commandLine.AsSpan().Replace((byte)'|', (byte)0);

        ArgumentBytes.FindNotUtf8(arguments.Split('|'), commandLine).ShouldBe(place);
    }

    [Fact]
    public async Task An_argument_that_is_not_UTF8_is_refused_and_one_with_the_replacement_character_itself_is_not()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells the bytes of arguments.");

        (await ShellAsync(@"caf\351 cli")).ShouldBe((2, "", "Argument 2, 'caf\uFFFD cli', is not UTF-8; only UTF-8 is allowed."));
        File.Exists(_command.Database).ShouldBeFalse();

        (await ShellAsync(@"caf\357\277\275 cli")).ExitCode.ShouldBe(0);
        (await _command.RunAsync("list", "--json")).ShouldEnd(0).Json[0].GetProperty("content").GetString().ShouldBe("caf\uFFFD cli");
    }

    [Fact]
    public async Task An_argument_that_is_not_UTF8_is_refused_in_JSON_where_JSON_is_asked_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells the bytes of arguments.");

        var (exitCode, stdout, _) = await ShellAsync(@"caf\351", "--json");

        (exitCode, System.Text.Json.JsonElement.Parse(stdout).GetProperty("error").GetProperty("exit_code").GetInt32()).ShouldBe((2, 2));
    }

    public void Dispose() => _command.Dispose();

    // The runtime writes arguments in UTF-8 alone; a shell writes what it is told.
    private async Task<(int ExitCode, string Stdout, string Stderr)> ShellAsync(string content, string more = "--namespace=default")
    {
        await using var process = ServerProcess.Start(
            ["-c", "exec \"$0\" store \"$(printf \"$1\")\" \"$2\" --db \"$3\"", ServerProcess.Executable, content, more, _command.Database], command: "/bin/sh");
        var stdout = await process.ReadLineAsync();
        return (await process.WaitAsync(), stdout ?? "", process.Stderr.TrimEnd());
    }
}
