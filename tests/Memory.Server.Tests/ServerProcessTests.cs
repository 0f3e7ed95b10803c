namespace Memory.Server.Tests;

public sealed class ServerProcessTests
{
    [Fact]
    public async Task Store_in_one_process_is_recalled_in_a_later_one()
    {
        using var folder = new TemporaryFolder();
        await using (var first = await ServerProcess.ServeAsync(folder.File("memory.db")))
        {
            await first.StoreAsync("Harbor runs on PostgreSQL 16.");
            (await first.LeaveAsync()).ExitCode.ShouldBe(0);
        }

        await using var second = await ServerProcess.ServeAsync(folder.File("memory.db"));
        (await second.RecallAsync("What does Harbor run on?")).ShouldBe(["Harbor runs on PostgreSQL 16."]);
    }
}
