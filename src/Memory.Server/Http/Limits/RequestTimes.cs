using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.DependencyInjection;

namespace Memory.Server.Http.Limits;

/// <summary>How long a request may take before it is ended, and how much longer where consolidation may be waited for.</summary>
internal static class RequestTimes
{
    public const string Long = "long";

    // A quarter of an hour, when others have half a minute.
    private const int LongTimes = 30;

    public static void Add(IServiceCollection services, TimeSpan most) => services.AddRequestTimeouts(times =>
    {
        times.DefaultPolicy = new RequestTimeoutPolicy { Timeout = most, TimeoutStatusCode = StatusCodes.Status504GatewayTimeout };
        times.AddPolicy(Long, new RequestTimeoutPolicy { Timeout = most * LongTimes, TimeoutStatusCode = StatusCodes.Status504GatewayTimeout });
    });
}
