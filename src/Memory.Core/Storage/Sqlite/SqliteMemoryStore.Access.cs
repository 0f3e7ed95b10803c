using Memory.Core.Access;

namespace Memory.Core.Storage.Sqlite;

public sealed partial class SqliteMemoryStore : IAccessStore
{
    /// <inheritdoc/>
    public async Task<ApiKey?> FindKeyAsync(string id, CancellationToken cancellationToken = default)
    {
        await OpenAsync(cancellationToken);
        return await _readers.ReadAsync(session => AccessRows.Find(session, id), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ApiKey>> KeysAsync(CancellationToken cancellationToken = default)
    {
        await OpenAsync(cancellationToken);
        return await _readers.ReadAsync(AccessRows.All, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> AddKeyAsync(ApiKey key, string? replaced, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        var writes = await OpenAsync(cancellationToken);
        return await writes.EnqueueAsync(session => AccessRows.Add(session, key, replaced), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> RevokeKeyAsync(string id, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        var writes = await OpenAsync(cancellationToken);
        return await writes.EnqueueAsync(session => AccessRows.Revoke(session, id, at), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task AppendAuditAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var writes = await OpenAsync(cancellationToken);
        await writes.EnqueueAsync(session => AccessRows.Append(session, entries), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AuditEntry>> AuditAsync(AuditQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        await OpenAsync(cancellationToken);
        return await _readers.ReadAsync(session => AccessRows.Audit(session, query), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<int> RemoveAuditBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken = default)
    {
        var writes = await OpenAsync(cancellationToken);
        return await writes.EnqueueAsync(session => AccessRows.RemoveAuditBefore(session, before), cancellationToken);
    }
}
