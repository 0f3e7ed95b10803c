using CsCheck;
using Memory.Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Memory.Core.Tests.Storage.Sqlite;

public sealed class SortedRowsTests
{
    private const string Sql = "SELECT memory, word FROM words WHERE memory >= ?1 ORDER BY memory, word";

    // Close together and far apart: some are walked to, for others the tree is searched.
    private static readonly Gen<int[]> Numbers = Gen.OneOf(Gen.Int[1, 12], Gen.Int[1, 300]).Array[0, 60];

    [Fact]
    public void MoveTo_of_rising_memories_finds_the_rows_that_each_has() => Gen.Select(Numbers, Numbers).Sample((held, asked) =>
    {
        using var session = Open(held);
        var found = new List<(long Memory, int Rows)>();
        using (var rows = session.ReadAlong(Sql))
        {
            foreach (var memory in asked.Distinct().Order())
            {
                found.Add((memory, CountOf(rows, memory)));
            }
        }

        found.ShouldBe(asked.Distinct().Order().Select(memory => ((long)memory, held.Count(h => h == memory))));
    }, iter: 200, threads: 1);

    [Fact]
    public void ReadAlong_a_second_time_begins_anew()
    {
        using var session = Open([3, 3, 7]);
        for (var time = 0; time < 2; time++)
        {
            using var rows = session.ReadAlong(Sql);
            CountOf(rows, 3).ShouldBe(2);
            CountOf(rows, 7).ShouldBe(1);
            rows.MoveTo(8).ShouldBeFalse();
        }
    }

    private static int CountOf(SortedRows rows, long memory)
    {
        var count = 0;
        for (var isThere = rows.MoveTo(memory); isThere; isThere = rows.MoveOn())
        {
            raw.sqlite3_column_int64(rows.Current, 0).ShouldBe(memory);
            count++;
        }

        return count;
    }

    private static SqliteSession Open(int[] held)
    {
        var connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        connection.Open();
        var session = new SqliteSession(connection);
        session.Control("CREATE TABLE words (memory INTEGER NOT NULL, word INTEGER NOT NULL, PRIMARY KEY (memory, word)) WITHOUT ROWID");
        foreach (var (word, memory) in held.Index())
        {
            session.Execute("INSERT INTO words (memory, word) VALUES (?1, ?2)", memory, word);
        }

        return session;
    }
}
