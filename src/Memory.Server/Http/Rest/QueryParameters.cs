using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Unicode;
using Memory.Core.Memories;
using Microsoft.AspNetCore.Http;

namespace Memory.Server.Http.Rest;

/// <summary>What a query may hold: the parameters of its route, each once. A mistyped name would be a filter that does not hold, or another namespace.</summary>
internal static class QueryParameters
{
    /// <summary>Refuses a query with a parameter that its route does not know, or one given more than once.</summary>
    public static EndpointFilterDelegate RefuseOthers(EndpointFilterFactoryContext route, EndpointFilterDelegate next)
    {
        string[] ofHandler = [.. route.MethodInfo.GetParameters().Where(static p => Plain(p.ParameterType) is var type && (type == typeof(string) || IsWhole(type))).Select(static p => p.Name!)];
        return call => Wrong(call.HttpContext.Request, ofHandler) is { } wrong ? ValueTask.FromResult<object?>(RestAnswer.Problem(wrong)) : next(call);
    }

    /// <summary>
    /// Which number is none, or <see langword="null"/> when something else is wrong. The framework refuses them before a route is asked, in words that are
    /// about its own types.
    /// </summary>
    public static Problem? WrongNumber(HttpContext context)
    {
        foreach (var parameter in context.GetEndpoint()?.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? [])
        {
            var type = Plain(parameter.ParameterType);
            if (IsWhole(type) && context.Request.Query[parameter.Name!] is { Count: > 0 } given && !IsNumber(type, given.ToString()))
            {
                return new Problem(ProblemCode.Invalid, $"{parameter.Name} is '{RestArguments.Excerpt(given.ToString())}'; a whole number is allowed, once.");
            }
        }

        return null;
    }

    private static Problem? Wrong(HttpRequest request, string[] ofHandler)
    {
        if (!IsUtf8(request.QueryString))
        {
            return new Problem(ProblemCode.Invalid, "The query is not valid UTF-8; UTF-8, percent-encoded, is allowed.");
        }

        foreach (var (name, given) in request.Query)
        {
            string[] allowed = [.. ofHandler.Where(p => !request.RouteValues.ContainsKey(p))];
            if (!allowed.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                return new Problem(ProblemCode.Invalid, $"The query parameter '{RestArguments.Excerpt(name)}' is not known here; {Words(allowed)} allowed.");
            }

            if (given.Count > 1)
            {
                return new Problem(ProblemCode.Invalid, $"{name} is given more than once; once is allowed.");
            }
        }

        return null;
    }

    // The framework leaves other bytes as they are written: '%ff' itself would be looked for.
    private static bool IsUtf8(QueryString query)
    {
        var written = Encoding.UTF8.GetBytes(query.ToUriComponent());
        return Utf8.IsValid(WebUtility.UrlDecodeToBytes(written, 0, written.Length));
    }

    private static string Words(string[] allowed) => allowed switch
    {
        [] => "none is",
        [var only] => $"{only} is",
        _ => $"{string.Join(", ", allowed)} are",
    };

    private static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static bool IsWhole(Type type) => type == typeof(int) || type == typeof(long);

    private static bool IsNumber(Type type, string text) => type == typeof(int)
        ? int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)
        : long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _);
}
