using System.CommandLine;
using Memory.Server.Configuration;

namespace Memory.Server.Commands;

/// <summary>Makes commands that need settings and may answer with data.</summary>
/// <param name="withSettings">Reads and checks the settings, then runs.</param>
internal sealed class CommandHost(Func<ParseResult, Func<ServerSettings, CancellationToken, Task<int>>, CancellationToken, Task<int>> withSettings)
{
    /// <summary>The option that every command with an answer has.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Answer with JSON on stdout." };

    /// <summary>Gives a command its action, and <c>--json</c>.</summary>
    /// <param name="command">The command.</param>
    /// <param name="run">What it does.</param>
    /// <param name="makesDatabase">Whether it makes a database where there is none.</param>
    public Command Command(Command command, Func<ParseResult, CommandSession, Task<int>> run, bool makesDatabase = false)
    {
        command.Add(Json);
        // On a thread of the pool the store reads and writes without waking another.
        command.SetAction((parsed, cancellation) => withSettings(
            parsed, (settings, token) => Task.Run(() => run(parsed, new CommandSession(settings, parsed.GetValue(Json), makesDatabase, token)), token), cancellation));
        return command;
    }
}
