using Memory.Core.Memories;

namespace Memory.Core.Tests.Transfer.Formats;

public sealed class LeftOutFieldsTests : IAsyncDisposable
{
    private readonly ServiceFixture _fixture = new();

    [Fact]
    public async Task Import_of_mem0_tells_once_a_file_what_has_no_meaning_here()
    {
        var report = await _fixture.ImportAsync("mem0.json", """
            [{"id":"a","hash":"b","memory":"Likes tea","user_id":"ana","metadata":{"type":"preference","tags":["food"],"priority":"high"},"created_at":"2025-03-01T00:00:00Z","updated_at":"2025-03-01T00:00:00Z"},
             {"id":"b","memory":"Likes cake","user_id":7,"run_id":"r1","app_id":"","expiration_date":null,"metadata":{"priority":"low","category":"food"},"created_at":"2025-03-01T00:00:00Z","updated_at":"2025-04-01T00:00:00Z"},
             {"id":"c","memory":"Likes bread","run_id":"r2","metadata":null}]
            """);

        report.LeftOut.Select(static r => $"{r.Place} {r.Reason.Split(' ')[0]}").ShouldBe(
            ["entry 1 'metadata.priority'", "entry 2 'user_id'", "entry 2 'run_id'", "entry 2 'metadata.category'", "entry 2 'updated_at'"]);
        report.LeftOut[0].Reason.ShouldBe("'metadata.priority' has no meaning here. It is left out, in this entry and in others; the rest is taken.");
        (report.Read, report.Imported, report.Rejected).ShouldBe((3, 3, 0));
        (await _fixture.InStateAsync(MemoryState.Active)).Length.ShouldBe(3);
    }

    [Fact]
    public async Task Import_of_mcp_memory_service_tells_once_a_file_what_has_no_meaning_here()
    {
        var report = await _fixture.ImportAsync("service.json", """
            {"memories":[
              {"content":"Likes tea","content_hash":"a","tags":["food"],"memory_type":"note","metadata":{},"created_at":1735689600.5,"updated_at":1735689600.5},
              {"content":"Likes cake","content_hash":"b","metadata":{"project":"harbor"},"created_at":1735689600.5,"updated_at":1735776000.5},
              {"content":"Likes bread","content_hash":"c","metadata":{"project":"quay"}}]}
            """);

        report.LeftOut.Select(static r => $"{r.Place} {r.Reason.Split(' ')[0]}").ShouldBe(["entry 2 'metadata.project'", "entry 2 'updated_at'"]);
        (report.Read, report.Imported, report.Rejected).ShouldBe((3, 3, 0));
        (await _fixture.InStateAsync(MemoryState.Active)).Length.ShouldBe(3);
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();
}
