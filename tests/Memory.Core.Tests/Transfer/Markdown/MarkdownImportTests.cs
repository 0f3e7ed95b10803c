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

    [Theory]
    [InlineData("---")]
    [InlineData("***\n")]
    [InlineData("_ _ _\r\n\r\n* * *\n")]
    [InlineData("---\nkind: note\n---\n\n-----\n")]
    public async Task ReadAsync_of_a_file_of_rules_alone_takes_nothing_and_names_it(string text)
    {
        await WrittenAsync("rules.md", text);

        var report = await ImportAsync();

        report.Rejections.ShouldHaveSingleItem().ShouldBe(new Rejection("rules.md", "The file says nothing: it has rules ('---', '***', '___') and nothing else."));
        (report.Read, report.Imported, report.Rejected).ShouldBe((1, 0, 1));
        (await _fixture.InStateAsync(MemoryState.Active)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--")]
    [InlineData("***\nTea is at four.")]
    [InlineData("-*-")]
    public async Task ReadAsync_of_what_is_more_than_rules_takes_it_as_it_is(string text)
    {
        await WrittenAsync("note.md", text);

        (await ImportAsync()).Imported.ShouldBe(1);

        (await _fixture.InStateAsync(MemoryState.Active)).ShouldBe([text]);
    }

    [Fact]
    public async Task ReadAsync_of_an_exported_rule_holds_it()
    {
        await _fixture.StoreAsync("***");
        await new MarkdownExport(_fixture.Store).WriteAsync([ServiceFixture.Ns], Target);
        await using var other = new ServiceFixture();

        (await new MemoryImport(other.Store, other.Time).ReadAsync(ImportTarget.Only(ServiceFixture.Ns), Target)).Value!.Imported.ShouldBe(1);
    }

    [Theory]
    [InlineData("tags: &a [*a]", 2)]
    [InlineData("tags: [tea, *a]", 2)]
    [InlineData("tags: !!set {tea}", 2)]
    [InlineData("source: *a", 2)]
    [InlineData("kind: *a", 2)]
    [InlineData("tags:\n- *a", 3)]
    public async Task ReadAsync_of_front_matter_that_refers_to_itself_or_elsewhere_leaves_the_line_out_and_names_it(string matter, int line)
    {
        await WrittenAsync("note.md", $"---\n{matter}\n---\nTea is at four.\n");

        var report = await ImportAsync();

        report.LeftOut.ShouldHaveSingleItem().Place.ShouldBe($"note.md, line {line}");
        report.LeftOut[0].Reason.ShouldBe("An anchor (&), a reference (*) or a tag (!) of YAML has no meaning here; write the value itself, in quotes if it begins so. It is left out; the rest of the file is taken.");
        var memory = (await _fixture.Store.ReadAsync(ServiceFixture.Ns, static r => r.StoredAfter(0, 10))).ShouldHaveSingleItem().Memory;
        (memory.Content, memory.Kind, memory.Source, memory.Tags.Count).ShouldBe(("Tea is at four.", MemoryKind.Fact, "import:markdown", 0));
    }

    [Fact]
    public async Task ReadAsync_of_front_matter_whose_id_or_namespace_refers_elsewhere_takes_nothing()
    {
        await WrittenAsync("id.md", "---\nid: *a\n---\nTea is at four.\n");
        await WrittenAsync("namespace.md", "---\nnamespace: &a default\n---\nTea is at five.\n");
        await WrittenAsync("quoted.md", "---\ntags: ['*a', \"&b\"]\n---\nTea is at six.\n");

        var report = await ImportAsync();

        report.Rejections.Select(static r => r.Place).ShouldBe(["id.md", "namespace.md"]);
        report.LeftOut.ShouldBeEmpty();
        (await _fixture.InStateAsync(MemoryState.Active)).ShouldBe(["Tea is at six."]);
    }

    [Fact]
    public async Task ReadAsync_of_notes_of_basic_memory_passes_rules_over_and_names_a_note_of_nothing_else()
    {
        await WrittenAsync("a.md", "---\ntitle: Tea\ntype: note\ntags: &a [*a]\n---\n# Tea\n\n***\n\n## Time\n\nIt is at four.\n");
        await WrittenAsync("b.md", "---\ntitle: Cake\ntype: note\n---\n---\n");

        var report = await ImportAsync();

        (await _fixture.InStateAsync(MemoryState.Active)).ShouldBe(["Tea: Time: It is at four."]);
        report.LeftOut.ShouldHaveSingleItem().Place.ShouldBe("a.md, line 4");
        report.Rejections.ShouldHaveSingleItem().Place.ShouldBe("b.md");
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private Task WrittenAsync(string name, string text)
    {
        Directory.CreateDirectory(Target);
        return File.WriteAllTextAsync(Path.Combine(Target, name), text);
    }

    private async Task ExportedAsync(string content, string edited)
    {
        await _fixture.StoreAsync(content);
        await new MarkdownExport(_fixture.Store).WriteAsync([ServiceFixture.Ns], Target);
        var file = Directory.GetFiles(Target, "*.md", SearchOption.AllDirectories).ShouldHaveSingleItem();
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace(content, edited, StringComparison.Ordinal));
    }

    private async Task<ImportReport> ImportAsync() => (await new MemoryImport(_fixture.Store, _fixture.Time).ReadAsync(ImportTarget.Only(ServiceFixture.Ns), Target)).Value!;
}
