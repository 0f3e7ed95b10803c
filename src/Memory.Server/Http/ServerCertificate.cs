using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Memory.Server.Http;

/// <summary>What the server shows for TLS: its certificate, and those between it and an authority that clients know.</summary>
/// <param name="Leaf">Its own, with its key.</param>
/// <param name="Chain">All that stand in the same file.</param>
internal sealed record ServerCertificate(X509Certificate2 Leaf, X509Certificate2Collection Chain)
{
    /// <summary>Reads the file of the configuration.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It holds no certificate with its key.</exception>
    public static ServerCertificate Load(HttpSettings http)
    {
        var path = http.Certificate!;
        if (Path.GetExtension(path).ToLowerInvariant() is ".pfx" or ".p12")
        {
            var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(path, Environment.GetEnvironmentVariable(HttpSetting.CertificatePasswordVariable));
            var leaf = all.FirstOrDefault(static c => c.HasPrivateKey)
                ?? throw new System.Security.Cryptography.CryptographicException("There is no certificate with a key in it.");
            return new ServerCertificate(leaf, all);
        }

        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(path);
        return new ServerCertificate(X509Certificate2.CreateFromPemFile(path, http.CertificateKey), chain);
    }

    /// <summary>Shows it on a listener.</summary>
    public void Use(HttpsConnectionAdapterOptions https) => (https.ServerCertificate, https.ServerCertificateChain) = (Leaf, Chain);
}
