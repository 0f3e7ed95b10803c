using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Memory.Core.Memories;
using Memory.Server.Http.Access;
using Microsoft.AspNetCore.Http;

namespace Memory.Server.Http.Rest;

/// <summary>Answers as JSON, and failures as problem details (<see href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</see>).</summary>
internal static class RestAnswer
{
    public const string ProblemType = "application/problem+json";

    // What is wrong is read by people: 'limit' in quotes, and not in escapes of them. No browser takes it for a page.
    private static readonly RestJson Readable = new(new JsonSerializerOptions(RestJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static IResult Json<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) =>
        Json(JsonSerializer.SerializeToUtf8Bytes(value, type), status);

    public static IResult Json(byte[] json, int status = StatusCodes.Status200OK) => Results.Text(json, "application/json; charset=utf-8", status);

    public static IResult Json(JsonElement data, int status = StatusCodes.Status200OK) =>
        Json(Encoding.UTF8.GetBytes(data.GetRawText()), status);

    public static IResult Problem(Problem problem)
    {
        var answer = Problem(Status(problem.Code), Names.Of(problem.Code), problem.Message);
        return problem.MissingScope is { } scope ? new OutOfScope(answer, scope, problem.Message) : answer;
    }

    public static IResult Problem(int status, string code, string detail) => Results.Text(
        JsonSerializer.SerializeToUtf8Bytes(Item(status, code, detail), Readable.ProblemItem), ProblemType, status);

    /// <summary>A failure as problem details that are part of another answer.</summary>
    public static ProblemItem Item(Problem problem) => Item(Status(problem.Code), Names.Of(problem.Code), problem.Message);

    /// <summary>A refusal that ends with time.</summary>
    public static IResult TooMany(string detail, TimeSpan wait) => new Delayed(Problem(StatusCodes.Status429TooManyRequests, "too_many", detail), wait);

    /// <summary>A token that cannot be checked now, right or wrong.</summary>
    public static IResult IssuerUnavailable(TimeSpan wait) => new Delayed(
        Problem(StatusCodes.Status503ServiceUnavailable, "issuer_unavailable", "The issuer of tokens cannot be reached, so that the token cannot be checked. Try again later."), wait);

    private static ProblemItem Item(int status, string code, string detail) => new($"urn:memory-server:problem:{code}", Title(status), status, detail);

    private static int Status(ProblemCode code) => code switch
    {
        ProblemCode.Invalid => StatusCodes.Status400BadRequest,
        ProblemCode.NotFound => StatusCodes.Status404NotFound,
        ProblemCode.Conflict or ProblemCode.Busy => StatusCodes.Status409Conflict,
        ProblemCode.Changed => StatusCodes.Status412PreconditionFailed,
        ProblemCode.Forbidden => StatusCodes.Status403Forbidden,
        ProblemCode.Unauthenticated => StatusCodes.Status401Unauthorized,
        // Without a time to wait: only that somebody forgets something makes room.
        ProblemCode.QuotaExceeded => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status503ServiceUnavailable,
    };

    private static string Title(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "Bad request",
        StatusCodes.Status401Unauthorized => "Unauthenticated",
        StatusCodes.Status403Forbidden => "Forbidden",
        StatusCodes.Status404NotFound => "Not found",
        StatusCodes.Status405MethodNotAllowed => "Method not allowed",
        StatusCodes.Status408RequestTimeout => "Too slow",
        StatusCodes.Status409Conflict => "Conflict",
        StatusCodes.Status412PreconditionFailed => "Changed meanwhile",
        StatusCodes.Status413PayloadTooLarge => "Too large",
        StatusCodes.Status415UnsupportedMediaType => "Unsupported media type",
        StatusCodes.Status429TooManyRequests => "Too many",
        StatusCodes.Status503ServiceUnavailable => "Unavailable",
        StatusCodes.Status504GatewayTimeout => "Timed out",
        _ => "Failed",
    };

    private sealed class OutOfScope(IResult answer, string scope, string reason) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            BearerChallenge.RefuseScope(httpContext, scope, reason);
            return answer.ExecuteAsync(httpContext);
        }
    }

    private sealed class Delayed(IResult answer, TimeSpan wait) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return answer.ExecuteAsync(httpContext);
        }
    }
}
