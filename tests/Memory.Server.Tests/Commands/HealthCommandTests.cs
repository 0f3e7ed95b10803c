using Memory.Server.Commands;
using Memory.Server.Tests.Http;

namespace Memory.Server.Tests.Commands;

/// <summary><c>health</c>, as whoever watches a container asks.</summary>
public sealed class HealthCommandTests : IDisposable
{
    private readonly CommandFixture _command = new();

    [Fact]
    public async Task A_server_that_can_work_is_ready_and_one_whose_store_cannot_be_used_is_not()
    {
        await using (var host = await HttpHost.StartAsync(_command.File("served.db")))
        {
            (await _command.RunAsync("health", new Uri(host.Address, "/health/ready").ToString())).ShouldEnd(ExitCodes.Done).Stdout.Trim().ShouldBe("ready");
            (await _command.RunAsync("health", host.Address.ToString())).ShouldEnd(ExitCodes.Done).Stdout.Trim().ShouldBe("ready");
            (await _command.RunAsync("health", new Uri(host.Address, "/health/live").ToString())).ShouldEnd(ExitCodes.Done).Stdout.Trim().ShouldBe("live");
        }

        await File.WriteAllTextAsync(_command.File("broken.db"), "This is no database, and long enough not to be taken for an empty one.", TestContext.Current.CancellationToken);
        await using var broken = await HttpHost.StartAsync(_command.File("broken.db"));
        var json = (await _command.RunAsync("health", new Uri(broken.Address, "/health/ready").ToString(), "--json")).ShouldEnd(ExitCodes.Failed).Json;

        json.GetProperty("healthy").GetBoolean().ShouldBeFalse();
        json.GetProperty("status").GetInt32().ShouldBe(503);
        File.Exists(_command.Database).ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_whose_database_was_removed_is_not_ready_and_its_status_says_why()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A file that is open cannot be removed there.");
        await using var host = await HttpHost.StartAsync(_command.File("served.db"));
        using var client = host.Client();
        await client.ToolAsync("store", """{"content":"The mast is tall."}""");
        // What was found a moment ago is told again for a while, but not of a file that is gone.
        (await client.ToolAsync("status", "{}")).GetProperty("structuredContent").GetProperty("healthy").GetBoolean().ShouldBeTrue();
        File.Delete(_command.File("served.db"));

        using var ready = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);

        ((int)ready.StatusCode).ShouldBe(503);
        (await _command.RunAsync("health", host.Address.ToString())).ShouldEnd(ExitCodes.Failed).Stderr.ShouldContain("the store cannot be used");
        ServerProcess.Text(await client.ToolAsync("status", "{}")).ShouldContain("was removed while the server was using it");
    }

    [Theory]
    [InlineData(1, "did not answer", "http://127.0.0.1:1/health/ready")]
    [InlineData(2, "url is 'nonsense'", "nonsense")]
    [InlineData(2, "url is 'file:///etc/passwd'", "file:///etc/passwd")]
    public async Task What_does_not_answer_or_is_no_address_is_said_on_stderr(int code, string said, string address)
    {
        var result = (await _command.RunAsync("health", address)).ShouldEnd(code);

        result.Stderr.ShouldContain(said);
        result.Stdout.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_loads_neither_the_web_server_nor_the_database()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What a process has loaded is read from /proc.");
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var watched = new LoopbackServer(async _ =>
        {
            asked.SetResult();
            await answered.Task;
            return LoopbackServer.Reply.Text(200, "ready");
        });
        await using var process = ServerProcess.Start(["health", watched.Address.ToString(), "--db", _command.Database]);
        await asked.Task.WaitAsync(ServerProcess.Patience, TestContext.Current.CancellationToken);

        var loaded = (await File.ReadAllLinesAsync($"/proc/{process.Id}/maps", TestContext.Current.CancellationToken)).Select(static l => Path.GetFileName(l)).Distinct().ToArray();
        answered.SetResult();

        loaded.ShouldContain("System.Net.Http.dll");
        loaded.Where(static f => f.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || f.Contains("sqlite", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
        (await process.WaitAsync()).ShouldBe(0);
        File.Exists(_command.Database).ShouldBeFalse();
    }

    public void Dispose() => _command.Dispose();
}
