using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.DependencyInjection;

namespace Memory.Server.Http.Limits;

/// <summary>How long a request may take before it is ended: half a minute, or where consolidation may be waited for a quarter of an hour.</summary>
internal static class RequestTimes
{
    public const string Long = "long";

    public static void Add(IServiceCollection services) => services.AddRequestTimeouts(static times =>
    {
        times.DefaultPolicy = new RequestTimeoutPolicy { Timeout = TimeSpan.FromSeconds(30), TimeoutStatusCode = StatusCodes.Status504GatewayTimeout };
        times.AddPolicy(Long, new RequestTimeoutPolicy { Timeout = TimeSpan.FromMinutes(15), TimeoutStatusCode = StatusCodes.Status504GatewayTimeout });
    });
}
