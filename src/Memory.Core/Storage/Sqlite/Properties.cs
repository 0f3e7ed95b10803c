namespace Memory.Core.Storage.Sqlite;

/// <summary>What is known of the store as a whole.</summary>
internal static class Properties
{
    public static DateTimeOffset CreatedAt(SqliteSession session) => Read(session, "created_at") ?? default;

    public static int SetCreatedAt(SqliteSession session, DateTimeOffset at) => Write(session, "created_at", at);

    public static DateTimeOffset LastNight(SqliteSession session) => Read(session, "last_night_at") ?? CreatedAt(session);

    public static int SetLastNight(SqliteSession session, DateTimeOffset at) => Write(session, "last_night_at", at);

    /// <summary>The place in the order of changes of the last erasure that is not purged yet.</summary>
    public static long? PurgePending(SqliteSession session) =>
        session.Query("SELECT value FROM properties WHERE name = 'purge_pending'", static r => r.GetInt64(0)) is [var value] ? value : null;

    public static int SetPurgePending(SqliteSession session, long sequence) =>
        session.Execute("INSERT OR REPLACE INTO properties (name, value) VALUES ('purge_pending', ?1)", sequence);

    /// <summary>Notes that everything up to an erasure is purged; nothing happens when there was a later one.</summary>
    public static int ClearPurgePending(SqliteSession session, long sequence) =>
        session.Execute("DELETE FROM properties WHERE name = 'purge_pending' AND value = ?1", sequence);

    /// <summary>The last of the rows whose memories still lack their mentions.</summary>
    public static long? MentionsMissingTo(SqliteSession session) =>
        session.Query("SELECT value FROM properties WHERE name = 'mentions_missing_to'", static r => r.GetInt64(0)) is [var value] ? value : null;

    public static int SetMentionsMissingTo(SqliteSession session, long row) =>
        session.Execute("UPDATE properties SET value = ?1 WHERE name = 'mentions_missing_to'", row);

    public static int ClearMentionsMissing(SqliteSession session) =>
        session.Execute("DELETE FROM properties WHERE name = 'mentions_missing_to'");

    /// <summary>The last of the rows whose memories have their mentions; those after it lack them for a moment.</summary>
    public static long MentionsTo(SqliteSession session) => session.Scalar("SELECT value FROM properties WHERE name = 'mentions_to'");

    public static int SetMentionsTo(SqliteSession session, long row) =>
        session.Execute("UPDATE properties SET value = ?1 WHERE name = 'mentions_to'", row);

    private static DateTimeOffset? Read(SqliteSession session, string name) =>
        session.Query("SELECT value FROM properties WHERE name = ?1", static r => r.GetInt64(0), name) is [var value] ? Rows.Time(value) : null;

    private static int Write(SqliteSession session, string name, DateTimeOffset at) =>
        session.Execute("INSERT OR REPLACE INTO properties (name, value) VALUES (?1, ?2)", name, Rows.Time(at));
}
