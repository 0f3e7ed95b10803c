using System.Diagnostics;
using System.Text.Json;
using Memory.Core.Access;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Server.Callers;
using Memory.Server.Watching;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Server.Tools;

/// <summary>
/// All tools in their order, and the one way into each, for MCP and REST: arguments are held against the tool's own schema, the caller against
/// its scopes and namespaces, expected failures become answers that the caller can act on, unexpected ones are logged once, and all are audited.
/// </summary>
internal sealed partial class ToolCatalog(
    IEnumerable<ITool> tools, CallerContext callers, CallerTurns turns, AuditLog audit, RequestFailures failures, ILogger<ToolCatalog> logger, Func<bool>? asked = null)
{
    private static readonly TimeSpan ListLifetime = TimeSpan.FromHours(1);

    private readonly ITool[] _tools = [.. tools];

    /// <summary>The tools that the caller may use.</summary>
    public ValueTask<ListToolsResult> ListAsync(RequestContext<ListToolsRequestParams> context, CancellationToken cancellationToken)
    {
        asked?.Invoke();
        return new(new ListToolsResult
        {
            Tools = [.. _tools.Where(t => callers.Caller.RefuseScope(t.Scope) is null).Select(static t => t.Definition)],
            TimeToLive = ListLifetime,
            CacheScope = callers.Current is null ? CacheScope.Public : CacheScope.Private,
        });
    }

    public async ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken)
    {
        asked?.Invoke();
        var name = context.Params?.Name;
        if (Find(name) is not { } tool)
        {
            throw new McpProtocolException(
                $"There is no tool '{name}'. Allowed: {string.Join(", ", _tools.Select(static t => t.Definition.Name))}.", McpErrorCode.InvalidParams);
        }

        var arguments = context.Params!.Arguments as IReadOnlyDictionary<string, JsonElement> ?? context.Params.Arguments?.ToDictionary() ?? [];
        var progress = ToolProgress.For(context);
        var outcome = await RunAsync(tool, arguments, progress, expects: null, cancellationToken);
        await progress.DrainAsync();
        return outcome.Succeeded ? Answer(outcome.Value) : Failure(outcome.Problem);
    }

    /// <summary>The name of every tool.</summary>
    public IEnumerable<string> Names => _tools.Select(static t => t.Definition.Name);

    /// <summary>The tool of a name, or <see langword="null"/>.</summary>
    public ITool? Find(string? name) => Array.Find(_tools, t => t.Definition.Name == name);

    /// <summary>Carries out a tool for the caller at hand.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="arguments">What the caller gave, unchecked.</param>
    /// <param name="progress">Where progress is told.</param>
    /// <param name="expects">Whether a memory is still what the caller has seen, when it said so.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="McpException">The protocol asks for more before the tool can be carried out.</exception>
    public async Task<Outcome<ToolAnswer>> RunAsync(
        ITool tool, IReadOnlyDictionary<string, JsonElement> arguments, IProgress<ProgressNotificationValue> progress,
        Func<MemoryRecord, bool>? expects, CancellationToken cancellationToken)
    {
        var name = tool.Definition.Name;
        var (ns, outcome) = (callers.Default?.Value, default(Outcome<ToolAnswer>));
        var started = Stopwatch.GetTimestamp();
        using var activity = Instruments.Begin(name);
        try
        {
            outcome = await CheckedAsync(tool, arguments, progress, expects, cancellationToken);
        }
        catch (MemoryStoreException error)
        {
            outcome = failures.Tell(name, error);
        }
        catch (Exception error) when (error is not (OperationCanceledException or McpException))
        {
            Unexpected(name, error);
            outcome = new Problem(ProblemCode.StoreUnavailable, $"{name} failed unexpectedly ({error.GetType().Name}); the server's log has the details. Nothing half-done was kept.");
        }

        Instruments.End(activity, name, outcome.Problem, Stopwatch.GetElapsedTime(started));
        if (arguments.TryGetValue("namespace", out var named) && named.ValueKind == JsonValueKind.String)
        {
            ns = Namespace.TryParse(named.GetString(), out var parsed) ? parsed.Value : null;
        }

        await audit.NoteAsync(
            AuditActions.Of(name, arguments), ns, audit.IsNoting ? AuditSubject.Of(arguments, outcome.Value?.Data) : null, outcome.Problem, atOnce: tool.Scope == Scopes.Consolidate || tool.Definition.Annotations?.DestructiveHint == true);
        return outcome;
    }

    private async Task<Outcome<ToolAnswer>> CheckedAsync(
        ITool tool, IReadOnlyDictionary<string, JsonElement> given, IProgress<ProgressNotificationValue> progress,
        Func<MemoryRecord, bool>? expects, CancellationToken cancellationToken)
    {
        if (SchemaValidator.Check(tool.Definition.InputSchema, given) is { } invalid)
        {
            return invalid;
        }

        var arguments = new ToolArguments(given);
        var admitted = callers.Admit(tool.Scope, arguments.Text("namespace"));
        if (!admitted.Succeeded)
        {
            return admitted.Problem;
        }

        var call = new ToolCall(arguments, admitted.Value, progress) { Expects = expects };
        return tool.Scope == Scopes.Read
            ? await turns.RunAsync(() => tool.CallAsync(call, cancellationToken), cancellationToken)
            : await turns.PassAsync(() => tool.CallAsync(call, cancellationToken));
    }

    private static CallToolResult Answer(ToolAnswer answer) => new()
    {
        Content = [new TextContentBlock { Text = answer.Next is { } next ? $"{answer.Text}\n{next}" : answer.Text }],
        StructuredContent = answer.Data,
    };

    private static CallToolResult Failure(Problem problem) => new()
    {
        IsError = true,
        Content = [new TextContentBlock { Text = problem.Message }],
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Tool} failed")]
    private partial void Unexpected(string tool, Exception error);
}
