using System.Text.Json;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Server.Configuration;
using Memory.Server.Tools;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol;

namespace Memory.Server.Commands;

/// <summary>What one command works with: the same parts as the server, without a client and without a schedule.</summary>
/// <param name="settings">The settings.</param>
/// <param name="json">Whether data is wanted instead of text for people.</param>
/// <param name="makesDatabase">Whether the command makes a database where there is none; any other says that there is none.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class CommandSession(ServerSettings settings, bool json, bool makesDatabase, CancellationToken cancellationToken)
{
    public ServerSettings Settings => settings;

    /// <summary>Whether data is wanted instead of text for people.</summary>
    public bool Json => json;

    public CancellationToken Cancellation => cancellationToken;

    /// <summary>Opens the parts, runs, and turns what prevented it into a line on stderr and an exit code.</summary>
    /// <param name="run">The work.</param>
    /// <param name="isAudited">Whether it reads or changes memories or keys; how the server is doing may be asked every minute.</param>
    public async Task<int> RunAsync(Func<ServerComposition, Task<int>> run, bool isAudited = true)
    {
        if (!makesDatabase && ServerComposition.Absence(settings) is { } absence)
        {
            return Fail(absence);
        }

        try
        {
            await using var parts = new ServerComposition(settings, TimeProvider.System, NullLoggerFactory.Instance);
            if (isAudited)
            {
                parts.Audit.BeginCommand(Environment.UserName);
            }

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
    /// <param name="isAudited">Whether it reads or changes memories.</param>
    /// <param name="shown">What the bar says that shows how far it is; no bar when left out.</param>
    public Task<int> CallAsync(
        string name, IReadOnlyDictionary<string, JsonElement?> arguments, Func<JsonElement, int>? code = null, Func<JsonElement, string>? next = null, bool isAudited = true, string? shown = null) => RunAsync(async parts =>
    {
        var outcome = shown is null ? await CallAsync(parts, name, arguments) : await WithProgressAsync(shown, share => CallAsync(parts, name, arguments, new Shares(share)));
        if (!outcome.Succeeded)
        {
            return Fail(outcome.Problem);
        }

        await Console.Out.WriteLineAsync(json ? outcome.Value.Data.GetRawText() : TerminalText.Of(outcome.Value.Text));
        if (!json && outcome.Value.Next is not null && next is not null)
        {
            await Screenful.LineAsync(next(outcome.Value.Data));
        }

        return code?.Invoke(outcome.Value.Data) ?? ExitCodes.Done;
    }, isAudited);

    /// <summary>Calls a tool and yields its answer.</summary>
    public async Task<Outcome<ToolAnswer>> CallAsync(ServerComposition parts, string name, IReadOnlyDictionary<string, JsonElement?> arguments, IProgress<ProgressNotificationValue>? progress = null)
    {
        var given = arguments.Where(static a => a.Value is not null).ToDictionary(static a => a.Key, static a => a.Value!.Value, StringComparer.Ordinal);
        return await parts.Tools.RunAsync(parts.Tools.Find(name)!, given, progress ?? Silence.Instance, expects: null, cancellationToken);
    }

    /// <summary>Runs something that tells how far it is, from 0 to 1; with a bar on stderr when somebody looks on and wants no data.</summary>
    public Task<T> WithProgressAsync<T>(string what, Func<IProgress<double>, Task<T>> work) => json ? work(new Ignoring()) : Screenful.WithProgressAsync(what, work);

    /// <summary>Does what no tool does, and notes it in the audit log before it is told.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="action">What the audit log calls it.</param>
    /// <param name="everywhere">Whether it concerns every namespace and not the configured one alone.</param>
    /// <param name="work">The work.</param>
    /// <param name="subject">The ids it was about.</param>
    public async Task<Outcome<T>> NotedAsync<T>(ServerComposition parts, string action, bool everywhere, Func<Task<Outcome<T>>> work, Func<T, string?>? subject = null)
    {
        Outcome<T> outcome;
        try
        {
            outcome = await work();
        }
        catch (MemoryStoreException error)
        {
            outcome = error.Problem;
        }
        catch (OperationCanceledException)
        {
            await NoteAsync(subject: null, new Problem(ProblemCode.Busy, "Interrupted."));
            throw;
        }

        await NoteAsync(outcome.Succeeded ? subject?.Invoke(outcome.Value) : null, outcome.Problem);
        return outcome;

        ValueTask NoteAsync(string? subject, Problem? problem) => parts.Audit.NoteAsync(action, everywhere ? null : settings.Namespace.Value, subject, problem, atOnce: true);
    }

    /// <summary>Tells a problem.</summary>
    /// <returns>Its exit code.</returns>
    public int Fail(Problem problem) => Failure.Tell(problem, json);

    private sealed class Ignoring : IProgress<double>
    {
        public void Report(double value)
        {
        }
    }

    private sealed class Shares(IProgress<double> share) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value) => share.Report(value.Total is > 0 and var total ? value.Progress / total : 0);
    }

    private sealed class Silence : IProgress<ProgressNotificationValue>
    {
        public static Silence Instance { get; } = new();

        public void Report(ProgressNotificationValue value)
        {
        }
    }
}
