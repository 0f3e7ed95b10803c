using Memory.Core.Memories;
using Memory.Core.Screening;
using Memory.Core.Storage;

namespace Memory.Core.Access;

/// <summary>Makes, rotates, revokes and checks keys. Whoever shares the store sees each change with the next check.</summary>
/// <param name="store">Where keys are kept.</param>
/// <param name="time">The clock.</param>
public sealed class ApiKeys(IAccessStore store, TimeProvider time)
{
    private static readonly byte[] NobodysSalt = new byte[16];
    private static readonly byte[] NobodysHash = new byte[32];

    /// <summary>What a key begins with, so that it is told from other bearer tokens.</summary>
    public const string Prefix = KeyText.Prefix;

    /// <summary>Makes a key.</summary>
    /// <param name="name">What its owner calls it: 1 to 64 characters without control characters and what the eye does not see.</param>
    /// <param name="namespaces">What it opens.</param>
    /// <param name="scopes">What it may do there.</param>
    /// <param name="expiresAt">When it ends; <see langword="null"/> for never.</param>
    /// <param name="cancellationToken">Prevents the write if it has not begun.</param>
    public async Task<Outcome<IssuedKey>> CreateAsync(
        string name, NamespaceList namespaces, Scopes scopes, DateTimeOffset? expiresAt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(namespaces);
        var now = Instant.Whole(time.GetUtcNow());
        if (name.Length is 0 or > ApiKey.MaxNameLength || name.Any(char.IsControl) || name != VisibleText.Of(name) || name != name.Trim())
        {
            return Problem.Invalid($"The name has {name.Length} characters; 1 to {ApiKey.MaxNameLength} are allowed, none of them control characters or invisible, no white space around them.");
        }

        if (scopes == Scopes.None)
        {
            return Problem.Invalid($"The key may do nothing; allowed scopes are {ScopeNames.Allowed}.");
        }

        if (expiresAt <= now)
        {
            return Problem.Invalid($"The key would have expired at {expiresAt:yyyy-MM-dd HH:mm} UTC already; a time in the future is allowed.");
        }

        var issued = Issue(name, namespaces, ScopeNames.Complete(scopes), now, expiresAt is { } end ? Instant.Whole(end) : null);
        return await store.AddKeyAsync(issued.Key, replaced: null, cancellationToken)
            ? issued
            : new Problem(ProblemCode.Conflict, $"A key named '{name}' exists already. Revoke or rotate it, or choose another name.");
    }

    /// <summary>Every key, the revoked ones too, the oldest first.</summary>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken = default) => store.KeysAsync(cancellationToken);

    /// <summary>Makes a key that may do what another may, and revokes that one, at once.</summary>
    /// <param name="nameOrId">The other key.</param>
    /// <param name="expiresAt">When the new one ends; <see langword="null"/> for when the old one would.</param>
    /// <param name="cancellationToken">Prevents the write if it has not begun.</param>
    public async Task<Outcome<IssuedKey>> RotateAsync(string nameOrId, DateTimeOffset? expiresAt = null, CancellationToken cancellationToken = default)
    {
        var now = Instant.Whole(time.GetUtcNow());
        if (await FindAsync(nameOrId, cancellationToken) is not { } old)
        {
            return Unknown(nameOrId);
        }

        var end = expiresAt is { } named ? Instant.Whole(named) : old.ExpiresAt;
        if (end <= now)
        {
            return Problem.Invalid($"The key ends at {end:yyyy-MM-dd HH:mm} UTC, which is past; name a new end.");
        }

        var issued = Issue(old.Name, old.Namespaces, old.Scopes, now, end);
        return await store.AddKeyAsync(issued.Key, replaced: old.Id, cancellationToken) ? issued : Unknown(nameOrId);
    }

    /// <summary>Revokes a key, for running processes too.</summary>
    /// <param name="nameOrId">The key.</param>
    /// <param name="cancellationToken">Prevents the write if it has not begun.</param>
    public async Task<Outcome<ApiKey>> RevokeAsync(string nameOrId, CancellationToken cancellationToken = default)
    {
        var now = Instant.Whole(time.GetUtcNow());
        return await FindAsync(nameOrId, cancellationToken) is { } key && await store.RevokeKeyAsync(key.Id, now, cancellationToken)
            ? key with { RevokedAt = now }
            : Unknown(nameOrId);
    }

    /// <summary>Whose key a text is. Reads the store each time, so that a key revoked by any process opens nothing from then on.</summary>
    /// <param name="text">What a client sent.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <returns>The key; why it opens nothing is told only to who knows its secret.</returns>
    public async Task<Outcome<ApiKey>> CheckAsync(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!KeyText.TryDivide(text, out var id, out var secret))
        {
            return new Problem(ProblemCode.Unauthenticated, "The key is malformed.");
        }

        var key = await store.FindKeyAsync(id, cancellationToken);

        // An id nobody has is compared as well, so that the time tells nothing of which ids there are.
        if (!KeyText.Matches(key is null ? NobodysSalt : key.Salt.Span, key is null ? NobodysHash : key.Hash.Span, secret) || key is null)
        {
            return new Problem(ProblemCode.Unauthenticated, "The key is not known.");
        }

        return key.RevokedAt is not null ? new Problem(ProblemCode.Unauthenticated, "The key is revoked.")
            : key.IsInForce(time.GetUtcNow()) ? key
            : new Problem(ProblemCode.Unauthenticated, "The key has expired.");
    }

    /// <summary>Whether a key that was checked before opens something still.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public async Task<bool> IsInForceAsync(string id, CancellationToken cancellationToken = default) =>
        await store.FindKeyAsync(id, cancellationToken) is { } key && key.IsInForce(time.GetUtcNow());

    private static IssuedKey Issue(string name, NamespaceList namespaces, Scopes scopes, DateTimeOffset now, DateTimeOffset? expiresAt)
    {
        var (id, text, salt, hash) = KeyText.New();
        return new IssuedKey(new ApiKey(id, name, salt, hash, namespaces, scopes, now, expiresAt, RevokedAt: null), text);
    }

    private static Problem Unknown(string nameOrId) => new(ProblemCode.NotFound, $"No key in force has the name or id '{nameOrId}'.");

    private async Task<ApiKey?> FindAsync(string nameOrId, CancellationToken cancellationToken) =>
        (await store.KeysAsync(cancellationToken)).FirstOrDefault(k => k.RevokedAt is null && (k.Name == nameOrId || k.Id == nameOrId));
}
