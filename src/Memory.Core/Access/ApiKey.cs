namespace Memory.Core.Access;

/// <summary>A key as the store keeps it: everything but the secret, of which only a salted hash remains.</summary>
/// <param name="Id">The public part, by which it is found: 10 lower-case letters and digits.</param>
/// <param name="Name">What its owner calls it; no two keys in force share a name.</param>
/// <param name="Salt">16 random bytes.</param>
/// <param name="Hash">SHA-256 of salt and secret.</param>
/// <param name="Namespaces">What it opens.</param>
/// <param name="Scopes">What it may do there.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="ExpiresAt">When it ends, UTC; <see langword="null"/> for never.</param>
/// <param name="RevokedAt">When it was revoked, UTC; <see langword="null"/> while it was not.</param>
public sealed record ApiKey(
    string Id,
    string Name,
    ReadOnlyMemory<byte> Salt,
    ReadOnlyMemory<byte> Hash,
    NamespaceList Namespaces,
    Scopes Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt)
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 64;

    /// <summary>Whether it opens anything at a time.</summary>
    /// <param name="now">The time.</param>
    public bool IsInForce(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);
}

/// <summary>A key just made, with the one chance to see it.</summary>
/// <param name="Key">What the store keeps.</param>
/// <param name="Text">What the client sends; nobody can find it out again.</param>
public sealed record IssuedKey(ApiKey Key, string Text);
