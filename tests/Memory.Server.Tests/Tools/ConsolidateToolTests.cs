using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Memory.Server.Tests.Tools;

public sealed class ConsolidateToolTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static readonly string[] Stages = ["scan", "deduplicate", "merge", "resolve contradictions", "confidence", "archive", "verify", "report"];

    private readonly string _ns = server.NewNamespace();

    [Fact]
    public async Task Consolidate_merges_what_says_the_same_and_reports_it()
    {
        var kept = await StoreTwinsAsync("The mast is tall");
        await server.StoreAsync(_ns, "Ana pays Henrik.");
        await server.StoreAsync(_ns, "Henrik pays Ana.");

        var (text, data) = await server.CallAsync("consolidate", _ns);

        var run = data.GetProperty("run").GetString();
        data.GetProperty("dry_run").GetBoolean().ShouldBeFalse();
        data.GetProperty("scope").GetString().ShouldBe("incremental");
        data.GetProperty("state").GetString().ShouldBe("completed");
        Counts(data).ShouldBe("4 examined, 1 merged, 0 superseded, 0 contested, 0 rescored, 0 archived");
        data.GetProperty("stages").EnumerateArray().Select(static s => s.GetProperty("stage").GetString()).ShouldBe(Stages);
        var change = data.GetProperty("changes").EnumerateArray().ShouldHaveSingleItem().GetString()!;
        change.ShouldContain($"merged 1 into {kept}");
        text.ShouldBe($"Run {run} completed: {Counts(data)}.\n- {change}\nTo put this back: consolidate with undo_run {run}.");
        (await server.ContentsAsync(_ns)).Order().ShouldBe(["Ana pays Henrik.", "Henrik pays Ana.", "The mast is tall"]);
    }

    [Fact]
    public async Task Consolidate_twice_changes_nothing_the_second_time()
    {
        await StoreTwinsAsync("The mast is tall");
        await server.CallAsync("consolidate", _ns);

        var (text, data) = await server.CallAsync("consolidate", _ns, """{"scope":"full"}""");

        Counts(data).ShouldBe("1 examined, 0 merged, 0 superseded, 0 contested, 0 rescored, 0 archived");
        data.GetProperty("scope").GetString().ShouldBe("full");
        text.ShouldNotContain("undo_run");
    }

    [Fact]
    public async Task Consolidate_dry_tells_what_would_change_and_changes_nothing()
    {
        var kept = await StoreTwinsAsync("The mast is tall");

        var (text, data) = await server.CallAsync("consolidate", _ns, """{"dry_run":true}""");

        data.GetProperty("dry_run").GetBoolean().ShouldBeTrue();
        data.TryGetProperty("run", out _).ShouldBeFalse();
        Counts(data).ShouldBe("2 examined, 1 merged, 0 superseded, 0 contested, 0 rescored, 0 archived");
        text.ShouldStartWith("Dry run, nothing was changed: 2 examined, 1 merged");
        text.ShouldContain(kept);
        text.ShouldNotContain("undo_run");
        (await server.ContentsAsync(_ns)).Length.ShouldBe(2);
        (await server.CallAsync("status", _ns)).Data.TryGetProperty("last_consolidation", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Consolidate_with_scope_full_looks_at_what_an_incremental_run_passes_over()
    {
        await server.CallAsync("consolidate", _ns);
        await StoreTwinsAsync("The mast is tall");
        await using (var connection = new SqliteConnection($"Data Source={server.Database};Pooling=False"))
        {
            // As if that run had seen the twins already, and an older version of the rules had let them be.
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE runs SET seen_sequence = 1000000 WHERE namespace = $ns";
            command.Parameters.AddWithValue("$ns", _ns);
            await command.ExecuteNonQueryAsync();
        }

        (await server.CallAsync("consolidate", _ns, """{"dry_run":true}""")).Data.GetProperty("merged").GetInt32().ShouldBe(0);
        (await server.CallAsync("consolidate", _ns, """{"dry_run":true,"scope":"incremental"}""")).Data.GetProperty("merged").GetInt32().ShouldBe(0);
        var (_, full) = await server.CallAsync("consolidate", _ns, """{"scope":"full"}""");
        full.GetProperty("scope").GetString().ShouldBe("full");
        full.GetProperty("merged").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Consolidate_with_undo_run_puts_back_what_the_run_changed()
    {
        await StoreTwinsAsync("The mast is tall");
        var run = (await server.CallAsync("consolidate", _ns)).Data.GetProperty("run").GetString()!;

        var (text, data) = await server.CallAsync("consolidate", _ns, $$"""{"undo_run":"{{run.ToUpperInvariant()}}"}""");

        data.GetProperty("undone_run").GetString().ShouldBe(run);
        data.GetProperty("restored").GetInt32().ShouldBe(2);
        data.GetProperty("refused").GetArrayLength().ShouldBe(0);
        text.ShouldBe($"Undid run {run}: 2 memories are as they were.");
        (await server.ContentsAsync(_ns)).Length.ShouldBe(2);
        (await server.RefusedAsync("consolidate", _ns, $$"""{"undo_run":"{{run}}"}""")).ShouldContain("undone already");
    }

    [Fact]
    public async Task Consolidate_with_undo_run_after_an_edit_refuses_with_the_reason()
    {
        var kept = await StoreTwinsAsync("The mast is tall");
        var run = (await server.CallAsync("consolidate", _ns)).Data.GetProperty("run").GetString();
        await server.CallAsync("update", _ns, $$"""{"id":"{{kept}}","content":"The mast is short."}""");

        var (text, data) = await server.CallAsync("consolidate", _ns, $$"""{"undo_run":"{{run}}"}""");

        data.GetProperty("restored").GetInt32().ShouldBe(0);
        var refused = data.GetProperty("refused").EnumerateArray().Select(static r => r.GetString()!).ToArray();
        refused.ShouldNotBeEmpty();
        refused[0].ShouldContain("superseded");
        text.ShouldContain($"Not put back: {refused[0]}.");
        (await server.ContentsAsync(_ns)).ShouldBe(["The mast is short."]);
    }

    [Fact]
    public async Task Consolidate_with_a_plan_carries_out_what_the_dry_run_planned()
    {
        await StoreTwinsAsync("The mast is tall");
        var (told, planned) = await server.CallAsync("consolidate", _ns, """{"dry_run":true}""");
        var plan = planned.GetProperty("plan").GetString()!;
        told.ShouldEndWith($"To carry out exactly this: consolidate with plan {plan}.");
        (await server.RefusedAsync("consolidate", server.NewNamespace(), $$"""{"plan":"{{plan}}"}""")).ShouldContain("No plan is named");

        var (_, done) = await server.CallAsync("consolidate", _ns, $$"""{"plan":"{{plan}}"}""");

        done.GetProperty("run").GetString().ShouldBe(plan);
        done.GetProperty("merged").GetInt32().ShouldBe(1);
        (await server.RefusedAsync("consolidate", _ns, $$"""{"plan":"{{plan}}"}""")).ShouldContain("carried out already");
    }

    [Fact]
    public async Task Consolidate_contests_what_recall_then_shows_with_its_conflict_until_somebody_decides()
    {
        var one = await server.StoreAsync(_ns, "The nightly backup runs at 02:00.", ""","source":"document:ops" """);
        var other = await server.StoreAsync(_ns, "The nightly backup runs at 03:30.", ""","source":"document:runbook" """);

        var (text, data) = await server.CallAsync("consolidate", _ns);

        data.GetProperty("contested").GetInt32().ShouldBe(1);
        var question = data.GetProperty("to_decide").EnumerateArray().ShouldHaveSingleItem().GetString()!;
        text.ShouldContain($"To decide: {question}");
        var (words, recalled) = await server.CallAsync("recall", _ns, """{"query":"when does the backup run"}""");
        words.ShouldContain($"CONTESTED: {other} says otherwise, \"The nightly backup runs at 03:30.\"");
        recalled.GetProperty("memories").EnumerateArray().Single(m => m.GetProperty("id").GetString() == one)
            .GetProperty("contested_with").EnumerateArray().Single().GetProperty("id").GetString().ShouldBe(other);
        (await server.CallAsync("status", _ns)).Data.GetProperty("contested").GetInt32().ShouldBe(1);

        var (noted, _) = await server.CallAsync("feedback", _ns, $$"""{"id":"{{one}}","other":"{{other}}","verdict":"not_contradiction"}""");
        noted.ShouldContain("can both be true");
        (await server.CallAsync("status", _ns)).Data.TryGetProperty("contested", out _).ShouldBeFalse();
        (await server.CallAsync("status", _ns)).Data.GetProperty("learned").GetProperty("corrections").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"plan":"20261124-030000-k3m9x7"}""", "No plan is named '20261124-030000-k3m9x7'")]
    [InlineData("""{"plan":"20261399-030000-k3m9x7"}""", "the name of a plan such as")]
    [InlineData("""{"plan":"20261124-030000-k3m9x7","dry_run":true}""", "stands alone")]
    [InlineData("""{"plan":"20261124-030000-k3m9x7","force":true}""", "dry_run, force and scope are not allowed beside it")]
    [InlineData("""{"wait":601}""", "wait")]
    [InlineData("""{"undo_run":"20261124-030000-k3m9x7","plan":"20261124-030000-k3m9x7"}""", "stands alone")]
    public async Task Consolidate_with_a_wrong_plan_is_refused(string arguments, string because) =>
        (await server.RefusedAsync("consolidate", _ns, arguments)).ShouldContain(because);

    [Theory]
    [InlineData("""{"undo_run":null}""", "undo_run is null; a name is allowed")]
    [InlineData("""{"plan":null,"dry_run":null}""", "plan is null; a name is allowed")]
    [InlineData("""{"undo_run":"20261124-030000-k3m9x7"}""", "No run is named '20261124-030000-k3m9x7'")]
    [InlineData("""{"undo_run":"20261399-030000-k3m9x7"}""", "the name of a run such as")]
    [InlineData("""{"undo_run":"latest"}""", "undo_run has 6 characters")]
    [InlineData("""{"undo_run":"20261124-030000-k3m9x7","dry_run":true}""", "stands alone")]
    [InlineData("""{"undo_run":"20261124-030000-k3m9x7","scope":"full"}""", "stands alone")]
    [InlineData("""{"undo_run":"20261124-030000-k3m9x7","force":true}""", "dry_run, plan, force, wait and scope are not allowed beside it")]
    [InlineData("""{"undo_run":"20261124-030000-k3m9x7","wait":10}""", "stands alone")]
    [InlineData("""{"undo_run":"20261124-030000-k3m9x7","wait":null,"force":false}""", "No run is named '20261124-030000-k3m9x7'")]
    public async Task Consolidate_with_a_wrong_undo_run_is_refused(string arguments, string because) =>
        (await server.RefusedAsync("consolidate", _ns, arguments)).ShouldContain(because);

    [Fact]
    public async Task Consolidate_reports_progress_per_stage_that_only_grows()
    {
        await StoreTwinsAsync("The mast is tall");
        var seen = new List<JsonElement>();

        await server.Server.CallAsync("consolidate", $$"""{"namespace":"{{_ns}}"}""", message => seen.Add(message.GetProperty("params")));

        seen.ShouldAllBe(static p => p.GetProperty("progressToken").GetString() == "test" && p.GetProperty("total").GetDouble() == 800);
        seen[^1].GetProperty("progress").GetDouble().ShouldBe(800);
        seen.SkipLast(1).Select(static p => p.GetProperty("message").GetString()!).Select(static m => Stages.Single(s => m.StartsWith(s, StringComparison.Ordinal))).Distinct().ShouldBe(Stages);
        var steps = seen.Select(static p => p.GetProperty("progress").GetDouble()).ToArray();
        steps.ShouldBe(steps.Distinct().Order());
    }

    // The second has no article, so store keeps both and consolidation folds them.
    private async Task<string> StoreTwinsAsync(string statement)
    {
        var kept = await server.StoreAsync(_ns, statement);
        await server.StoreAsync(_ns, statement.Replace("The ", "", StringComparison.Ordinal));
        return kept;
    }

    private static string Counts(JsonElement data) =>
        $"{data.GetProperty("examined")} examined, {data.GetProperty("merged")} merged, {data.GetProperty("superseded")} superseded, {data.GetProperty("contested")} contested, {data.GetProperty("rescored")} rescored, {data.GetProperty("archived")} archived";
}
