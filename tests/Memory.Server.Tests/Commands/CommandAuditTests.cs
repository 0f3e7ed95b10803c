using Memory.Core.Access;
using Memory.Core.Storage.Sqlite;
using Memory.Server.Callers;
using Memory.Server.Commands;
using Microsoft.Data.Sqlite;

namespace Memory.Server.Tests.Commands;

/// <summary>What is typed leaves a line in the audit log, as what is asked over HTTP does.</summary>
public sealed class CommandAuditTests : IDisposable
{
    private readonly CommandFixture _command = new();

    [Fact]
    public async Task Commands_that_read_or_change_memories_or_keys_are_noted_with_who_typed_them()
    {
        var id = (await _command.RunAsync("store", "The mast is tall", "--json")).ShouldEnd(0).Json.GetProperty("memories")[0].GetProperty("id").GetString()!;
        (await _command.RunAsync("store", "mast is tall", "--source", "agent")).ShouldEnd(0);
        (await _command.RunAsync("recall", "mast")).ShouldEnd(0);
        (await _command.RunAsync("list")).ShouldEnd(0);
        (await _command.RunAsync("show", id)).ShouldEnd(0);
        var plan = (await _command.RunAsync("consolidate", "--dry-run", "--json")).ShouldEnd(0).Json.GetProperty("plan").GetString()!;
        (await _command.RunAsync("consolidate", "--apply", plan)).ShouldEnd(0);
        (await _command.RunAsync("undo", plan)).ShouldEnd(0);
        (await _command.RunAsync("export", _command.File("export.jsonl"), "--all")).ShouldEnd(0);
        (await _command.RunAsync("import", _command.File("export.jsonl"))).ShouldEnd(0);
        (await _command.RunAsync("import", _command.File("missing"))).ShouldEnd(ExitCodes.NotFound);
        (await _command.RunAsync("keys", "create", "--name", "ana", "--namespaces", "default", "--scopes", "read")).ShouldEnd(0);
        (await _command.RunAsync("keys", "rotate", "ana")).ShouldEnd(0);
        (await _command.RunAsync("keys", "revoke", "ana")).ShouldEnd(0);
        (await _command.RunAsync("forget", id, "--yes")).ShouldEnd(0);
        // How it is doing may be asked every minute.
        (await _command.RunAsync("status")).ShouldEnd(0);
        (await _command.RunAsync("runs")).ShouldEnd(0);
        (await _command.RunAsync("doctor")).ShouldEnd(0);

        var lines = await LinesAsync();

        lines.Select(static l => $"{l.Action} {l.Namespace} {l.Result}").ShouldBe(
        [
            "store default ok", "store default ok", "recall default ok", "list default ok", "show default ok", "plan default ok", "consolidate default ok", "undo default ok",
            "export  ok", "import default ok", "import default not_found", "keys create  ok", "keys rotate  ok", "keys revoke  ok", "forget default ok",
        ]);
        lines.ShouldAllBe(static l => l.Caller == $"command line ({Environment.UserName})" && l.Address == null);
        (lines[0].Subject, lines[4].Subject, lines[5].Subject, lines[14].Subject).ShouldBe((id, id, plan, id));
        lines[6].Subject!.ShouldContain(plan);
        lines[7].Subject!.ShouldContain(plan);
        // Each can be asked for.
        lines.Select(static l => l.Action).Except(["store", "recall", "consolidate", "forget"]).ShouldBeSubsetOf(AuditActions.All([]));
    }

    [Fact]
    public async Task A_restore_is_noted_in_what_is_there_afterwards()
    {
        (await _command.InProcessAsync("store", "Kept.")).ShouldEnd(0);
        (await _command.InProcessAsync("backup", _command.File("copy.db"))).ShouldEnd(0);
        (await _command.InProcessAsync("restore", _command.File("copy.db"), "--force")).ShouldEnd(0);

        (await LinesAsync()).Select(static l => l.Action).ShouldBe(["store", "restore"]);
    }

    [Fact]
    public async Task A_restore_that_cannot_be_noted_is_done_and_says_so()
    {
        (await _command.InProcessAsync("store", "Kept.")).ShouldEnd(0);
        await using (var connection = new SqliteConnection($"Data Source={_command.Database};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var full = connection.CreateCommand();
            full.CommandText = "CREATE TRIGGER audit_full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END";
            await full.ExecuteNonQueryAsync();
        }

        (await _command.InProcessAsync("backup", _command.File("copy.db"))).ShouldEnd(0);

        var restored = (await _command.InProcessAsync("restore", _command.File("copy.db"), "--force", "--json")).ShouldEnd(ExitCodes.Partly);
        restored.Stderr.ShouldContain("could not be written into its audit log");
        restored.Json.GetProperty("memories").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task Commands_remove_the_lines_whose_retention_has_passed()
    {
        await using (var store = new SqliteMemoryStore(_command.Database, TimeProvider.System))
        {
            await store.AppendAuditAsync([new AuditEntry(DateTimeOffset.UtcNow.AddDays(-8), "ana", null, "old", null, null, "ok"), new AuditEntry(DateTimeOffset.UtcNow.AddDays(-6), "ana", null, "young", null, null, "ok")]);
        }

        (await _command.InProcessAsync("list", "--audit-days", "7")).ShouldEnd(0);

        (await LinesAsync()).Select(static l => l.Action).ShouldBe(["young", "list"]);
    }

    public void Dispose() => _command.Dispose();

    private async Task<AuditEntry[]> LinesAsync()
    {
        await using var store = new SqliteMemoryStore(_command.Database, TimeProvider.System);
        return [.. (await store.AuditAsync(new AuditQuery())).Reverse()];
    }
}
