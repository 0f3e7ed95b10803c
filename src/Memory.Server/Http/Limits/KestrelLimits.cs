using Memory.Server.Stdio;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Memory.Server.Http.Limits;

/// <summary>What a connection may take before it has shown whose it is.</summary>
internal static class KestrelLimits
{
    /// <summary>Of all addresses together.</summary>
    public const int MaxConnections = 2_000;

    private const double MinBytesPerSecond = 240;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Sets them.</summary>
    /// <param name="kestrel">The server's options.</param>
    /// <param name="headers">How long the headers of a request may take.</param>
    public static void Apply(KestrelServerOptions kestrel, TimeSpan headers)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = MaxConnections;
        limits.MaxConcurrentUpgradedConnections = 0;
        // The same as a line over stdio: room for 100 memories of 32,768 characters.
        limits.MaxRequestBodySize = StdioTransport.MaxLineBytes;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestHeaderCount = 50;
        limits.RequestHeadersTimeout = headers;
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        limits.MinRequestBodyDataRate = new MinDataRate(MinBytesPerSecond, Grace);
        limits.MinResponseDataRate = new MinDataRate(MinBytesPerSecond, Grace);
        limits.Http2.MaxStreamsPerConnection = 64;
    }
}
