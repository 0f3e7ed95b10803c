using System.Net;
using Memory.Server.Http.Rest;
using Microsoft.AspNetCore.Http;

namespace Memory.Server.Http.Access;

/// <summary>
/// Refuses requests that a web page could have a browser send here by pointing a name of its own at this machine (DNS rebinding), and pages of
/// other origins. An IP address in <c>Host</c> is harmless: the trick needs a name.
/// </summary>
internal sealed class HostGuard(HttpSettings settings)
{
    private readonly HashSet<string> _named = new(settings.PublicAddress is { } known ? settings.Hosts.Append(known.Host) : settings.Hosts, StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _origins = new(settings.Origins, StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var host = context.Request.Host;
        if (!IsKnown(host.Host))
        {
            return RestAnswer.Problem(StatusCodes.Status403Forbidden, "host", "The host of the request is not one this server answers to. Its operator names more with --http-hosts.").ExecuteAsync(context);
        }

        return context.Request.Headers.Origin.Any(origin => !IsAllowed(origin ?? "", context.Request))
            ? RestAnswer.Problem(StatusCodes.Status403Forbidden, "origin", "Pages of this origin may not call this server. Its operator names some with --http-origins.").ExecuteAsync(context)
            : next(context);
    }

    private bool IsKnown(string host) => host.Length > 0 && (_named.Contains(host) || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host.AsSpan().Trim("[]"), out _));

    // Its own: a proxy that ends TLS hands on as http what was https, for a name that the operator gave.
    private bool IsAllowed(string origin, HttpRequest request) =>
        _origins.Contains(origin) || origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
        || (_named.Contains(request.Host.Host) && origin.Equals($"https://{request.Host}", StringComparison.OrdinalIgnoreCase));
}
