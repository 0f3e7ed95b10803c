using Memory.Core.Access;

namespace Memory.Core.Storage.Sqlite;

/// <summary>The rows of keys and of the audit log.</summary>
internal static class AccessRows
{
    private const string KeyColumns = "id, name, salt, hash, namespaces, scopes, created_at, expires_at, revoked_at";

    public static ApiKey? Find(SqliteSession session, string id) =>
        session.Query($"SELECT {KeyColumns} FROM api_keys WHERE id = ?1", Key, id).FirstOrDefault();

    public static IReadOnlyList<ApiKey> All(SqliteSession session) =>
        session.Query($"SELECT {KeyColumns} FROM api_keys ORDER BY created_at, id", Key);

    public static bool Add(SqliteSession session, ApiKey key, string? replaced)
    {
        if (replaced is not null && !Revoke(session, replaced, key.CreatedAt))
        {
            return false;
        }

        return session.Execute(
            """
            INSERT INTO api_keys (id, name, salt, hash, namespaces, scopes, created_at, expires_at)
            SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE NOT EXISTS (SELECT 1 FROM api_keys WHERE name = ?2 AND revoked_at IS NULL)
            """,
            key.Id, key.Name, key.Salt.ToArray(), key.Hash.ToArray(), key.Namespaces.ToString(), ScopeNames.Of(key.Scopes),
            Rows.Time(key.CreatedAt), key.ExpiresAt is { } end ? Rows.Time(end) : null) == 1;
    }

    public static bool Revoke(SqliteSession session, string id, DateTimeOffset at) =>
        session.Execute("UPDATE api_keys SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL", id, Rows.Time(at)) == 1;

    public static int Append(SqliteSession session, IReadOnlyList<AuditEntry> entries) => entries.Sum(e => session.Execute(
        "INSERT INTO audit (at, caller, address, action, namespace, subject, result) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        Rows.Time(e.At), e.Caller, e.Address, e.Action, e.Namespace, e.Subject, e.Result));

    public static IReadOnlyList<AuditEntry> Audit(SqliteSession session, AuditQuery query) => session.Query(
        """
        SELECT number, at, caller, address, action, namespace, subject, result FROM audit
        WHERE (?1 IS NULL OR caller = ?1 OR caller = 'token ' || ?1
            OR (substr(caller, 1, length(?1) + 2) = ?1 || ' (' AND substr(caller, -1) = ')' AND instr(substr(caller, length(?1) + 3), ' (') = 0)
            OR substr(caller, -length(?1) - 3) = ' (' || ?1 || ')')
          AND (?2 IS NULL OR namespace = ?2) AND (?3 IS NULL OR action = ?3)
          AND (?4 IS NULL OR at >= ?4) AND (?5 IS NULL OR at <= ?5) AND (?6 IS NULL OR number < ?6)
        ORDER BY number DESC LIMIT ?7
        """,
        static r => new AuditEntry(Rows.Time(r.GetInt64(1)), r.GetString(2), Text(r, 3), r.GetString(4), Text(r, 5), Text(r, 6), r.GetString(7)) { Number = r.GetInt64(0) },
        query.Caller, query.Namespace, query.Action, query.Since is { } since ? Rows.Time(since) : null, query.Until is { } until ? Rows.Time(until) : null,
        query.Before, query.Limit);

    public static int RemoveAuditBefore(SqliteSession session, DateTimeOffset before)
    {
        // Mostly there is none, and then nothing is written.
        if (session.Query("SELECT 1 FROM audit WHERE at < ?1 LIMIT 1", static r => r.GetInt64(0), Rows.Time(before)).Count == 0)
        {
            return 0;
        }

        session.Execute("INSERT OR REPLACE INTO properties (name, value) VALUES ('audit_kept_from', ?1)", Rows.Time(before));
        return session.Execute("DELETE FROM audit WHERE at < ?1", Rows.Time(before));
    }

    private static ApiKey Key(Row r)
    {
        // What the table holds was read by the same rules when it was made; a row changed by hand opens nothing.
        var namespaces = NamespaceList.TryParse(r.GetString(4), out var list) ? list : NamespaceList.None;
        var scopes = ScopeNames.TryParse(r.GetString(5), out var parsed) ? parsed : Scopes.None;
        return new ApiKey(
            r.GetString(0), r.GetString(1), r.GetBytes(2), r.GetBytes(3), namespaces, scopes, Rows.Time(r.GetInt64(6)),
            r.IsDBNull(7) ? null : Rows.Time(r.GetInt64(7)), r.IsDBNull(8) ? null : Rows.Time(r.GetInt64(8)));
    }

    private static string? Text(Row r, int column) => r.IsDBNull(column) ? null : r.GetString(column);
}
