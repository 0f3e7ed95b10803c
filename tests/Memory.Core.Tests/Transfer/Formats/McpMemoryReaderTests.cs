using Memory.Core.Memories;

namespace Memory.Core.Tests.Transfer.Formats;

public sealed class McpMemoryReaderTests : IAsyncDisposable
{
    private readonly ServiceFixture _fixture = new();

    [Fact]
    public async Task Import_names_whom_it_is_about_when_the_name_is_only_part_of_a_word()
    {
        const string text = """
            {"type":"entity","name":"Ann","entityType":"person","observations":["Plans an annual trip to Japan","Is allergic to peanuts"]}
            {"type":"entity","name":"Ed","entityType":"person","observations":["Is allergic to cats","Married in May"]}
            {"type":"entity","name":"Al","entityType":"person","observations":["Is allergic to cats"]}
            """;

        await _fixture.ImportAsync("names.json", text);

        (await _fixture.InStateAsync(MemoryState.Active)).ShouldBe(
            ["Ann: Plans an annual trip to Japan", "Ann: Is allergic to peanuts", "Ed: Is allergic to cats", "Ed: Married in May", "Al: Is allergic to cats"], ignoreOrder: true);
        var dump = await _fixture.DumpAsync();
        (await _fixture.ImportAsync("names.json", text)).Present.ShouldBe(5);
        (await _fixture.DumpAsync()).ShouldBe(dump);
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();
}
