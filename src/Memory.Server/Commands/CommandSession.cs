using System.Text.Json;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Server.Configuration;
using Memory.Server.Tools;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol;

namespace Memory.Server.Commands;

/// <summary>What one command works with: the same parts as the server, without a client and without a schedule.</summary>
internal sealed class CommandSession(ServerSettings settings, bool json, CancellationToken cancellationToken)
{
    public ServerSettings Settings => settings;

    /// <summary>Whether data is wanted instead of text for people.</summary>
    public bool Json => json;

    public CancellationToken Cancellation => cancellationToken;

    /// <summary>Opens the parts, runs, and turns what prevented it into a line on stderr and an exit code.</summary>
    public async Task<int> RunAsync(Func<ServerComposition, Task<int>> run)
    {
        try
        {
            await using var parts = new ServerComposition(settings, TimeProvider.System, NullLoggerFactory.Instance);
            return await run(parts);
        }
        catch (MemoryStoreException error)
        {
            return Fail(error.Problem);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Fail(new Problem(ProblemCode.Busy, "Interrupted. What was done before is kept; the same command goes on from there."));
        }
    }

    /// <summary>Calls a tool as a client would, and prints its text or its data.</summary>
    /// <param name="name">The tool.</param>
    /// <param name="arguments">Its arguments; those that are <see langword="null"/> are left out.</param>
    /// <param name="code">The exit code of an answer; 0 when left out.</param>
    /// <param name="next">What may be typed next, when the answer offers to go on.</param>
    public Task<int> CallAsync(
        string name, IReadOnlyDictionary<string, JsonElement?> arguments, Func<JsonElement, int>? code = null, Func<JsonElement, string>? next = null) => RunAsync(async parts =>
    {
        var outcome = await CallAsync(parts, name, arguments);
        if (!outcome.Succeeded)
        {
            return Fail(outcome.Problem);
        }

        await Console.Out.WriteLineAsync(json ? outcome.Value.Data.GetRawText() : outcome.Value.Text);
        if (!json && outcome.Value.Next is not null && next is not null)
        {
            await Console.Out.WriteLineAsync(next(outcome.Value.Data));
        }

        return code?.Invoke(outcome.Value.Data) ?? ExitCodes.Done;
    });

    /// <summary>Calls a tool and yields its answer.</summary>
    public async Task<Outcome<ToolAnswer>> CallAsync(ServerComposition parts, string name, IReadOnlyDictionary<string, JsonElement?> arguments)
    {
        var given = arguments.Where(static a => a.Value is not null).ToDictionary(static a => a.Key, static a => a.Value!.Value, StringComparer.Ordinal);
        return await parts.Tools.RunAsync(parts.Tools.Find(name)!, given, Silence.Instance, expects: null, cancellationToken);
    }

    /// <summary>Tells a problem on stderr.</summary>
    /// <returns>Its exit code.</returns>
    public static int Fail(Problem problem)
    {
        Console.Error.WriteLine(problem.Message);
        return ExitCodes.Of(problem);
    }

    private sealed class Silence : IProgress<ProgressNotificationValue>
    {
        public static Silence Instance { get; } = new();

        public void Report(ProgressNotificationValue value)
        {
        }
    }
}
