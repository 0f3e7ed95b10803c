using Microsoft.Data.Sqlite;

namespace Memory.Server.Tests.Commands;

public sealed class ConsolidateCommandTests : IDisposable
{
    private readonly CommandFixture _command = new();

    [Fact]
    public async Task Consolidate_with_force_plans_and_does_more_than_a_run_may_unasked()
    {
        await _command.StoreAsync([.. Enumerable.Range(0, 25).Select(static i => $"Visitor {i * 7} waited at gate {i}")]);
        await AgeAsync(TimeSpan.FromDays(8_000));

        (await _command.InProcessAsync("consolidate", "--dry-run")).ShouldEnd(0).Stdout.ShouldContain("Held back: 5 more memories would have changed state");
        (await _command.InProcessAsync("consolidate", "--dry-run", "--force")).ShouldEnd(0).Stdout.ShouldNotContain("Held back");
        (await _command.InProcessAsync("consolidate", "--force", "--json")).ShouldEnd(0).Json.GetProperty("archived").GetInt32().ShouldBe(25);
    }

    public void Dispose() => _command.Dispose();

    // As if everything had been stored long ago.
    private async Task AgeAsync(TimeSpan by)
    {
        await using var connection = new SqliteConnection($"Data Source={_command.Database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            UPDATE memories SET created_at = created_at - $by, updated_at = updated_at - $by, confidence_at = confidence_at - $by;
            UPDATE evidence SET at = at - $by
            """;
        command.Parameters.AddWithValue("$by", (long)by.TotalMilliseconds);
        await command.ExecuteNonQueryAsync();
    }
}
