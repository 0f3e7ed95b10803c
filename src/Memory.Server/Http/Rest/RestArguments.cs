using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using Memory.Core.Memories;
using Memory.Server.Tools;
using Microsoft.AspNetCore.Http;

namespace Memory.Server.Http.Rest;

/// <summary>The body of a request as the arguments of a tool, together with what stands in its path and query.</summary>
internal static class RestArguments
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, CommentHandling = JsonCommentHandling.Disallow };

    /// <summary>Reads a body that must be a JSON object, or nothing, and adds what stands in the path and query.</summary>
    /// <param name="request">The request.</param>
    /// <param name="named">What stands in its path and query; <see langword="null"/> what does not.</param>
    /// <returns>The arguments, or what is wrong: above all that path or query name something else than the body.</returns>
    /// <exception cref="BadHttpRequestException">The body is not said to be JSON, or to be written otherwise than as it is in UTF-8.</exception>
    public static async Task<Outcome<Dictionary<string, JsonElement>>> ReadAsync(HttpRequest request, (string Name, JsonElement? Value)[] named)
    {
        var body = await BodyAsync(request);
        if (!body.Succeeded)
        {
            return body;
        }

        foreach (var (name, value) in named)
        {
            if (value is { } stands && !body.Value.TryAdd(name, stands) && !AreSame(stands, body.Value[name]))
            {
                return new Problem(ProblemCode.Invalid, $"{name} is {Excerpt(stands.GetRawText())} in the address and {Excerpt(body.Value[name].GetRawText())} in the body; give it once, or twice the same.");
            }
        }

        return body;
    }

    /// <summary>A text of the path or query as an argument.</summary>
    public static JsonElement? Of(string? text) => text is null ? null : JsonElement.Parse($"\"{JsonEncodedText.Encode(text)}\"");

    /// <summary>The same of a number.</summary>
    public static JsonElement? Of(int? number) => number is { } value ? JsonElement.Parse(value.ToString(CultureInfo.InvariantCulture)) : null;

    /// <summary>What somebody wrote, as far as it is worth repeating.</summary>
    public static string Excerpt(string text) => text[..Math.Min(40, text.Length)];

    /// <summary>Reads a time of a query; a mere date is its beginning, or with <paramref name="endOfDay"/> its last millisecond, as in the tools.</summary>
    public static Outcome<DateTimeOffset?> Time(string name, string? text, bool endOfDay = false) =>
        text is null ? (DateTimeOffset?)null
        : IsoTime.TryParse(text, out var time, out var dateOnly) ? dateOnly && endOfDay ? IsoTime.EndOf(time) : time
        : new Problem(ProblemCode.Invalid, $"{name} is '{Excerpt(text)}'; {IsoTime.Allowed} is allowed.");

    private static bool AreSame(JsonElement one, JsonElement other)
    {
        try
        {
            return JsonElement.DeepEquals(one, other);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which no address can hold.
            return false;
        }
    }

    // HTTP/2 has no Transfer-Encoding, and a body without Content-Length is a body all the same: only reading tells.
    private static async ValueTask<bool> IsEmptyAsync(HttpRequest request)
    {
        if (request.ContentLength is { } length)
        {
            return length == 0;
        }

        var read = await RequestBody.ReadAsync(request.HttpContext, isWhole: false);
        var isEmpty = read is { IsCompleted: true, Buffer.IsEmpty: true };
        request.BodyReader.AdvanceTo(read.Buffer.Start);
        return isEmpty;
    }

    private static async Task<Outcome<Dictionary<string, JsonElement>>> BodyAsync(HttpRequest request)
    {
        if (await IsEmptyAsync(request))
        {
            return new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        }

        BodyEncoding.RequirePlainJson(request);
        var whole = await RequestBody.ReadAsync(request.HttpContext, isWhole: true);
        request.BodyReader.AdvanceTo(whole.Buffer.Start, whole.Buffer.End);
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, Strict, request.HttpContext.RequestAborted);
            // The parser looks at the bytes of a text only when it is asked for it, and then takes wrong ones for half of a surrogate pair.
            if (!Utf8.IsValid(JsonMarshal.GetRawUtf8Value(document.RootElement)))
            {
                return new Problem(ProblemCode.Invalid, "The body is not valid UTF-8; JSON in UTF-8 is allowed.");
            }

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
}
