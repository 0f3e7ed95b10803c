using System.Buffers;
using System.Net.Mime;
using Memory.Server.Http.Rest;
using Memory.Server.JsonRpc;
using Microsoft.AspNetCore.Http;

namespace Memory.Server.Http;

/// <summary>
/// The body of a request to MCP, checked as a line over stdio is before the SDK reads it: the SDK would put U+FFFD for bytes that are no UTF-8 and
/// take the last of two values, and call what it cannot read an error of its own.
/// </summary>
internal static class McpBody
{
    /// <summary>Checks what is posted, then goes on; answers 400 with an error of JSON-RPC when it is no message.</summary>
    public static RequestDelegate Checked(RequestDelegate next) => async context =>
    {
        if (HttpMethods.IsPost(context.Request.Method))
        {
            BodyEncoding.RequirePlainJson(context.Request);
            if (await ProblemAsync(context) is { } refusal)
            {
                await RestAnswer.Json(refusal.ToJson(), StatusCodes.Status400BadRequest).ExecuteAsync(context);
                return;
            }

            // What follows takes a charset in quotes, as RFC 9110 lets it be written, for an unknown one; it is known to be UTF-8 by now.
            context.Request.ContentType = MediaTypeNames.Application.Json;
        }

        await next(context);
    };

    // What was looked at is left where it is: whoever reads the body next finds all of it.
    private static async ValueTask<MessageRefusal?> ProblemAsync(HttpContext context)
    {
        var read = await RequestBody.ReadAsync(context, isWhole: true);
        try
        {
            return Problem(read.Buffer);
        }
        finally
        {
            context.Request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static MessageRefusal? Problem(ReadOnlySequence<byte> body)
    {
        if (body.IsSingleSegment)
        {
            return MessageCheck.Find(body.First, MessageFraming.Body);
        }

        var whole = ArrayPool<byte>.Shared.Rent((int)body.Length);
        try
        {
            body.CopyTo(whole);
            return MessageCheck.Find(whole.AsMemory(0, (int)body.Length), MessageFraming.Body);
        }
        finally
        {
            // It held what somebody said.
            ArrayPool<byte>.Shared.Return(whole, clearArray: true);
        }
    }
}
