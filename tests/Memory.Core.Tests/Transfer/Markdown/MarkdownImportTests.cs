using Memory.Core.Memories;
using Memory.Core.Transfer;
using Memory.Core.Transfer.Markdown;

namespace Memory.Core.Tests.Transfer.Markdown;

public sealed class MarkdownImportTests : IAsyncDisposable
{
    private readonly ServiceFixture _fixture = new();

    private string Target => Path.Combine(_fixture.Folder, "md");

    [Theory]
    [InlineData("Polish the table in the US office.")]
    [InlineData("polish the table in the us office")]
    [InlineData("Polish the table in the us office!")]
    [InlineData("Polish the table\n  in the us office.")]
    public async Task ReadAsync_takes_an_edit_of_letter_case_punctuation_or_white_space_once(string edited)
    {
        await ExportedAsync("Polish the table in the us office.", edited);

        (await ImportAsync()).Updated.ShouldBe(1);

        (await _fixture.InStateAsync(MemoryState.Active)).ShouldBe([edited]);
        var dump = await _fixture.DumpAsync();
        var again = await ImportAsync();
        (again.Present, again.Updated, again.Rejected).ShouldBe((1, 0, 0));
        (await _fixture.DumpAsync()).ShouldBe(dump);
    }

    [Fact]
    public async Task ReadAsync_leaves_to_the_editor_how_lines_break()
    {
        await ExportedAsync("Tea is at four.\nCake is at five.", "Tea is at four.\r\nCake is at five.\r\n");
        var dump = await _fixture.DumpAsync();

        (await ImportAsync()).Present.ShouldBe(1);

        (await _fixture.DumpAsync()).ShouldBe(dump);
    }

    [Fact]
    public async Task ReadAsync_of_an_edit_to_the_words_of_another_memory_changes_nothing_the_second_time()
    {
        await ExportedAsync("The door is green.", "the door is blue");
        await _fixture.StoreAsync("The door is blue.");
        await ImportAsync();
        var dump = await _fixture.DumpAsync();

        var again = await ImportAsync();

        (again.Present, again.Updated, again.Rejected).ShouldBe((1, 0, 0));
        (await _fixture.DumpAsync()).ShouldBe(dump);
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private async Task ExportedAsync(string content, string edited)
    {
        await _fixture.StoreAsync(content);
        await new MarkdownExport(_fixture.Store).WriteAsync([ServiceFixture.Ns], Target);
        var file = Directory.GetFiles(Target, "*.md", SearchOption.AllDirectories).ShouldHaveSingleItem();
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace(content, edited, StringComparison.Ordinal));
    }

    private async Task<ImportReport> ImportAsync() => (await new MemoryImport(_fixture.Store, _fixture.Time).ReadAsync(ImportTarget.Only(ServiceFixture.Ns), Target)).Value!;
}
