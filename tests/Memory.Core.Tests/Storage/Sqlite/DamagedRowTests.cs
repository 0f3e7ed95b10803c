using Memory.Core.Consolidation;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Memory.Core.Tests.Storage.Sqlite;

/// <summary>Rows that another program wrote, whose types allow what nothing can read or name.</summary>
public sealed class DamagedRowTests : IAsyncDisposable
{
    private const string Before = "-99999999999999999";
    private const string After = "253402300800000";

    private readonly ServiceFixture _fixture = new();

    [Theory]
    [InlineData("memories", "created_at", Before)]
    [InlineData("memories", "valid_until", After)]
    [InlineData("evidence", "at", Before)]
    [InlineData("recalls", "last_at", After)]
    [InlineData("links", "at", Before)]
    [InlineData("runs", "finished_at", After)]
    [InlineData("properties", "value", After + " WHERE name = 'created_at'")]
    public async Task Examine_lists_times_that_no_calendar_has(string table, string column, string time)
    {
        await FillAsync();
        await HarmAsync($"UPDATE {table} SET {column} = {time}");

        var found = (await _fixture.Store.ExamineAsync(repair: true)).ShouldHaveSingleItem();

        (found.Check, found.CanRepair).ShouldBe(("times", false));
        found.Problem.ShouldEndWith($"rows of '{table}' have in '{column}' no time of the years 1 to 9999, and cannot be read.");
    }

    [Theory]
    [InlineData("Bad NS!")]
    [InlineData("-a")]
    [InlineData("")]
    public async Task Examine_lists_namespaces_that_cannot_be_named(string name)
    {
        await FillAsync();
        await HarmAsync($"UPDATE memories SET namespace = '{name}'; UPDATE usage SET namespace = '{name}'; UPDATE runs SET namespace = '{name}'");

        var found = (await _fixture.Store.ExamineAsync(repair: false)).Where(static f => f.Check == "namespaces").Select(static f => f.Problem.Split(" rows of ")[1].Split(' ')[0]);

        found.ShouldBe(["'memories'", "'runs'", "'usage'"]);
    }

    [Fact]
    public async Task Examine_lists_an_outcome_of_a_run_that_is_no_JSON()
    {
        await FillAsync();
        await HarmAsync("UPDATE runs SET outcome = '{'");

        (await _fixture.Store.ExamineAsync(repair: false)).ShouldHaveSingleItem().Check.ShouldBe("journal");
        await ShouldNameDoctorAsync(() => _fixture.Store.ReadAsync(ServiceFixture.Ns, static r => r.Runs(10)));
    }

    [Fact]
    public async Task Every_time_and_namespace_of_the_schema_is_looked_at()
    {
        await FillAsync();
        var columns = await AskAsync("""
            SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_info(m.name) c
            WHERE m.type = 'table' AND (c.name IN ('at', 'valid_until', 'namespace') OR c.name LIKE '%\_at' ESCAPE '\') AND m.name || '.' || c.name <> 'audit.namespace'
            """);

        columns.Count.ShouldBeGreaterThan(20);
        WrongValues.Times.Concat(WrongValues.Namespaces).Select(static c => $"{c.Table}.{c.Name}").ShouldBe(columns.Append("properties.value"), ignoreOrder: true);
    }

    [Theory]
    [InlineData("UPDATE memories SET created_at = " + Before)]
    [InlineData("UPDATE memories SET confidence_at = " + Before)]
    [InlineData("UPDATE memories SET occurred_at = " + After)]
    public async Task Reading_a_memory_with_a_time_out_of_range_names_doctor(string harm)
    {
        await FillAsync();
        await HarmAsync(harm);
        await _fixture.ReopenAsync();

        await ShouldNameDoctorAsync(() => _fixture.Store.ReadAsync(ServiceFixture.Ns, static r => r.ChangedAfter(0, 10)));
        await ShouldNameDoctorAsync(() => _fixture.RecallAsync("tea"));
        await ShouldNameDoctorAsync(() => _fixture.Store.WriteAsync(ServiceFixture.Ns, static w => w.ChangedAfter(0, 10)));
    }

    [Fact]
    public async Task Reading_a_row_with_an_evidence_out_of_range_names_doctor()
    {
        var tea = await _fixture.StoreAsync("Tea is at four.");
        await HarmAsync("UPDATE evidence SET at = " + After);

        await ShouldNameDoctorAsync(() => _fixture.ShowAsync(tea.Memory.Id));
    }

    [Fact]
    public async Task Consolidation_that_meets_a_damaged_row_leaves_no_run_that_seems_to_go_on()
    {
        await FillAsync();
        await HarmAsync("UPDATE memories SET confidence_at = " + Before);
        await _fixture.ReopenAsync();
        var consolidator = new Consolidator(_fixture.Store, _fixture.Time, new Random(2));

        await ShouldNameDoctorAsync(() => consolidator.RunAsync(new ConsolidationRequest(ServiceFixture.Ns)));

        (await _fixture.Store.ReadAsync(ServiceFixture.Ns, static r => r.Runs(10))).Select(static r => r.State).ShouldBe([RunState.Interrupted, RunState.Completed], ignoreOrder: true);
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private static async Task ShouldNameDoctorAsync<T>(Func<Task<T>> read)
    {
        var problem = (await Should.ThrowAsync<MemoryStoreException>(read)).Problem;
        problem.Code.ShouldBe(ProblemCode.StoreUnavailable);
        problem.Message.ShouldContain("'memory-server doctor'");
    }

    private async Task FillAsync()
    {
        await _fixture.StoreAsync("Tea is at four.");
        var door = await _fixture.StoreAsync("Ana Costa painted the door green.");
        await _fixture.Memories.UpdateAsync(ServiceFixture.Ns, door.Memory.Id, new() { Content = "Ana Costa painted the door blue." });
        await new Consolidator(_fixture.Store, _fixture.Time, new Random(1)).RunAsync(new ConsolidationRequest(ServiceFixture.Ns));
        await HarmAsync("INSERT INTO recalls VALUES (1, 1, 1) ON CONFLICT DO NOTHING");
        (await _fixture.Store.ExamineAsync(repair: false)).ShouldBeEmpty();
    }

    private async Task HarmAsync(string sql) => await AskAsync(sql);

    private async Task<List<string>> AskAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={_fixture.Database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
