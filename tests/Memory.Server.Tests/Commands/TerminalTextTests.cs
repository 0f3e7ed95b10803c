using Memory.Server.Commands;
using Microsoft.Data.Sqlite;

namespace Memory.Server.Tests.Commands;

public sealed class TerminalTextTests : IDisposable
{
    private readonly CommandFixture _command = new();

    [Theory]
    [InlineData("\u001b[31mred\u009b0m", "\uFFFD[31mred\uFFFD0m")]
    [InlineData("back\rover\b\u202e", "back\uFFFDover\uFFFD\uFFFD")]
    [InlineData("one\r\ntwo\tthree\n", "one\r\ntwo\tthree\n")]
    [InlineData("👩‍💻 می‌خواهم", "👩‍💻 می‌خواهم")]
    public void Of_a_text_replaces_what_steers_a_terminal(string text, string shown) => TerminalText.Of(text).ShouldBe(shown);

    [Fact]
    public async Task Commands_print_nothing_that_steers_a_terminal_whatever_the_database_holds()
    {
        var id = (await _command.RunAsync("store", "The door is green.", "--json")).ShouldEnd(0).Json.GetProperty("memories")[0].GetProperty("id").GetString()!;
        // As a program without screening stores it.
        await using (var database = new SqliteConnection($"Data Source={_command.Database};Pooling=False"))
        {
            await database.OpenAsync(TestContext.Current.CancellationToken);
            await using var hostile = database.CreateCommand();
            hostile.CommandText = "UPDATE memories SET content = 'The ' || char(27) || '[31mdoor' || char(155) || '2J is green.'";
            (await hostile.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
        }

        foreach (var arguments in new string[][] { ["list"], ["show", id], ["recall", "door"], ["forget", id] })
        {
            var ran = await _command.RunAsync(arguments);

            (ran.Stdout + ran.Stderr).ShouldContain("door", customMessage: arguments[0]);
            (ran.Stdout + ran.Stderr).ShouldAllBe(static c => !char.IsControl(c) || c == '\n' || c == '\t', arguments[0]);
        }

        var json = (await _command.RunAsync("show", id, "--json")).ShouldEnd(0);
        json.Stdout.ShouldNotContain("\u001b");
        json.Json.GetProperty("memory").GetProperty("content").GetString().ShouldBe("The \u001b[31mdoor\u009b2J is green.");
    }

    [Fact]
    public async Task What_was_mistyped_is_repeated_without_what_steers_a_terminal()
    {
        var refused = (await _command.RunAsync("list\u001b[2J", "--no\u001b[31msuch")).ShouldEnd(ExitCodes.Usage);

        refused.Stderr.ShouldContain("[2J");
        refused.Stderr.ShouldAllBe(static c => !char.IsControl(c) || c == '\n');
    }

    [Fact]
    public async Task What_a_server_or_a_catalog_says_is_repeated_without_what_steers_a_terminal()
    {
        await using var server = new LoopbackServer(static _ => LoopbackServer.Reply.Text(200, "rea\u001b[2Jdy"));

        (await _command.RunAsync("health", server.Address.ToString())).ShouldEnd(0).Stdout.Trim().ShouldBe("rea\uFFFD[2Jdy");
        (await CommandFixture.RunPlainAsync("models", "pull", "no\u001b[2Jsuch")).Stderr.ShouldAllBe(static c => !char.IsControl(c) || c == '\n');
    }

    public void Dispose() => _command.Dispose();
}
