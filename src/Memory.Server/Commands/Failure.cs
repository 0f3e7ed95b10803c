using Memory.Core.Memories;

namespace Memory.Server.Commands;

/// <summary>Tells what went wrong: for people on stderr, and with <c>--json</c> as an object on stdout too, so that who reads on has something to read.</summary>
internal static class Failure
{
    /// <summary>Tells a problem.</summary>
    /// <returns>Its exit code.</returns>
    public static int Tell(Problem problem, bool json) => Tell(problem.Code, [problem.Message], json);

    /// <summary>Tells several problems of one kind, a line each.</summary>
    /// <returns>Their exit code.</returns>
    public static int Tell(ProblemCode code, IReadOnlyList<string> messages, bool json)
    {
        foreach (var message in messages)
        {
            Console.Error.WriteLine(TerminalText.Of(message));
        }

        var exitCode = ExitCodes.Of(code);
        return json ? Screenful.Json(Output(new Problem(code, string.Join(' ', messages))), CommandJson.Default.FailureOutput, exitCode) : exitCode;
    }

    /// <summary>What is printed of a problem with <c>--json</c>.</summary>
    public static FailureOutput Output(Problem problem) => new(new ErrorOutput(Names.Of(problem.Code), problem.Message, ExitCodes.Of(problem)));
}
