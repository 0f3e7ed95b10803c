using Memory.Core.Access;

namespace Memory.Core.Storage;

/// <summary>Where keys and the audit log are kept, beside the memories. Any number of processes may use one at once.</summary>
/// <remarks>Every method may throw <see cref="MemoryStoreException"/> when the store itself cannot be used.</remarks>
public interface IAccessStore
{
    /// <summary>The key with this id, revoked or not, or <see langword="null"/>.</summary>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    Task<ApiKey?> FindKeyAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Every key, the oldest first.</summary>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    Task<IReadOnlyList<ApiKey>> KeysAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds a key and revokes the one it replaces, both or neither.</summary>
    /// <param name="key">The key.</param>
    /// <param name="replaced">The id of the key it replaces, if any.</param>
    /// <param name="cancellationToken">Prevents the write if it has not begun.</param>
    /// <returns>Whether it was added: not when another key that is not revoked has its name, or the one to replace is revoked already.</returns>
    Task<bool> AddKeyAsync(ApiKey key, string? replaced, CancellationToken cancellationToken = default);

    /// <summary>Revokes a key.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellationToken">Prevents the write if it has not begun.</param>
    /// <returns>Whether there was one to revoke.</returns>
    Task<bool> RevokeKeyAsync(string id, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>Adds lines to the audit log. They can be read from then on, and neither changed nor removed before their retention has passed.</summary>
    /// <param name="entries">The lines.</param>
    /// <param name="cancellationToken">Prevents the write if it has not begun.</param>
    Task AppendAuditAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken = default);

    /// <summary>Lines of the audit log, the newest first.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    Task<IReadOnlyList<AuditEntry>> AuditAsync(AuditQuery query, CancellationToken cancellationToken = default);

    /// <summary>Removes the lines of the audit log whose retention has passed.</summary>
    /// <param name="before">Older lines go.</param>
    /// <param name="cancellationToken">Prevents the write if it has not begun.</param>
    /// <returns>How many went.</returns>
    Task<int> RemoveAuditBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken = default);
}
