using System.Text.Json;
using Memory.Core.Entities;
using Memory.Core.Memories;

namespace Memory.Core.Storage.Sqlite;

/// <summary>How a row becomes a record, and a value a column.</summary>
internal static class Rows
{
    /// <summary>The first time that can be read: the beginning of the year 1.</summary>
    public const long MinTime = -62_135_596_800_000;

    /// <summary>The last one: the end of the year 9999.</summary>
    public const long MaxTime = 253_402_300_799_999;

    /// <summary>The columns that <see cref="Memory"/> reads, of <c>memories AS m</c>.</summary>
    public const string MemoryColumns = """
        m.id, m.namespace, m.content, m.kind, (SELECT json_group_array(tag) FROM tags WHERE memory = m.row),
        m.importance, m.source, m.session, m.state, m.confidence, m.confidence_at,
        m.created_at, m.updated_at, m.occurred_at, m.valid_until, m.sequence
        """;

    /// <summary>How many columns that is: the index of the first column after them.</summary>
    public const int MemoryColumnCount = 16;

    public static MemoryRecord Memory(Row r) => new()
    {
        Id = MemoryId.FromStore(r.GetString(0)),
        Namespace = Namespace.FromStore(r.GetString(1)),
        Content = r.GetString(2),
        Kind = Names.ParseKind(r.GetString(3)),
        Tags = Tags(r.GetString(4)),
        Importance = r.GetDouble(5),
        Source = r.GetString(6),
        Session = r.IsDBNull(7) ? null : r.GetString(7),
        State = Names.ParseState(r.GetString(8)),
        Confidence = r.GetDouble(9),
        ConfidenceAt = Time(r.GetInt64(10)),
        CreatedAt = Time(r.GetInt64(11)),
        UpdatedAt = Time(r.GetInt64(12)),
        OccurredAt = r.IsDBNull(13) ? null : Time(r.GetInt64(13)),
        ValidUntil = r.IsDBNull(14) ? null : Time(r.GetInt64(14)),
        Sequence = r.GetInt64(15),
    };

    public static Evidence Evidence(Row r) => new(
        Names.ParseEvidence(r.GetString(0)),
        r.GetString(1),
        r.IsDBNull(2) ? null : r.GetString(2),
        Time(r.GetInt64(3)),
        r.IsDBNull(4) ? null : r.GetString(4),
        r.IsDBNull(5) ? null : r.GetString(5));

    public static Link Link(Row r) => new(
        MemoryId.FromStore(r.GetString(0)), MemoryId.FromStore(r.GetString(1)), Names.ParseLink(r.GetString(2)), Time(r.GetInt64(3)));

    /// <summary>Reads kind, name and key.</summary>
    public static Entity Entity(Row r) => new(EntityKindNames.Parse(r.GetString(0)), r.GetString(1), r.GetString(2));

    public static Run Run(Row r) => new()
    {
        Id = RunId.FromStore(r.GetString(0)),
        Namespace = Namespace.FromStore(r.GetString(1)),
        Scope = Names.ParseScope(r.GetString(2)),
        Cause = Names.ParseCause(r.GetString(3)),
        // Whoever was killed, or could not write any more, left no word of its end.
        State = Names.ParseRunState(r.GetString(4)) is var state && state == RunState.Running && !ProcessIdentity.MayBeAlive(r.GetString(5)) ? RunState.Interrupted : state,
        Holder = r.GetString(5),
        StartedAt = Time(r.GetInt64(6)),
        FinishedAt = r.IsDBNull(7) ? null : Time(r.GetInt64(7)),
        SeenSequence = r.GetInt64(8),
        Counts = new RunCounts(r.GetInt32(9), r.GetInt32(10), r.GetInt32(11)) { Superseded = r.GetInt32(12), Contested = r.GetInt32(13) },
        Outcome = r.IsDBNull(14) ? null : JsonSerializer.Deserialize(r.GetString(14), StorageJson.Default.RunOutcome),
        UndoneUnits = r.GetInt32(15),
    };

    public static PairMark PairMark(Row r) => new(
        MemoryId.FromStore(r.GetString(0)), MemoryId.FromStore(r.GetString(1)), Names.ParsePairMark(r.GetString(2)), Time(r.GetInt64(3)));

    public static JournalEntry Journal(Row r) => new(
        RunId.FromStore(r.GetString(0)),
        r.GetInt32(1),
        MemoryId.FromStore(r.GetString(2)),
        Values(r.GetString(3)),
        Values(r.GetString(4)),
        r.GetString(5),
        r.GetInt64(6) == 1);

    public static long Time(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    /// <summary>A time that stays a number; as one that is read, it must be one that a calendar has.</summary>
    public static long Milliseconds(long milliseconds) => milliseconds is >= MinTime and <= MaxTime ? milliseconds : throw DamagedRow.Explain(new ArgumentOutOfRangeException(nameof(milliseconds)));

    public static string Text(FieldValues values) => JsonSerializer.Serialize(values, StorageJson.Default.FieldValues);

    /// <summary>A JSON array for <c>json_each</c>, so that a list travels as one parameter.</summary>
    public static string List(IEnumerable<string> values) => JsonSerializer.Serialize(values, StorageJson.Default.IEnumerableString);

    /// <summary>The same of rows.</summary>
    public static string List(IEnumerable<long> rows) => JsonSerializer.Serialize(rows, StorageJson.Default.IEnumerableInt64);

    /// <summary>The same of entities: key, kind and name of each.</summary>
    public static string List(IEnumerable<Entity> entities) => JsonSerializer.Serialize(
        entities.Select(static e => new[] { e.Key, EntityKindNames.Of(e.Kind), e.Name }), StorageJson.Default.IEnumerableStringArray);

    public static long[] Longs(string json) => JsonSerializer.Deserialize(json, StorageJson.Default.Int64Array)!;

    public static string? Text(RunOutcome? outcome) => outcome is null ? null : JsonSerializer.Serialize(outcome, StorageJson.Default.RunOutcome);

    public static string[] Strings(string json) => json.Length <= 2 ? [] : JsonSerializer.Deserialize(json, StorageJson.Default.StringArray)!;

    private static string[] Tags(string json)
    {
        var tags = Strings(json);
        Array.Sort(tags, StringComparer.Ordinal);
        return tags;
    }

    private static FieldValues Values(string json) => JsonSerializer.Deserialize(json, StorageJson.Default.FieldValues)!;
}
