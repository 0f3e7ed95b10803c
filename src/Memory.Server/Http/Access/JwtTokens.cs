using System.Globalization;
using System.Security.Claims;
using Memory.Core.Access;
using Memory.Core.Memories;
using Memory.Server.Callers;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Memory.Server.Http.Access;

/// <summary>
/// Bearer tokens of one OpenID Connect issuer, whose signing keys come from its discovery document. What a token opens is in its claims:
/// <c>memory_namespaces</c> (names, or <c>*</c>), and in <c>scope</c> words such as <c>memory:read</c>.
/// </summary>
internal static class JwtTokens
{
    public const string NamespacesClaim = "memory_namespaces";
    public const string ScopePrefix = "memory:";

    private const int MaxName = 120;

    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    public static void Add(IServiceCollection services, HttpSettings settings)
    {
        if (!settings.Auth.HasFlag(AuthKinds.Jwt))
        {
            return;
        }

        services.AddAuthentication().AddJwtBearer(jwt =>
        {
            jwt.Authority = settings.JwtIssuer!.ToString().TrimEnd('/');
            jwt.RequireHttpsMetadata = !settings.JwtIssuer.IsLoopback;
            jwt.BackchannelTimeout = TokenIssuer.Patience;
            jwt.MapInboundClaims = false;
            jwt.TokenValidationParameters = new TokenValidationParameters
            {
                ValidAudience = settings.JwtAudience,
                ValidateAudience = true,
                ValidateIssuer = true,
                ValidateLifetime = true,
                RequireSignedTokens = true,
                RequireExpirationTime = true,
                ClockSkew = ClockSkew,
                // Public-key signatures only: a shared secret would let every holder make tokens, and 'none' everybody.
                ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512],
            };
        });

        services.AddSingleton(static s => new TokenIssuer(
            s.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>(), TimeProvider.System, s.GetRequiredService<ILogger<TokenIssuer>>()));
        // Authentication brings what protects cookies, which makes a key and writes it into the user's home as soon as the host starts. There are no cookies.
        foreach (var unneeded in services.Where(static s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.Namespace?.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal) == true).ToArray())
        {
            services.Remove(unneeded);
        }
    }

    /// <summary>Whose token the request carries.</summary>
    public static async Task<Outcome<Caller>> CheckAsync(HttpContext context)
    {
        var result = await context.AuthenticateAsync(JwtBearerDefaults.AuthenticationScheme);
        return result is { Succeeded: true, Principal: { } principal } && principal.FindFirstValue("sub") is { Length: > 0 } subject
            ? new Caller($"jwt:{subject}", NameOf(subject), Namespaces(principal), Scopes(principal)) { EndsAt = result.Properties?.ExpiresUtc + ClockSkew }
            : new Problem(ProblemCode.Unauthenticated, result.Failure switch
            {
                SecurityTokenExpiredException => "The token has expired.",
                SecurityTokenNoExpirationException => "The token does not say when it ends (exp).",
                SecurityTokenNotYetValidException => "The token is not valid yet (nbf).",
                SecurityTokenInvalidAudienceException => "The token is meant for another audience.",
                SecurityTokenInvalidIssuerException => "The token comes from another issuer.",
                _ => "The token is not valid.",
            });
    }

    // The issuer's users may choose what they are called: the audit log shall not take one for a key, a night or the command line.
    private static string NameOf(string subject) =>
        $"token {string.Concat(subject.Take(MaxName).Select(static c => IsVisible(c) ? c : '\uFFFD'))}";

    private static bool IsVisible(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    private static NamespaceList Namespaces(ClaimsPrincipal principal) =>
        NamespaceList.TryParse(string.Join(',', principal.FindAll(NamespacesClaim).Select(static c => c.Value.Replace(' ', ','))), out var list) ? list : NamespaceList.None;

    private static Scopes Scopes(ClaimsPrincipal principal) => ScopeNames.Complete(principal.FindAll("scope").Concat(principal.FindAll("scp"))
        .SelectMany(static c => c.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(static s => s.StartsWith(ScopePrefix, StringComparison.Ordinal))
        .Aggregate(Core.Access.Scopes.None, static (all, word) => ScopeNames.TryParse(word[ScopePrefix.Length..], out var scope) ? all | scope : all));
}
