using System.Globalization;
using System.Net;
using Memory.Server.Callers;
using Memory.Server.Configuration;
using Memory.Server.Http.Limits;

namespace Memory.Server.Http;

/// <summary>How callers show who they are.</summary>
[Flags]
internal enum AuthKinds
{
    None = 0,
    Keys = 1,
    Jwt = 2,
}

/// <summary>How HTTP is served, checked.</summary>
internal sealed record HttpSettings
{
    private const string AllowedSeconds = "a whole number of seconds from 1 to 3600";

    /// <summary>Where to listen; port 0 for any that is free.</summary>
    public required IPEndPoint Address { get; init; }

    public AuthKinds Auth { get; init; }

    public Uri? JwtIssuer { get; init; }

    public string? JwtAudience { get; init; }

    /// <summary>The address under which clients know this server, which a proxy that ends TLS does not tell: the audience of tokens, when it is an https URL.</summary>
    public Uri? PublicAddress => Auth.HasFlag(AuthKinds.Jwt) && Uri.TryCreate(JwtAudience, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps ? uri : null;

    /// <summary>Names under which clients reach this server, besides its own.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Origins of web pages that may call, besides its own.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    public string? Certificate { get; init; }

    public string? CertificateKey { get; init; }

    /// <summary>Requests a second; <see langword="null"/> for no limit.</summary>
    public double? RateLimit { get; init; }

    /// <summary>Requests a second; <see langword="null"/> for no limit.</summary>
    public double? AddressRateLimit { get; init; }

    /// <summary>Connections that one address may hold at once.</summary>
    public required int AddressConnections { get; init; }

    /// <summary>How long a request may take.</summary>
    public required TimeSpan RequestTimeout { get; init; }

    /// <summary>How long a connection may say nothing at first, and the headers of a request may take.</summary>
    public required TimeSpan HeaderTimeout { get; init; }

    public Quota Quota { get; init; } = Quota.None;

    /// <summary>Checks every value.</summary>
    /// <returns>The settings; <see langword="null"/> when stdio is served, or something is wrong.</returns>
    public static HttpSettings? Parse(Func<Setting, SettingValue?> find, List<string> problems)
    {
        if ((find(HttpSetting.Address)?.Text ?? HttpSetting.Address.Default) == HttpSetting.Off)
        {
            return null;
        }

        var before = problems.Count;
        T? Read<T>(Setting setting, Func<string, T?> parse, string allowed) => ServerSettings.Read(find, setting, parse, allowed, problems);
        var settings = new HttpSettings
        {
            Address = Read(HttpSetting.Address, ParseAddress, "an IP address or 'localhost' with a port, such as 127.0.0.1:7788 or [::1]:7788") ?? new IPEndPoint(IPAddress.Loopback, 0),
            Auth = Read<AuthKinds?>(HttpSetting.Auth, ParseAuth, "none, keys, jwt or keys,jwt") ?? AuthKinds.None,
            JwtIssuer = Read(HttpSetting.JwtIssuer, ParseIssuer, "an https URL (http for this machine only), without query"),
            JwtAudience = Read(HttpSetting.JwtAudience, static t => t.Trim() is { Length: > 0 } text ? text : null, "the audience that tokens are for"),
            Hosts = Read(HttpSetting.Hosts, static t => ParseList(t, static h => Uri.CheckHostName(h) != UriHostNameType.Unknown), "host names separated by commas, without ports") ?? [],
            Origins = Read(HttpSetting.Origins, static t => ParseList(t, IsOrigin), "origins separated by commas, such as https://app.example.com") ?? [],
            Certificate = Read(HttpSetting.Certificate, static t => File.Exists(t) ? Path.GetFullPath(t) : null, "a file that exists"),
            CertificateKey = Read(HttpSetting.CertificateKey, static t => File.Exists(t) ? Path.GetFullPath(t) : null, "a file that exists"),
            RateLimit = ParseRate(Read(HttpSetting.RateLimit, RateText, "a number of requests a second, 0.1 to 1000000, or off")),
            AddressRateLimit = ParseRate(Read(HttpSetting.AddressRateLimit, RateText, "a number of requests a second, 0.1 to 1000000, or off")),
            AddressConnections = Read<int?>(HttpSetting.AddressConnections, ParseConnections, $"a whole number from 1 to {KestrelLimits.MaxConnections}") ?? default,
            RequestTimeout = Read<TimeSpan?>(HttpSetting.RequestTimeout, ParseSeconds, AllowedSeconds) ?? default,
            HeaderTimeout = Read<TimeSpan?>(HttpSetting.HeaderTimeout, ParseSeconds, AllowedSeconds) ?? default,
            Quota = new Quota(Read<long?>(HttpSetting.QuotaMemories, ParseCount, "a whole number from 1 on"), Read<long?>(HttpSetting.QuotaBytes, ParseCount, "a whole number from 1 on")),
        };
        if (settings.Auth.HasFlag(AuthKinds.Jwt) && (settings.JwtIssuer is null || settings.JwtAudience is null))
        {
            problems.Add($"{HttpSetting.Auth.Option} jwt needs {HttpSetting.JwtIssuer.Option} and {HttpSetting.JwtAudience.Option}: a token must come from a known issuer and be meant for this server.");
        }

        return problems.Count == before ? settings : null;
    }

    private static IPEndPoint? ParseAddress(string text)
    {
        var named = text.Replace("localhost:", "127.0.0.1:", StringComparison.OrdinalIgnoreCase);
        // Without a port, IPEndPoint would take the last part of an address for one, or 0.
        return named.LastIndexOf(':') is > 0 and var colon && ushort.TryParse(named.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && (named[0] == '[' || named.AsSpan(0, colon).IndexOf(':') < 0) && IPEndPoint.TryParse(named, out var address) ? address : null;
    }

    private static AuthKinds? ParseAuth(string text) => text.ToLowerInvariant() switch
    {
        "none" => AuthKinds.None,
        "keys" => AuthKinds.Keys,
        "jwt" => AuthKinds.Jwt,
        "keys,jwt" or "jwt,keys" => AuthKinds.Keys | AuthKinds.Jwt,
        _ => null,
    };

    private static Uri? ParseIssuer(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Query.Length == 0 && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)) ? uri : null;

    private static string[]? ParseList(string text, Func<string, bool> isAllowed)
    {
        var items = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return items.All(isAllowed) ? items : null;
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase);

    private static string? RateText(string text) =>
        text.Equals("off", StringComparison.OrdinalIgnoreCase) || (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate is >= 0.1 and <= 1_000_000) ? text : null;

    private static double? ParseRate(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) ? rate : null;

    private static int? ParseConnections(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= KestrelLimits.MaxConnections ? count : null;

    private static TimeSpan? ParseSeconds(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 3600 ? TimeSpan.FromSeconds(seconds) : null;

    private static long? ParseCount(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1 ? count : null;
}
