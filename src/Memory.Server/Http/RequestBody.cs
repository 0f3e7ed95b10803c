using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.DependencyInjection;

namespace Memory.Server.Http;

/// <summary>The bytes of a body, which must come in the time that an ordinary request may take, however long what it asks for may.</summary>
internal static class RequestBody
{
    /// <summary>Waits for the body; the caller advances over what it takes of it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="isWhole">Whether to wait for all of it, and not only for its first bytes.</param>
    /// <exception cref="BadHttpRequestException">With status 504: it did not come in time.</exception>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public static async ValueTask<ReadResult> ReadAsync(HttpContext context, bool isWhole)
    {
        var body = context.Request.BodyReader;
        var aborted = context.RequestAborted;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        ending.CancelAfter(context.RequestServices.GetRequiredService<HttpSettings>().RequestTimeout);
        ReadResult read;
        // A token that ends the read itself would leave Kestrel's reader as if it still read, and the connection without a way on.
        using (ending.Token.UnsafeRegister(static reader => ((PipeReader)reader!).CancelPendingRead(), body))
        {
            while ((read = await body.ReadAsync(CancellationToken.None)) is { IsCompleted: false, IsCanceled: false } && isWhole)
            {
                // Examined and not taken: whoever reads next finds all of it, and no second copy is kept.
                body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }

        if (!ending.IsCancellationRequested)
        {
            return read;
        }

        body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        var isOutOfTime = !aborted.IsCancellationRequested || context.Features.Get<IHttpRequestTimeoutFeature>()?.RequestTimeoutToken.IsCancellationRequested == true;
        throw isOutOfTime
            ? new BadHttpRequestException("The body of the request took too long to come; the request was ended.", StatusCodes.Status504GatewayTimeout)
            : new OperationCanceledException(aborted);
    }
}
