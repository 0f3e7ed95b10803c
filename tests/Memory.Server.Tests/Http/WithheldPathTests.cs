using Microsoft.Data.Sqlite;

namespace Memory.Server.Tests.Http;

/// <summary>Where the store lies is told of a store that cannot be used as by status: to an administrator and to the log alone.</summary>
public sealed class WithheldPathTests : IDisposable
{
    private const string Withheld = "The store cannot be used now; the server's log tells whoever runs it why. Try again later.";

    private readonly TemporaryFolder _folder = new();

    private string Database => _folder.File("memory.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Who_is_not_known_yet_is_not_told_where_the_store_lies_and_the_log_is()
    {
        await File.WriteAllTextAsync(Database, new string('x', 5_000), TestContext.Current.CancellationToken);
        await using var host = await HttpHost.StartAsync(Database, "--auth", "keys");
        using var client = host.Client("mem_" + new string('a', 10) + "_" + new string('b', 43));

        (await client.RefusedAsync(HttpMethod.Get, "/api/v1/status")).ShouldBe((503, Withheld));

        await ShouldBeLoggedAsync(host, "GET /api/v1/status could not use the store");
    }

    [Fact]
    public async Task Who_may_see_one_namespace_is_not_told_where_the_store_lies_by_any_door_and_an_administrator_is()
    {
        await using var host = await HttpHost.StartAsync(Database, "--auth", "keys", "--rate-limit", "off", "--address-rate-limit", "off");
        using var limited = host.Client(await KeyMaker.CreateAsync(Database, "ana"));
        using var admin = host.Client(await KeyMaker.CreateAsync(Database, "boss", "*", "read,write,consolidate,admin"));
        await limited.ToolAsync("store", """{"content":"The mast is tall."}""");
        Drop("memories");

        (await limited.RefusedAsync(HttpMethod.Get, "/api/v1/memories")).ShouldBe((503, Withheld));
        (await limited.RefusedAsync(HttpMethod.Post, "/api/v1/memories", """{"content":"The mast is red."}""")).ShouldBe((503, Withheld));
        foreach (var (tool, arguments) in new[] { ("store", """{"content":"The mast is red."}"""), ("recall", """{"query":"mast"}"""), ("status", "{}"), ("consolidate", "{}") })
        {
            ServerProcess.Text(await limited.ToolAsync(tool, arguments)).ShouldBe(Withheld, tool);
        }

        (await ErrorAsync(limited, "resources/read", """{"uri":"memory://a/snapshot"}""")).ShouldBe(Withheld);
        (await ErrorAsync(limited, "resources/list", "{}")).ShouldBe(Withheld);
        ServerProcess.Text(await admin.ToolAsync("recall", """{"query":"mast","namespace":"a"}""")).ShouldContain($"'{Database}'");
        (await admin.RefusedAsync(HttpMethod.Get, "/api/v1/memories?namespace=a")).Detail.ShouldContain($"'{Database}'");
        (await ErrorAsync(admin, "resources/read", """{"uri":"memory://a/snapshot"}""")).ShouldContain($"'{Database}'");

        await ShouldBeLoggedAsync(host, "list could not use the store", "recall could not use the store", "resources/read could not use the store");
    }

    private static async Task<string> ErrorAsync(HttpClient client, string method, string parameters) =>
        (await client.McpAsync(method, parameters)).GetProperty("error").GetProperty("message").GetString()!;

    private async Task ShouldBeLoggedAsync(HttpHost host, params string[] requests)
    {
        await host.Process.TerminateAsync();
        await host.Process.WaitAsync();
        var lines = host.Process.Stderr.Split('\n');
        foreach (var request in requests)
        {
            lines.ShouldContain(l => l.Contains(request, StringComparison.Ordinal) && l.Contains(Database, StringComparison.Ordinal), request);
        }
    }

    private void Drop(string table)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false, ForeignKeys = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"DROP TABLE {table}";
        command.ExecuteNonQuery();
    }
}
