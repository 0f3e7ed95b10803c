using System.Text.Json;
using Memory.Core.Access;
using Memory.Server.Http.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Memory.Server.Http.Access;

/// <summary>
/// Where a client that was refused learns which issuer gives tokens for this server
/// (<see href="https://www.rfc-editor.org/rfc/rfc9728">RFC 9728</see>, as the MCP authorization specification asks).
/// </summary>
internal static class ResourceMetadata
{
    private const string WellKnown = "/.well-known/oauth-protected-resource";

    /// <summary>Where the document is, as the client reaches it: behind a proxy that ends TLS the request itself says http.</summary>
    public static string Address(HttpRequest request, HttpSettings settings) => settings.PublicAddress is { } known
        ? $"{known.GetLeftPart(UriPartial.Authority)}{WellKnown}{known.AbsolutePath.TrimEnd('/')}"
        : $"{request.Scheme}://{request.Host}{WellKnown}{McpEndpoint.Path}";

    public static void Map(WebApplication app, HttpSettings settings)
    {
        if (!settings.Auth.HasFlag(AuthKinds.Jwt))
        {
            return;
        }

        var document = JsonSerializer.Serialize(
            new Document(
                settings.JwtAudience!, [settings.JwtIssuer!.ToString().TrimEnd('/')], ["header"],
                [.. new[] { Scopes.Read, Scopes.Write, Scopes.Consolidate, Scopes.Admin }.Select(static s => JwtTokens.ScopePrefix + ScopeNames.Of(s))], "memory-server"),
            RestJson.Default.Document);
        // RFC 9728 puts the path of the resource, as the client knows it, behind the well-known one.
        foreach (var path in new[] { WellKnown, WellKnown + McpEndpoint.Path, WellKnown + settings.PublicAddress?.AbsolutePath.TrimEnd('/') }.Distinct())
        {
            app.MapGet(path, () => Results.Text(document, "application/json")).AllowAnonymous().ExcludeFromDescription();
        }
    }

    internal sealed record Document(
        string Resource, IReadOnlyList<string> AuthorizationServers, IReadOnlyList<string> BearerMethodsSupported, IReadOnlyList<string> ScopesSupported, string ResourceName);
}
