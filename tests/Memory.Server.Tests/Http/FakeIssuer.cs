using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Memory.Server.Tests.Http;

/// <summary>An OpenID Connect issuer on this machine: a discovery document, its keys, and tokens of any kind.</summary>
internal sealed class FakeIssuer : IAsyncDisposable
{
    public const string Audience = "https://memory.example.com/mcp";

    private readonly LoopbackServer _server;
    private readonly RSA _rsa = RSA.Create(2048);

    public FakeIssuer()
    {
        var key = _rsa.ExportParameters(includePrivateParameters: false);
        _server = new LoopbackServer(request => LoopbackServer.Reply.Text(200, request.Path.EndsWith("openid-configuration", StringComparison.Ordinal)
            ? $$"""{"issuer":"{{Issuer}}","jwks_uri":"{{Issuer}}/jwks"}"""
            : $$"""{"keys":[{"kty":"RSA","use":"sig","kid":"one","alg":"RS256","n":"{{Base64Url.EncodeToString(key.Modulus)}}","e":"{{Base64Url.EncodeToString(key.Exponent)}}"}]}"""));
    }

    public string Issuer => _server.Address.ToString().TrimEnd('/');

    /// <summary>A token of this issuer for the namespace a; each part can be another.</summary>
    public string Token(string? issuer = null, string audience = Audience, int? expiresIn = 300, int validIn = -600, string scope = "openid memory:read memory:write", string namespaces = "a", RSA? signedBy = null, string subject = "ana")
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var head = Part("""{"alg":"RS256","typ":"JWT","kid":"one"}""");
        var body = Part($$"""{"iss":"{{issuer ?? Issuer}}","aud":"{{audience}}","sub":"{{subject}}","iat":{{now - 600}},"nbf":{{now + validIn}},{{(expiresIn is { } end ? $"\"exp\":{now + end}," : "")}}"scope":"{{scope}}","memory_namespaces":"{{namespaces}}"}""");
        var signature = (signedBy ?? _rsa).SignData(Encoding.ASCII.GetBytes($"{head}.{body}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{head}.{body}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>The same token, signed with PS512.</summary>
    public string SignedWithPss()
    {
        var text = $"{Part("""{"alg":"PS512","typ":"JWT","kid":"one"}""")}.{Token().Split('.')[1]}";
        return $"{text}.{Base64Url.EncodeToString(_rsa.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA512, RSASignaturePadding.Pss))}";
    }

    /// <summary>The same token without a signature, with a head that says so.</summary>
    public string Unsigned(string algorithm = "none") => $"{Part($$"""{"alg":"{{algorithm}}","typ":"JWT"}""")}.{Token().Split('.')[1]}.";

    /// <summary>The same token signed with the public key as if it were a shared secret.</summary>
    public string SignedWithPublicKey()
    {
        var head = Part("""{"alg":"HS256","typ":"JWT","kid":"one"}""");
        var body = Token().Split('.')[1];
        return $"{head}.{body}.{Base64Url.EncodeToString(HMACSHA256.HashData(_rsa.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes($"{head}.{body}")))}";
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _rsa.Dispose();
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
