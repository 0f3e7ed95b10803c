using Memory.Server.Configuration;

namespace Memory.Server.Http;

/// <summary>The settings of serving over HTTP.</summary>
internal static class HttpSetting
{
    /// <summary>Where the password of the certificate is: a secret belongs neither on a command line nor in a file that is copied around.</summary>
    public const string CertificatePasswordVariable = "MEMORY_HTTP_CERTIFICATE_PASSWORD";

    /// <summary>The address of a server over stdio.</summary>
    public const string Off = "off";

    private static readonly string[] OffOnly = [Off];

    public static readonly Setting Address = new(
        "Http", "MEMORY_HTTP", "--http", "Serve over HTTP at this address instead of stdio, such as 127.0.0.1:7788 or [::1]:7788. Other addresses than this machine's own loopback need --auth. 'off' for stdio.") { Default = Off, Words = OffOnly };

    public static readonly Setting Auth = new(
        "Auth", "MEMORY_AUTH", "--auth", "How callers show who they are: 'none' (loopback only), 'keys' (see 'keys create'), 'jwt', or 'keys,jwt'.") { Default = "none", Words = ["none", "keys", "jwt", "keys,jwt"] };

    public static readonly Setting JwtIssuer = new(
        "JwtIssuer", "MEMORY_JWT_ISSUER", "--jwt-issuer", "The OpenID Connect issuer whose tokens are accepted with --auth jwt, such as https://login.example.com/realm.");

    public static readonly Setting JwtAudience = new(
        "JwtAudience", "MEMORY_JWT_AUDIENCE", "--jwt-audience", "The audience that a token must be for: the public URL of this server, such as https://memory.example.com/mcp. Its name is one of --http-hosts.");

    public static readonly Setting Hosts = new(
        "HttpHosts", "MEMORY_HTTP_HOSTS", "--http-hosts", "Names, separated by commas, under which clients reach this server besides localhost and IP addresses; others in Host are refused.");

    public static readonly Setting Origins = new(
        "HttpOrigins", "MEMORY_HTTP_ORIGINS", "--http-origins", "Origins of web pages, separated by commas, that may call this server, such as https://app.example.com.") { DefaultInWords = "only its own" };

    public static readonly Setting Certificate = new(
        "HttpCertificate", "MEMORY_HTTP_CERTIFICATE", "--http-certificate", $"Serve TLS with this certificate: a PEM file, or a PKCS#12 file (.pfx, .p12; its password in {CertificatePasswordVariable}).");

    public static readonly Setting CertificateKey = new(
        "HttpCertificateKey", "MEMORY_HTTP_CERTIFICATE_KEY", "--http-certificate-key", "The PEM file of the certificate's private key, when it is not in the same file.");

    public static readonly Setting RateLimit = new(
        "RateLimit", "MEMORY_RATE_LIMIT", "--rate-limit", "Requests a second that one key may make on average, with ten times as many at once; 'off' for no limit.") { Default = "100", Words = OffOnly };

    public static readonly Setting AddressRateLimit = new(
        "AddressRateLimit", "MEMORY_ADDRESS_RATE_LIMIT", "--address-rate-limit", "Requests a second that one address may make on average, with ten times as many at once; 'off' for no limit.") { Default = "200", Words = OffOnly };

    public static readonly Setting AddressConnections = new(
        "AddressConnections", "MEMORY_ADDRESS_CONNECTIONS", "--address-connections", "Connections that one address may hold at once, 1 to 2000; more are closed. 2,000 are all there are: raise it behind a proxy, whose address all callers have.") { Default = "256" };

    public static readonly Setting RequestTimeout = new(
        "RequestTimeout", "MEMORY_REQUEST_TIMEOUT", "--request-timeout", "Seconds after which a request is ended with 504, 1 to 3600; a call over MCP, which may wait for consolidation, has thirty times as many once its body is there.") { Default = "30" };

    public static readonly Setting HeaderTimeout = new(
        "HeaderTimeout", "MEMORY_HEADER_TIMEOUT", "--header-timeout", "Seconds that a connection may say nothing at first, and that the headers of a request may take, 1 to 3600; then it is closed.") { Default = "10" };

    public static readonly Setting QuotaMemories = new(
        "QuotaMemories", "MEMORY_QUOTA_MEMORIES", "--quota-memories", "The most memories that callers may put into one namespace.") { DefaultInWords = "no limit" };

    public static readonly Setting QuotaBytes = new(
        "QuotaBytes", "MEMORY_QUOTA_BYTES", "--quota-bytes", "The most bytes of content, tags and evidence (sources, sessions, notes, repeated statements) that callers may put into one namespace.") { DefaultInWords = "no limit" };

    public static readonly IReadOnlyList<Setting> All =
    [
        Address, Auth, JwtIssuer, JwtAudience, Hosts, Origins, Certificate, CertificateKey, RateLimit, AddressRateLimit, AddressConnections, RequestTimeout, HeaderTimeout, QuotaMemories, QuotaBytes,
    ];
}
