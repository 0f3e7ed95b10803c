using System.Globalization;
using System.Text.Json;
using Memory.Core.Memories;
using Memory.Server.Tools;
using Microsoft.AspNetCore.Http;

namespace Memory.Server.Http.Rest;

/// <summary>The body of a request as the arguments of a tool, together with what stands in its path and query.</summary>
internal static class RestArguments
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, CommentHandling = JsonCommentHandling.Disallow };

    /// <summary>Reads a body that must be a JSON object, or nothing.</summary>
    public static async Task<Outcome<Dictionary<string, JsonElement>>> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength is 0 || (request.ContentLength is null && request.Headers.TransferEncoding.Count == 0))
        {
            return new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        }

        if (!request.HasJsonContentType())
        {
            return new Problem(ProblemCode.Invalid, "The body must be JSON, with Content-Type: application/json.");
        }

        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, Strict, request.HttpContext.RequestAborted);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return new Problem(ProblemCode.Invalid, "The body is not a JSON object.");
            }

            var arguments = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (!arguments.TryAdd(property.Name, property.Value.Clone()))
                {
                    return new Problem(ProblemCode.Invalid, $"'{Excerpt(property.Name)}' is given twice; once is allowed.");
                }
            }

            return arguments;
        }
        catch (JsonException error)
        {
            return new Problem(ProblemCode.Invalid, $"The body is not JSON of at most {Strict.MaxDepth} levels (line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}).");
        }
        catch (InvalidOperationException)
        {
            return new Problem(ProblemCode.Invalid, "A name in the body has half of a surrogate pair; only whole Unicode characters are allowed.");
        }
    }

    /// <summary>Adds what stands in the path or query; nothing when it is not there.</summary>
    public static Dictionary<string, JsonElement> With(this Dictionary<string, JsonElement> arguments, string name, string? value)
    {
        if (value is not null)
        {
            arguments[name] = JsonElement.Parse($"\"{JsonEncodedText.Encode(value)}\"");
        }

        return arguments;
    }

    /// <summary>The same of a number.</summary>
    public static Dictionary<string, JsonElement> With(this Dictionary<string, JsonElement> arguments, string name, int? value)
    {
        if (value is { } number)
        {
            arguments[name] = JsonElement.Parse(number.ToString(CultureInfo.InvariantCulture));
        }

        return arguments;
    }

    /// <summary>What somebody wrote, as far as it is worth repeating.</summary>
    public static string Excerpt(string text) => text[..Math.Min(40, text.Length)];

    /// <summary>Reads a time of a query.</summary>
    public static Outcome<DateTimeOffset?> Time(string name, string? text) =>
        text is null ? (DateTimeOffset?)null
        : IsoTime.TryParse(text, out var time, out _) ? time
        : new Problem(ProblemCode.Invalid, $"{name} is '{Excerpt(text)}'; {IsoTime.Allowed} is allowed.");
}
