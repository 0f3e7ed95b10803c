using System.Globalization;
using System.Reflection;
using Memory.Core.Memories;
using Microsoft.AspNetCore.Http;

namespace Memory.Server.Http.Rest;

/// <summary>Numbers of a query that are none. The framework refuses them before a route is asked, in words that are about its own types.</summary>
internal static class QueryNumbers
{
    /// <summary>Which parameter is wrong, or <see langword="null"/> when it is something else.</summary>
    public static Problem? Wrong(HttpContext context)
    {
        foreach (var parameter in context.GetEndpoint()?.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? [])
        {
            var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
            if ((type == typeof(int) || type == typeof(long)) && context.Request.Query[parameter.Name!] is { Count: > 0 } given && !IsNumber(type, given.ToString()))
            {
                return new Problem(ProblemCode.Invalid, $"{parameter.Name} is '{RestArguments.Excerpt(given.ToString())}'; a whole number is allowed, once.");
            }
        }

        return null;
    }

    private static bool IsNumber(Type type, string text) => type == typeof(int)
        ? int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)
        : long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _);
}
