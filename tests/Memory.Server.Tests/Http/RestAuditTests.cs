namespace Memory.Server.Tests.Http;

/// <summary>The audit log as an administrator asks it.</summary>
[Collection(typeof(HttpCollection))]
public sealed class RestAuditTests(HttpFixture server)
{
    [Fact]
    public async Task A_caller_is_found_by_its_name_its_id_and_both_and_no_other_is()
    {
        var ns = server.NewNamespace();
        using var client = server.Client("everything");
        using var other = server.Client("all-b");
        using var admin = server.Client("admin");
        await client.GetOkAsync(HttpMethod.Get, $"/api/v1/memories?namespace={ns}");
        await other.RefusedAsync(HttpMethod.Get, $"/api/v1/memories?namespace={ns}");
        var line = (await admin.GetOkAsync(HttpMethod.Get, $"/api/v1/audit?namespace={ns}&caller=everything")).GetProperty("lines").EnumerateArray().ShouldHaveSingleItem();
        var whole = line.GetProperty("caller").GetString()!;
        var id = server.Key("everything").Split('_')[1];
        whole.ShouldBe($"everything ({id})");

        foreach (var (caller, found) in new[] { (whole, 1), (id, 1), ("every", 0), ("thing", 0), ("ALL-B", 0), ("", 0), ("%", 0) })
        {
            (await admin.GetOkAsync(HttpMethod.Get, $"/api/v1/audit?namespace={ns}&caller={Uri.EscapeDataString(caller)}")).GetProperty("lines").GetArrayLength().ShouldBe(found, caller);
        }
    }

    [Fact]
    public async Task An_action_that_there_is_none_of_is_refused_with_those_there_are_and_each_that_was_noted_is_one()
    {
        using var admin = server.Client("admin");
        var (status, detail) = await admin.RefusedAsync(HttpMethod.Get, "/api/v1/audit?action=nonsense");

        status.ShouldBe(400);
        detail.ShouldStartWith("action is 'nonsense'; one of ");
        detail.ShouldContain("forget, ");
        detail.ShouldEndWith(" is allowed.");
        await admin.GetOkAsync(HttpMethod.Get, "/api/v1/audit?limit=1");
        var noted = (await admin.GetOkAsync(HttpMethod.Get, "/api/v1/audit?limit=1000")).GetProperty("lines").EnumerateArray().Select(static l => l.GetProperty("action").GetString()!).Distinct().ToArray();
        noted.ShouldContain("audit");
        foreach (var action in noted)
        {
            (await admin.GetOkAsync(HttpMethod.Get, $"/api/v1/audit?limit=1&action={Uri.EscapeDataString(action)}")).GetProperty("lines").GetArrayLength().ShouldBe(1, action);
        }
    }

    [Fact]
    public async Task What_was_undone_or_only_planned_is_asked_for_apart_from_what_was_consolidated()
    {
        var ns = server.NewNamespace();
        using var client = server.Client("everything");
        using var admin = server.Client("admin");
        var plan = (await client.ToolAsync("consolidate", $$"""{"namespace":"{{ns}}","dry_run":true,"scope":"full"}""")).GetProperty("structuredContent").GetProperty("plan").GetString();
        var runs = new List<string?>();
        for (var i = 0; i < 2; i++)
        {
            runs.Add((await client.ToolAsync("consolidate", $$"""{"namespace":"{{ns}}","dry_run":false}""")).GetProperty("structuredContent").GetProperty("run").GetString());
        }

        await client.ToolAsync("consolidate", $$"""{"namespace":"{{ns}}","undo_run":"{{runs[1]}}"}""");
        await client.GetOkAsync(HttpMethod.Post, $"/api/v1/runs/{runs[0]}/undo?namespace={ns}");
        using var stranger = server.Client("all-b");
        await stranger.RefusedAsync(HttpMethod.Post, $"/api/v1/consolidations?namespace={ns}", $$"""{"undo_run":"{{runs[0]}}"}""");

        (await NotedAsync("undo")).ShouldBe(["all-b  forbidden", $"everything {runs[0]} ok", $"everything {runs[1]} ok"]);
        (await NotedAsync("plan")).ShouldBe([$"everything {plan} ok"]);
        (await NotedAsync("consolidate")).ShouldBe([$"everything {runs[1]} ok", $"everything {runs[0]} ok"]);

        async Task<string[]> NotedAsync(string action) =>
        [
            .. (await admin.GetOkAsync(HttpMethod.Get, $"/api/v1/audit?namespace={ns}&action={action}")).GetProperty("lines").EnumerateArray().Select(static l =>
                $"{l.GetProperty("caller").GetString()!.Split(' ')[0]} {(l.TryGetProperty("subject", out var subject) ? subject.GetString() : "")} {l.GetProperty("result").GetString()}"),
        ];
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("0")]
    public async Task A_number_of_no_line_is_refused_as_before(string before)
    {
        using var admin = server.Client("admin");

        (await admin.RefusedAsync(HttpMethod.Get, $"/api/v1/audit?before={before}")).ShouldBe((400, $"before is {before}; a number from 1 on is allowed."));
        (await admin.GetOkAsync(HttpMethod.Get, "/api/v1/audit?before=1")).GetProperty("lines").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Until_a_mere_date_takes_in_all_of_that_day()
    {
        var ns = server.NewNamespace();
        using var client = server.Client("everything");
        using var admin = server.Client("admin");
        await client.GetOkAsync(HttpMethod.Post, $"/api/v1/memories?namespace={ns}", """{"content":"The lamp went out.","occurred_at":"2026-05-31T23:30:00Z"}""");

        (await client.GetOkAsync(HttpMethod.Get, $"/api/v1/memories?namespace={ns}&until=2026-05-31")).GetProperty("memories").GetArrayLength().ShouldBe(1);
        (await client.GetOkAsync(HttpMethod.Get, $"/api/v1/memories?namespace={ns}&until=2026-05-30")).GetProperty("memories").GetArrayLength().ShouldBe(0);
        var stored = (await admin.GetOkAsync(HttpMethod.Get, $"/api/v1/audit?namespace={ns}&action=store")).GetProperty("lines")[0].GetProperty("at").GetString()!;
        (await admin.GetOkAsync(HttpMethod.Get, $"/api/v1/audit?namespace={ns}&action=store&until={stored[..10]}")).GetProperty("lines").GetArrayLength().ShouldBe(1);
    }
}
