using Microsoft.AspNetCore.Http;

namespace Memory.Server.Http.Rest;

/// <summary>An answer that says where what was made can be found.</summary>
internal static class LocatedAnswer
{
    public static IResult Located(this IResultExtensions _, string location, IResult answer) => new Result(location, answer);

    private sealed class Result(string location, IResult answer) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.Location = location;
            return answer.ExecuteAsync(httpContext);
        }
    }
}
