using System.Diagnostics;
using Memory.Core.Storage;
using Memory.Server.Callers;
using Memory.Server.Http.Rest;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Memory.Server.Http;

/// <summary>The outermost of a request: it is nobody's until it has shown whose it is, its failures get a short answer, and one line of the log.</summary>
internal sealed partial class OutermostMiddleware(CallerContext callers, RequestFailures failures, ILogger<OutermostMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        callers.Enter(Caller.Nobody, context.Connection.RemoteIpAddress?.ToString());
        SetHeaders(context.Response);
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
            await AnswerAsync(context, RestAnswer.Problem(failures.Tell($"{method} {path}", error)));
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
        StatusCodes.Status504GatewayTimeout => "timeout",
        _ => "invalid",
    };

    private static void SetHeaders(HttpResponse response) => (response.Headers.XContentTypeOptions, response.Headers.CacheControl) = ("nosniff", "no-store");

    // What routing and timeouts answer has a status and no words.
    private async Task ExplainAsync(HttpContext context)
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
        if (reason == StatusCodes.Status504GatewayTimeout)
        {
            TookTooLong(context.Request.Method, context.Request.Path);
        }

        if (answer is not null)
        {
            // Whoever ended the request took what was to be answered back, with its headers.
            SetHeaders(context.Response);
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

    // In place of the framework's own line, which has a stack trace of whatever it was that waited.
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} took longer than a request may and was ended")]
    private partial void TookTooLong(string method, PathString path);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void Unexpected(string method, PathString path, Exception error);
}
