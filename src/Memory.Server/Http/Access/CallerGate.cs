using Memory.Core.Access;
using Memory.Core.Memories;
using Memory.Server.Callers;
using Memory.Server.Http.Limits;
using Memory.Server.Http.Rest;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Memory.Server.Http.Access;

/// <summary>
/// Finds out whose a request is, by a key (<c>Authorization: Bearer mem_...</c> or <c>X-Api-Key</c>) or a token, and refuses who does not show it.
/// An address from which too many wrong ones came has to wait, unless it shows one that opens something: what somebody left in an old client
/// locks out nobody else behind the same address. When more come than an address may send at all, those not known to be right are not looked at.
/// </summary>
internal sealed class CallerGate(ServerComposition composition, HttpSettings settings, FailedAttempts failures, UnknownCallers unknown, CallerWatch watch, TokenIssuer? issuer)
{
    /// <summary>The header in which a key may stand by itself.</summary>
    public const string KeyHeader = "X-Api-Key";

    private const string Bearer = "Bearer ";

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        var client = ClientAddress.Of(context.Connection.RemoteIpAddress);
        if (settings.Auth == AuthKinds.None)
        {
            composition.Callers.Enter(Caller.Owner, address);
            await next(context);
            return;
        }

        if (context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            await next(context);
            return;
        }

        var token = Token(context.Request);
        if (unknown.Wait(client, token) is { } pause)
        {
            await RequestRates.RefuseAsync(context, "Requests without a key or token that is known to open something come faster than this address may send them.", pause, context.RequestAborted);
            return;
        }

        if (issuer is not null && token is not null && !IsKey(token) && await issuer.WaitAsync(token, context.RequestAborted) is { } outage)
        {
            await RestAnswer.IssuerUnavailable(outage).ExecuteAsync(context);
            return;
        }

        // Looked at even while the address has to wait: neither can be guessed, and a key costs one indexed read, a token one signature.
        var wait = failures.Wait(client);
        var found = token is null ? new Problem(ProblemCode.Unauthenticated, "A key or token is required.") : await FindAsync(context, token);
        if (token is not null)
        {
            unknown.Note(token, found.Succeeded);
        }

        if (!found.Succeeded && wait is { } left)
        {
            await RestAnswer.TooMany("Too many wrong keys or tokens came from this address.", left).ExecuteAsync(context);
            return;
        }

        if (!found.Succeeded)
        {
            if (token is not null)
            {
                failures.Note(client);
                composition.Callers.Enter(Caller.Nobody, address);
                await composition.Audit.NoteAsync("authenticate", null, null, found.Problem);
                BearerChallenge.RefuseToken(context, found.Problem.Message);
            }
            else
            {
                BearerChallenge.Demand(context);
            }

            await RestAnswer.Problem(found.Problem).ExecuteAsync(context);
            return;
        }

        composition.Callers.Enter(found.Value, address);
        // What takes long, streams above all, ends with what its caller showed.
        using var watched = watch.Begin(found.Value, context.Abort);
        await next(context);
    }

    /// <summary>Refuses what concerns the whole server to who is no administrator of it; after the limits, which count such requests too.</summary>
    public Task AdministerAsync(HttpContext context, RequestDelegate next) =>
        context.GetEndpoint()?.Metadata.GetMetadata<AdministratorOnly>() is not null && composition.Callers.Caller.RefuseAdministration() is { } refused
            ? RestAnswer.Problem(refused).ExecuteAsync(context)
            : next(context);

    private static string? Token(HttpRequest request) =>
        request.Headers[KeyHeader] is [{ Length: > 0 } key] ? key
        : request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && header[Bearer.Length..].Trim() is { Length: > 0 } token ? token
        : request.Headers.Authorization.Count > 0 ? string.Empty
        : null;

    private bool IsKey(string token) =>
        settings.Auth.HasFlag(AuthKinds.Keys) && (token.StartsWith(ApiKeys.Prefix, StringComparison.Ordinal) || !settings.Auth.HasFlag(AuthKinds.Jwt));

    private async Task<Outcome<Caller>> FindAsync(HttpContext context, string token)
    {
        if (IsKey(token))
        {
            var outcome = await composition.Keys.CheckAsync(token, context.RequestAborted);
            return outcome.Succeeded
                ? new Caller(outcome.Value.Id, $"{outcome.Value.Name} ({outcome.Value.Id})", outcome.Value.Namespaces, outcome.Value.Scopes) { HasKey = true, EndsAt = outcome.Value.ExpiresAt }
                : outcome.Problem;
        }

        return await JwtTokens.CheckAsync(context);
    }
}
