using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Memory.Server.Http;

/// <summary>How the body of a request is written: as it is, in UTF-8. Whatever else a request says of it would be passed over and the body misread.</summary>
internal static class BodyEncoding
{
    private const string Identity = "identity";
    private const string Utf8 = "utf-8";

    /// <summary>Refuses a body that is not said to be JSON, or is said to be compressed or of another charset than UTF-8.</summary>
    /// <exception cref="BadHttpRequestException">With status 415.</exception>
    public static void RequirePlainJson(HttpRequest request)
    {
        if (!request.HasJsonContentType())
        {
            throw Unsupported("The body must be JSON, with Content-Type: application/json.");
        }

        if (request.Headers.GetCommaSeparatedValues(HeaderNames.ContentEncoding).FirstOrDefault(static e => !e.Equals(Identity, StringComparison.OrdinalIgnoreCase)) is { } coding)
        {
            // RFC 9110, 15.5.16: so that a client can tell this from a wrong media type.
            request.HttpContext.Response.Headers.AcceptEncoding = Identity;
            throw Unsupported($"The body has Content-Encoding {Shown(coding)}; only bodies as they are (identity) are taken.");
        }

        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.Charset is { Length: > 0 } charset
            && !StringSegment.Equals(HeaderUtilities.RemoveQuotes(charset), Utf8, StringComparison.OrdinalIgnoreCase))
        {
            throw Unsupported($"The body is said to be of charset {Shown(charset.ToString())}; JSON is taken in {Utf8} alone.");
        }
    }

    private static BadHttpRequestException Unsupported(string reason) => new(reason, StatusCodes.Status415UnsupportedMediaType);

    private static string Shown(string text) => text[..Math.Min(40, text.Length)];
}
