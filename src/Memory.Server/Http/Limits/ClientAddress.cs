using System.Net;

namespace Memory.Server.Http.Limits;

/// <summary>By what callers are counted that have shown nothing else: who has an address of IPv6 has all those that begin alike.</summary>
internal static class ClientAddress
{
    private const int PrefixBytes = 8;

    /// <summary>The same text for all addresses of one client.</summary>
    public static string Of(IPAddress? address) => address switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        _ when address.GetAddressBytes() is { Length: > 4 } bytes => Convert.ToHexString(bytes, 0, PrefixBytes),
        _ => address.ToString(),
    };
}
