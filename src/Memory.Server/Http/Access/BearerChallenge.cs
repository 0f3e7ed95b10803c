using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Memory.Server.Http.Access;

/// <summary>
/// What <c>WWW-Authenticate</c> tells who is refused (<see href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750</see>, and RFC 9728 where
/// an issuer gives tokens, as the MCP authorization specification asks).
/// </summary>
internal static class BearerChallenge
{
    /// <summary>Nothing was shown.</summary>
    public static void Demand(HttpContext context) => Set(context, string.Empty);

    /// <summary>What was shown opens nothing.</summary>
    public static void RefuseToken(HttpContext context, string reason) => Set(context, $", error=\"invalid_token\", error_description=\"{Quoted(reason)}\"");

    /// <summary>What was shown opens something, and not this.</summary>
    /// <param name="context">The request.</param>
    /// <param name="scope">What is needed, in the words of keys; a token is told the words of its issuer.</param>
    /// <param name="reason">The same in words.</param>
    public static void RefuseScope(HttpContext context, string scope, string reason)
    {
        var prefix = context.RequestServices.GetRequiredService<ServerComposition>().Callers.Caller.HasKey ? string.Empty : JwtTokens.ScopePrefix;
        Set(context, $", error=\"insufficient_scope\", scope=\"{string.Join(' ', scope.Split(',').Select(word => prefix + word))}\", error_description=\"{Quoted(reason)}\"");
    }

    private static string Quoted(string text) => text.Replace("\"", "'", StringComparison.Ordinal);

    private static void Set(HttpContext context, string error)
    {
        var settings = context.RequestServices.GetRequiredService<HttpSettings>();
        var metadata = settings.Auth.HasFlag(AuthKinds.Jwt) ? $", resource_metadata=\"{ResourceMetadata.Address(context.Request, settings)}\"" : string.Empty;
        context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"memory-server\"{error}{metadata}";
    }
}
