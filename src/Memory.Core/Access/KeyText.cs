using System.Security.Cryptography;
using System.Text;

namespace Memory.Core.Access;

/// <summary>
/// The form of a key: <c>mem_</c>, its id, <c>_</c>, its secret of 43 letters and digits (256 bits of chance, so that one round of SHA-256 with a
/// salt is as good as many: there is nothing to guess).
/// </summary>
internal static class KeyText
{
    public const string Prefix = "mem_";

    private const int IdLength = 10;
    private const int SecretLength = 43;
    private const int SaltBytes = 16;
    private const string IdCharacters = "abcdefghijkmnpqrstuvwxyz23456789";
    private const string SecretCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Makes a new id, secret, salt and hash.</summary>
    public static (string Id, string Text, byte[] Salt, byte[] Hash) New()
    {
        var (id, secret) = (RandomNumberGenerator.GetString(IdCharacters, IdLength), RandomNumberGenerator.GetString(SecretCharacters, SecretLength));
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return (id, $"{Prefix}{id}_{secret}", salt, Hash(salt, secret));
    }

    /// <summary>Divides what a client sent.</summary>
    /// <returns>Whether it has the form of a key.</returns>
    public static bool TryDivide(string text, out string id, out string secret)
    {
        (id, secret) = (string.Empty, string.Empty);
        if (text.Length != Prefix.Length + IdLength + 1 + SecretLength || !text.StartsWith(Prefix, StringComparison.Ordinal) || text[Prefix.Length + IdLength] != '_'
            || !text.AsSpan(Prefix.Length + IdLength + 1).ContainsOnly(SecretCharacters))
        {
            return false;
        }

        (id, secret) = (text.Substring(Prefix.Length, IdLength), text[(Prefix.Length + IdLength + 1)..]);
        return true;
    }

    /// <summary>Compares in a time that tells nothing of where the first difference is.</summary>
    public static bool Matches(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> hash, string secret) =>
        CryptographicOperations.FixedTimeEquals(Hash(salt, secret), hash);

    private static byte[] Hash(ReadOnlySpan<byte> salt, string secret) => SHA256.HashData([.. salt, .. Encoding.ASCII.GetBytes(secret)]);

    private static bool ContainsOnly(this ReadOnlySpan<char> text, string characters) => text.IndexOfAnyExcept(characters) < 0;
}
