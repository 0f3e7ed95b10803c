using Memory.Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Memory.Core.Tests.Storage.Sqlite;

public sealed class SqliteSessionTests : IDisposable
{
    private readonly SqliteSession _session = Open();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Execute_that_could_not_be_prepared_is_prepared_when_it_can_be()
    {
        Should.Throw<SqliteException>(() => _session.Execute("INSERT INTO t (x) VALUES (?1)", 1L)).Message.ShouldContain("no such table");
        _session.Execute("CREATE TABLE t (x UNIQUE)");

        _session.Execute("INSERT INTO t (x) VALUES (?1)", 1L).ShouldBe(1);
    }

    [Fact]
    public void Execute_that_fails_says_why_by_code_and_may_be_run_again()
    {
        _session.Execute("CREATE TABLE t (x UNIQUE)");
        _session.Execute("INSERT INTO t (x) VALUES (?1)", "a");

        var error = Should.Throw<SqliteException>(() => _session.Execute("INSERT INTO t (x) VALUES (?1)", "a"));

        error.SqliteErrorCode.ShouldBe(19);
        error.SqliteExtendedErrorCode.ShouldBe(2067);
        _session.Execute("INSERT INTO t (x) VALUES (?1)", "b").ShouldBe(1);
        _session.Execute("UPDATE t SET x = x || ?1", "!").ShouldBe(2);
    }

    [Fact]
    public void Every_sort_of_value_comes_back_as_it_was()
    {
        var longText = string.Concat(Enumerable.Repeat("ü\0€😀", 400));
        object?[] values = [null, "ü\0x", longText, string.Empty, long.MinValue, 7, 0.5, 0.25f, new byte[] { 0, 255 }, Array.Empty<byte>()];
        _session.Execute("CREATE TABLE t (x)");
        foreach (var value in values)
        {
            _session.Execute("INSERT INTO t (x) VALUES (?1)", value);
        }

        var read = _session.Query("SELECT x, typeof(x) FROM t ORDER BY rowid", static r => r.GetString(1) switch
        {
            "null" => r.IsDBNull(0) ? null : "not null",
            "text" => r.GetString(0),
            "integer" => r.GetInt64(0),
            "real" => (object)r.GetDouble(0),
            _ => r.GetBytes(0),
        });

        read.ShouldBe([null, "ü\0x", longText, string.Empty, long.MinValue, 7L, 0.5, 0.25, new byte[] { 0, 255 }, Array.Empty<byte>()]);
    }

    [Fact]
    public void Query_that_is_left_by_an_exception_lets_go_of_its_row()
    {
        _session.Execute("CREATE TABLE t (x)");
        _session.Execute("INSERT INTO t (x) VALUES (1), (2)");

        Should.Throw<FormatException>(() => _session.Query<int>("SELECT x FROM t", static _ => throw new FormatException()));

        _session.Execute("DROP TABLE t");
    }

    [Fact]
    public void Scalar_of_no_row_is_0_and_a_write_is_whole()
    {
        _session.Execute("CREATE TABLE t (x)");

        _session.Scalar("SELECT x FROM t").ShouldBe(0);
        _session.Scalar("INSERT INTO t (x) VALUES (5), (6) RETURNING x").ShouldBe(5);
        _session.Scalar("SELECT count(*) FROM t").ShouldBe(2);
    }

    private static SqliteSession Open()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return new SqliteSession(connection);
    }
}
