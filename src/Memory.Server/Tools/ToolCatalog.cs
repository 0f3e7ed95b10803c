using System.Text.Json;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Server.Tools;

/// <summary>
/// All tools in their order, and the one way into each: arguments are held against the tool's own schema, the namespace is settled,
/// expected failures become answers that the model can act on, and unexpected ones are logged once.
/// </summary>
internal sealed partial class ToolCatalog(IEnumerable<ITool> tools, Namespace defaultNamespace, ILogger<ToolCatalog> logger, Func<bool>? asked = null)
{
    private static readonly TimeSpan ListLifetime = TimeSpan.FromHours(1);

    private readonly ITool[] _tools = [.. tools];

    public ValueTask<ListToolsResult> ListAsync(RequestContext<ListToolsRequestParams> context, CancellationToken cancellationToken)
    {
        asked?.Invoke();
        return new(new ListToolsResult { Tools = [.. _tools.Select(static t => t.Definition)], TimeToLive = ListLifetime, CacheScope = CacheScope.Public });
    }

    public async ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken)
    {
        asked?.Invoke();
        var name = context.Params?.Name;
        if (Array.Find(_tools, t => t.Definition.Name == name) is not { } tool)
        {
            throw new McpProtocolException(
                $"There is no tool '{name}'. Allowed: {string.Join(", ", _tools.Select(static t => t.Definition.Name))}.", McpErrorCode.InvalidParams);
        }

        try
        {
            var arguments = context.Params!.Arguments as IReadOnlyDictionary<string, JsonElement>
                ?? context.Params.Arguments?.ToDictionary() ?? [];
            var progress = ToolProgress.For(context);
            var outcome = SchemaValidator.Check(tool.Definition.InputSchema, arguments) is { } invalid
                ? invalid
                : await CallAsync(tool, new ToolArguments(arguments), progress, cancellationToken);
            await progress.DrainAsync();
            return outcome.Succeeded ? Answer(outcome.Value) : Failure(outcome.Problem);
        }
        catch (MemoryStoreException error)
        {
            StoreUnavailable(name!, error.Problem.Message, error);
            return Failure(error.Problem);
        }
        catch (Exception error) when (error is not (OperationCanceledException or McpException))
        {
            Unexpected(name!, error);
            return Failure(new Problem(ProblemCode.StoreUnavailable, $"{name} failed unexpectedly ({error.GetType().Name}); the server's log has the details. Nothing half-done was kept."));
        }
    }

    private async Task<Outcome<ToolAnswer>> CallAsync(ITool tool, ToolArguments arguments, ToolProgress progress, CancellationToken cancellationToken)
    {
        var ns = defaultNamespace;
        return arguments.Text("namespace") is { } named && !Namespace.TryParse(named, out ns)
            ? new Problem(ProblemCode.Invalid, $"namespace is '{named}'; {Namespace.Allowed} are allowed.")
            : await tool.CallAsync(new ToolCall(arguments, ns, progress), cancellationToken);
    }

    private static CallToolResult Answer(ToolAnswer answer) => new()
    {
        Content = [new TextContentBlock { Text = answer.Text }],
        StructuredContent = answer.Data,
    };

    private static CallToolResult Failure(Problem problem) => new()
    {
        IsError = true,
        Content = [new TextContentBlock { Text = problem.Message }],
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Tool} could not use the store: {Reason}")]
    private partial void StoreUnavailable(string tool, string reason, Exception cause);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Tool} failed")]
    private partial void Unexpected(string tool, Exception error);
}
