using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Server.Callers;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;

namespace Memory.Server;

/// <summary>Says what of a failure a caller may know, makes protocol errors where the protocol has no other place for it, and logs each once.</summary>
internal sealed partial class RequestFailures(CallerContext callers, ILogger<RequestFailures> logger)
{
    private const string Withheld = "The store cannot be used now; the server's log tells whoever runs it why. Try again later.";

    /// <summary>What the caller at hand is told when the store failed: where it lies only who may see that. The log has all of it.</summary>
    /// <param name="request">What was asked, for the log.</param>
    /// <param name="error">The failure.</param>
    public Problem Tell(string request, MemoryStoreException error)
    {
        if (error.Problem.Code != ProblemCode.StoreUnavailable)
        {
            return error.Problem;
        }

        StoreUnavailable(request, error.Problem.Message);
        StoreUnavailableBecause(request, error);
        return callers.Current is { Caller: var caller } && caller.RefuseAdministration() is not null ? error.Problem with { Message = Withheld } : error.Problem;
    }

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
            throw new McpProtocolException(Tell(request, error).Message, error, McpErrorCode.InternalError);
        }
        catch (Exception error) when (error is not (OperationCanceledException or McpException))
        {
            Unexpected(request, error);
            throw new McpProtocolException($"{request} failed unexpectedly ({error.GetType().Name}); the server's log has the details.", error, McpErrorCode.InternalError);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Request} could not use the store: {Reason}")]
    private partial void StoreUnavailable(string request, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Request} could not use the store")]
    private partial void StoreUnavailableBecause(string request, Exception cause);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Request} failed")]
    private partial void Unexpected(string request, Exception error);
}
