using System.Buffers;

namespace Memory.Core.Screening;

/// <summary>Tells names of settings that are named for a secret: <c>DB_PASSWORD</c>, <c>api_key</c>, <c>API key</c>.</summary>
internal static class SettingNames
{
    private const int LongestName = 40;

    private static readonly SearchValues<char> InName = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    private static readonly string[] Passwords = ["password", "passwd", "passphrase", "pwd"];

    // How a name ends, in lower case without separators.
    private static readonly string[] Secrets =
    [
        "secret", "apikey", "secretkey", "accesskey", "secretaccesskey", "privatekey", "accountkey", "authkey", "sharedaccesskey", "sharedaccesssignature", "clientsecret",
        "encryptionkey", "signingkey", "secretkeybase",
    ];

    private static readonly string[] TokenNames = ["token", "bearer", "authorization", "signature", "credential", "credentials"];

    // Keys that everybody may see, or that name a place and open nothing.
    private static readonly string[] OpenKeys = ["publickey", "primarykey", "foreignkey", "partitionkey", "sortkey", "cachekey", "hashkey", "idempotencykey", "sitekey", "objectkey", "groupkey", "routingkey"];

    /// <summary>What may stand in a name.</summary>
    public static SearchValues<char> Characters => InName;

    /// <summary>The name that ends a text.</summary>
    /// <param name="before">The text before the sign that sets it apart from its value.</param>
    /// <returns>The name; <see langword="null"/> when it is named for no secret.</returns>
    public static Setting? At(ReadOnlySpan<char> before)
    {
        before = before.TrimEnd(" \"'`*");
        var start = before.LastIndexOfAnyExcept(InName) + 1;
        var name = before[Math.Max(start, before.Length - LongestName)..];
        if (name.Length < 3)
        {
            return null;
        }

        // The signature of a shared access address of Azure, '?sv=...&sig=...', and the user and password of a registry in an .npmrc.
        if ((name is "sig" && start > 0 && before[start - 1] is '&' or '?') || name is "_auth")
        {
            return new Setting(SettingKind.Token, start, false, false);
        }

        Span<char> folded = stackalloc char[LongestName];
        var length = 0;
        foreach (var c in name)
        {
            if (c is not ('_' or '-' or '.'))
            {
                folded[length++] = char.ToLowerInvariant(c);
            }
        }

        var isVariable = !name.ContainsAnyInRange('a', 'z');
        return KindOf(name, folded[..length], isVariable, before[..start]) is { } kind
            ? new Setting(kind, start, IsExact(folded[..length]) || (isVariable && kind is SettingKind.Password or SettingKind.Pass), isVariable)
            : null;
    }

    private static SettingKind? KindOf(ReadOnlySpan<char> name, ReadOnlySpan<char> folded, bool isVariable, ReadOnlySpan<char> before) =>
        EndsWithAny(folded, Passwords) ? SettingKind.Password
        : EndsWithAny(folded, Secrets) ? SettingKind.Secret
        : EndsWithAny(folded, TokenNames) ? SettingKind.Token
        : IsPass(name) ? SettingKind.Pass
        : isVariable && name.EndsWith("_KEY", StringComparison.Ordinal) && !EndsWithAny(folded, OpenKeys) ? SettingKind.Key
        : folded is "key" && IsKeyOfService(before) ? SettingKind.Key
        : null;

    // 'DB_PASS', 'dbPass', and no 'bypass'.
    private static bool IsPass(ReadOnlySpan<char> name) =>
        name.EndsWith("pass", StringComparison.OrdinalIgnoreCase)
        && (name.Length == 4 || name[^5] is '_' or '-' or '.' || (name[^4] == 'P' && char.IsAsciiLetterLower(name[^5])));

    private static bool IsExact(ReadOnlySpan<char> folded)
    {
        foreach (var password in Passwords)
        {
            if (folded.SequenceEqual(password))
            {
                return true;
            }
        }

        return false;
    }

    // The word before: 'API key', 'secret key'.
    private static bool IsKeyOfService(ReadOnlySpan<char> before)
    {
        if (!before.EndsWith(" "))
        {
            return false;
        }

        before = before[..^1];
        var word = before[(before.LastIndexOfAnyExcept(InName) + 1)..];
        foreach (var service in (ReadOnlySpan<string>)["api", "secret", "access", "private", "account", "admin", "master", "encryption", "signing"])
        {
            if (word.Equals(service, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool EndsWithAny(ReadOnlySpan<char> name, string[] ends)
    {
        foreach (var end in ends)
        {
            if (name.EndsWith(end, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
