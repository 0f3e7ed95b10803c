namespace Memory.Server.Tests.Commands;

/// <summary><c>completion</c>, and what the program answers to its scripts.</summary>
public sealed class CompletionCommandTests : IDisposable
{
    private readonly CommandFixture _command = new();

    [Fact]
    public async Task Completion_scripts_are_sound_and_the_program_answers_what_can_follow()
    {
        foreach (var shell in new[] { "bash", "zsh", "fish", "pwsh" })
        {
            var script = (await _command.InProcessAsync("completion", shell)).ShouldEnd(0).Stdout;
            script.ShouldContain("[suggest:");
            (await _command.InProcessAsync("completion", shell, "--json")).ShouldEnd(0).Json.GetProperty("script").GetString()!.TrimEnd().ShouldBe(script.TrimEnd());
        }

        (await CommandFixture.InProcessPlainAsync("[suggest:17]", "memory-server rec")).ShouldEnd(0).Stdout.Split('\n', StringSplitOptions.TrimEntries).ShouldContain("recall");
        (await _command.InProcessAsync("config", "show", "--json")).ShouldEnd(0).Json.EnumerateArray().Single(static s => s.GetProperty("name").GetString() == "Db")
            .GetProperty("value").GetString().ShouldBe(_command.Database);
    }

    [Theory]
    [InlineData("memory-server serve --auth ", "none", "keys", "jwt", "keys,jwt")]
    [InlineData("memory-server list --log-level ", "Trace", "Debug", "Information", "Warning", "Error", "Critical", "None")]
    [InlineData("memory-server list --secrets ", "redact", "refuse", "allow")]
    [InlineData("memory-server list --remember-queries ", "on", "off")]
    [InlineData("memory-server list --schedule ", "off")]
    [InlineData("memory-server store x --kind ", "fact", "preference", "decision", "procedure", "event", "note")]
    [InlineData("memory-server import x --format ", "jsonl", "markdown", "mcp-memory", "mcp-memory-service", "basic-memory", "mem0", "list")]
    [InlineData("memory-server keys create --scopes ", "read", "write", "consolidate", "admin")]
    public async Task Completion_offers_the_words_that_an_option_takes(string line, params string[] words)
    {
        var offered = (await CommandFixture.InProcessPlainAsync($"[suggest:{line.Length}]", line)).ShouldEnd(0).Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        offered.ShouldBe(words, ignoreOrder: true);
    }

    public void Dispose() => _command.Dispose();
}
