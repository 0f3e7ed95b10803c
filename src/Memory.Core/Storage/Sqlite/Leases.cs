namespace Memory.Core.Storage.Sqlite;

/// <summary>Rows that say who may do what only one process at a time may do. Called inside a write transaction.</summary>
internal static class Leases
{
    public static Lease Acquire(SqliteSession session, string name, string holder, TimeSpan duration, DateTimeOffset now)
    {
        var current = Find(session, name);

        // A lease that would outlast its own duration was written by a clock that has since been set back.
        var held = current is not null && current.Holder != holder
            && current.ExpiresAt > now && current.ExpiresAt <= now + duration + duration
            && ProcessIdentity.MayBeAlive(current.Holder);
        if (held)
        {
            return current!;
        }

        var since = current?.Holder == holder ? current.AcquiredAt : now;
        session.Execute("INSERT OR REPLACE INTO leases (name, holder, acquired_at, expires_at) VALUES (?1, ?2, ?3, ?4)",
            name, holder, Rows.Time(since), Rows.Time(now + duration));
        return new Lease(name, holder, since, now + duration);
    }

    public static Lease? Find(SqliteSession session, string name) => session.Query(
        "SELECT holder, acquired_at, expires_at FROM leases WHERE name = ?1",
        r => new Lease(name, r.GetString(0), Rows.Time(r.GetInt64(1)), Rows.Time(r.GetInt64(2))), name).FirstOrDefault();

    public static int Release(SqliteSession session, string name, string holder) =>
        session.Execute("DELETE FROM leases WHERE name = ?1 AND holder = ?2", name, holder);

    public static string? Holder(SqliteSession session, string name) =>
        session.Query("SELECT holder FROM leases WHERE name = ?1", static r => r.GetString(0), name).FirstOrDefault();
}
