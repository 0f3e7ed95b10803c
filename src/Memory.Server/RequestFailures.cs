using Memory.Core.Storage;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;

namespace Memory.Server;

/// <summary>Turns failures into protocol errors with their reason, where the protocol has no other place for them, and logs each once.</summary>
internal sealed partial class RequestFailures(ILogger<RequestFailures> logger)
{
    /// <summary>Answers a request.</summary>
    /// <param name="request">What is asked, for the log.</param>
    /// <param name="work">Yields the answer.</param>
    /// <exception cref="McpProtocolException">The request is wrong, the store cannot be used, or something unexpected failed.</exception>
    public async Task<T> ExplainAsync<T>(string request, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (MemoryStoreException error)
        {
            StoreUnavailable(request, error.Problem.Message);
            throw new McpProtocolException(error.Problem.Message, error, McpErrorCode.InternalError);
        }
        catch (Exception error) when (error is not (OperationCanceledException or McpException))
        {
            Unexpected(request, error);
            throw new McpProtocolException($"{request} failed unexpectedly ({error.GetType().Name}); the server's log has the details.", error, McpErrorCode.InternalError);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Request} could not use the store: {Reason}")]
    private partial void StoreUnavailable(string request, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Request} failed")]
    private partial void Unexpected(string request, Exception error);
}
