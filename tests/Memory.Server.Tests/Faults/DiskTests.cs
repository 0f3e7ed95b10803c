namespace Memory.Server.Tests.Faults;

public sealed class DiskTests
{
    [Fact]
    public async Task Store_on_a_full_disk_says_so_and_works_again_when_there_is_space()
    {
        using var folder = new TemporaryFolder();
        await using var server = await MountedServer.ServeAsync(folder.Path, "3m", "head -c 1500000 /dev/zero > filler");
        var stored = new List<string>();
        var refused = 0;
        while (refused < 3)
        {
            stored.Count.ShouldBeLessThan(1_000, "the disk is never full");
            var statement = $"Crate {stored.Count}x{refused} holds {new string('z', 2_000)}.";
            var result = await server.CallAsync("store", $$"""{"content":"{{statement}}"}""");
            if (result.TryGetProperty("isError", out var isError) && isError.GetBoolean())
            {
                ServerProcess.Text(result).ShouldContain("no space left");
                ServerProcess.Text(result).ShouldContain("Nothing was stored");
                refused++;
            }
            else
            {
                stored.Add(statement);
            }
        }

        stored.Count.ShouldBeGreaterThan(10);
        (await AllAsync(server)).ShouldBe(stored, ignoreOrder: true);

        File.Delete($"/proc/{server.Id}/root{folder.File("filler")}");
        var late = "Crate 1000 came when the disk had space.";
        await server.StoreAsync(late);
        (await AllAsync(server)).ShouldBe([.. stored, late], ignoreOrder: true);
        (await server.CallAsync("status")).GetProperty("structuredContent").GetProperty("healthy").GetBoolean().ShouldBeTrue();
        (await server.LeaveAsync()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Every_call_in_a_read_only_folder_says_so_until_it_is_writable()
    {
        using var prepared = new TemporaryFolder();
        await using (var first = await ServerProcess.ServeAsync(prepared.File("memory.db")))
        {
            await first.StoreAsync("The harbour opens at seven.");
            await first.LeaveAsync();
        }

        using var folder = new TemporaryFolder();
        await using var server = await MountedServer.ServeAsync(folder.Path, "3m", $"""cp "{prepared.Path}"/* . && mount -o remount,ro "$0" """);
        foreach (var (tool, arguments) in new[] { ("store", """{"content":"The harbour closes at nine."}"""), ("recall", """{"query":"harbour"}"""), ("status", "{}"), ("consolidate", "{}") })
        {
            var result = await server.CallAsync(tool, arguments);
            result.GetProperty("isError").GetBoolean().ShouldBeTrue(result.ToString());
            ServerProcess.Text(result).ShouldBe(
                $"'{folder.File("memory.db")}' or its folder cannot be written. Give this user write permission to both, or name another file with --db or MEMORY_DB.");
        }

        (await File.ReadAllBytesAsync($"/proc/{server.Id}/root{folder.File("memory.db")}")).ShouldBe(await File.ReadAllBytesAsync(prepared.File("memory.db")));

        await MountedServer.RunInsideAsync(server, "mount", "-o", "remount,rw", folder.Path);
        await server.StoreAsync("The harbour closes at nine.");
        (await server.RecallAsync("harbour")).ShouldBe(["The harbour opens at seven.", "The harbour closes at nine."], ignoreOrder: true);
        (await server.LeaveAsync()).ExitCode.ShouldBe(0);
    }

    private static Task<string[]> AllAsync(ServerProcess server) => server.RecallAsync("crate");
}
