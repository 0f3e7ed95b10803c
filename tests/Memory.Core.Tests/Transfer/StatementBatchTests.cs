using Memory.Core.Memories;

namespace Memory.Core.Tests.Transfer;

public sealed class StatementBatchTests : IAsyncDisposable
{
    private const string Users = """
        [{"memory":"Likes tea","user_id":"alice","categories":["food"],"created_at":"2025-03-01T00:00:00Z"},
         {"memory":"likes tea.","user_id":"bob","categories":["drink"],"created_at":"2025-03-01T00:00:00Z"},
         {"memory":"Likes tea","user_id":"carol","created_at":"2025-06-01T00:00:00Z"}]
        """;

    private readonly ServiceFixture _fixture = new();

    [Fact]
    public async Task Store_of_what_several_say_keeps_the_tags_of_all_and_tells_the_other_time()
    {
        var report = await _fixture.ImportAsync("mem0.json", Users);

        var memory = await SingleAsync();
        memory.Tags.ShouldBe(["drink", "food", "user:alice", "user:bob", "user:carol"]);
        (report.Imported, report.Present).ShouldBe((1, 2));
        var told = report.Rejections.ShouldHaveSingleItem();
        (told.Place, told.Reason).ShouldBe(("entry 3", $"'{memory.Id}' says the same here, and what this one has besides is not taken: the time 2025-06-01T00:00:00Z."));
    }

    [Fact]
    public async Task Store_again_changes_nothing_and_tells_the_tag_that_was_removed_since()
    {
        await _fixture.ImportAsync("mem0.json", Users);
        var dump = await _fixture.DumpAsync();
        (await _fixture.ImportAsync("mem0.json", Users)).Present.ShouldBe(3);
        (await _fixture.DumpAsync()).ShouldBe(dump);
        await _fixture.Memories.UpdateAsync(ServiceFixture.Ns, (await SingleAsync()).Id, new() { Tags = ["food", "user:alice", "user:bob", "user:carol"] });
        dump = await _fixture.DumpAsync();

        var again = await _fixture.ImportAsync("mem0.json", Users);

        again.Rejections.Select(static r => $"{r.Place}{r.Reason[r.Reason.LastIndexOf(':')..]}").First().ShouldBe("entry 2: the tags drink.");
        (await _fixture.DumpAsync()).ShouldBe(dump);
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private async Task<MemoryRecord> SingleAsync() => (await _fixture.Store.ReadAsync(ServiceFixture.Ns, static r => r.ChangedAfter(0, 10))).ShouldHaveSingleItem();
}
