using System.Diagnostics;
using Memory.Core.Storage;
using Memory.Server.Callers;
using Memory.Server.Http.Rest;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Memory.Server.Http;

/// <summary>The outermost of a request: it is nobody's until it has shown whose it is, its failures get a short answer, and one line of the log.</summary>
internal sealed partial class OutermostMiddleware(CallerContext callers, ILogger<OutermostMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        callers.Enter(Caller.Nobody, context.Connection.RemoteIpAddress?.ToString());
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        var (method, path) = (context.Request.Method, context.Request.Path);
        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
            await ExplainAsync(context);
        }
        catch (Exception error) when (error is ConnectionResetException || (error is OperationCanceledException && context.RequestAborted.IsCancellationRequested))
        {
            // The client has gone; nobody reads an answer.
        }
        catch (BadHttpRequestException error)
        {
            await AnswerAsync(context, QueryParameters.WrongNumber(context) is { } wrong ? RestAnswer.Problem(wrong) : RestAnswer.Problem(error.StatusCode, Code(error.StatusCode), error.Message));
        }
        catch (MemoryStoreException error)
        {
            await AnswerAsync(context, RestAnswer.Problem(error.Problem));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Unexpected(method, path, error);
            await AnswerAsync(context, RestAnswer.Problem(StatusCodes.Status500InternalServerError, "unexpected", "The request failed unexpectedly; the server's log has the details."));
        }

        var (status, took) = (context.Response.StatusCode, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        Answered(method, path, status, took);
    }

    private static string Code(int status) => status switch
    {
        StatusCodes.Status408RequestTimeout => "too_slow",
        StatusCodes.Status413PayloadTooLarge => "too_large",
        _ => "invalid",
    };

    // What routing and timeouts answer has a status and no words.
    private static async Task ExplainAsync(HttpContext context)
    {
        var reason = context.Response is { HasStarted: false, ContentType: null, ContentLength: null or 0 } ? context.Response.StatusCode : 0;
        var answer = reason switch
        {
            StatusCodes.Status404NotFound => RestAnswer.Problem(reason, "not_found", "There is nothing at this path. MCP is at /mcp, REST at /api/v1, its description at /openapi/v1.json."),
            StatusCodes.Status405MethodNotAllowed => RestAnswer.Problem(reason, "method", $"This path does not take {context.Request.Method}; see the header Allow."),
            StatusCodes.Status504GatewayTimeout => RestAnswer.Problem(reason, "timeout", "The request took too long and was ended."),
            >= 400 => RestAnswer.Problem(reason, "refused", "The request was refused."),
            _ => null,
        };
        if (answer is not null)
        {
            await answer.ExecuteAsync(context);
        }
    }

    private static async Task AnswerAsync(HttpContext context, IResult answer)
    {
        if (!context.Response.HasStarted)
        {
            await answer.ExecuteAsync(context);
        }
    }

    // No query: it may hold what somebody looks for.
    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} {Path} answered {Status} in {Milliseconds:0.0} ms")]
    private partial void Answered(string method, PathString path, int status, double milliseconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void Unexpected(string method, PathString path, Exception error);
}
