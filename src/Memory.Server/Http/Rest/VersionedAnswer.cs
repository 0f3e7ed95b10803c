using System.Text.Json;
using Memory.Core;
using Memory.Core.Memories;
using Memory.Core.Recall;
using Microsoft.AspNetCore.Http;

namespace Memory.Server.Http.Rest;

/// <summary>The answer to a change, with where the memory is now and which version it is, so that it can be changed again without being read.</summary>
internal sealed class VersionedAnswer(MemoryService memories, Namespace ns, string id, IResult answer) : IResult
{
    /// <summary>All that is shown of a memory, and the tag of that.</summary>
    public static (byte[] Shown, string Tag) Of(MemoryDetails details)
    {
        var shown = JsonSerializer.SerializeToUtf8Bytes(MemoryItems.Of(details), RestJson.Default.MemoryDetailsItem);
        return (shown, MemoryVersion.ETag(details.Memory, shown));
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.Location = $"{RestApi.Root}/memories/{id}?namespace={ns}";
        if (MemoryId.TryParse(id, out var parsed) && await memories.ShowAsync(ns, parsed, httpContext.RequestAborted) is { Succeeded: true } details)
        {
            httpContext.Response.Headers.ETag = Of(details.Value).Tag;
        }

        await answer.ExecuteAsync(httpContext);
    }
}
