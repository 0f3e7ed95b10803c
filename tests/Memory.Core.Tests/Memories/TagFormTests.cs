using System.Text;
using CsCheck;
using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Screening;
using Memory.Core.Storage;
using Memory.Core.Transfer;
using Memory.Core.Transfer.Jsonl;
using Memory.Core.Transfer.Markdown;

namespace Memory.Core.Tests.Memories;

public sealed class TagFormTests
{
    private const string Composed = "caf\u00E9";
    private const string Decomposed = "cafe\u0301";

    [Fact]
    public void Of_any_tag_is_the_same_the_second_time() => Gen.String[0, 20].Sample(static tag => TagForm.Of(TagForm.Of(tag)) == TagForm.Of(tag));

    [Theory]
    [InlineData(" " + Decomposed + " ", Composed)]
    [InlineData("half \uD83D", "half \uD83D")]
    [InlineData("plain", "plain")]
    public void Of_a_tag_is_trimmed_and_composed_when_it_is_text(string tag, string form) => TagForm.Of(tag).ShouldBe(form);

    [Theory]
    [InlineData(Composed, Decomposed)]
    [InlineData(Decomposed, Composed)]
    public async Task Recall_and_list_by_a_tag_find_it_however_it_was_typed(string stored, string sought)
    {
        await using var f = new ServiceFixture();
        var id = (await f.StoreAsync("The door is blue", tags: [stored, Composed])).Memory.Id;

        (await f.RecallAsync("", new MemoryFilter { Tags = [sought] })).ShouldBe(["The door is blue"]);
        (await f.Memories.ListAsync(ServiceFixture.Ns, new MemoryFilter { Tags = [sought] }, null, 5)).Value!.Memories.Select(static m => m.Id).ShouldBe([id]);
        (await f.Memories.TagsAsync(ServiceFixture.Ns, sought, 5)).ShouldBe([Composed]);
    }

    [Fact]
    public async Task Update_of_tags_keeps_each_once_in_composed_form()
    {
        await using var f = new ServiceFixture();
        var id = (await f.StoreAsync("The door is blue")).Memory.Id;

        var updated = await f.Memories.UpdateAsync(ServiceFixture.Ns, id, new MemoryChange { Tags = [Decomposed, Composed, "x"] });

        updated.Value!.Memory.Tags.ShouldBe([Composed, "x"]);
    }

    [Fact]
    public async Task Store_of_a_tag_that_is_too_long_once_composed_is_refused()
    {
        // Excluded from composition: each takes two places in any normal form.
        var tag = new string('\u0958', MemoryRecord.MaxTagLength);
        await using var f = new ServiceFixture();

        (await f.Memories.StoreAsync(ServiceFixture.Ns, [new NewMemory { Content = "The door is blue", Tags = [tag] }])).Problem!.Message.ShouldContain($"1 to {MemoryRecord.MaxTagLength} are allowed");
        Screen.Default.Tags([Decomposed], []).Value.ShouldBe([Composed]);
    }

    [Theory]
    [InlineData(ImportFormat.Jsonl)]
    [InlineData(ImportFormat.Markdown)]
    [InlineData(ImportFormat.McpMemoryService)]
    public async Task Import_composes_tags(ImportFormat format)
    {
        await using var f = new ServiceFixture();
        var path = Path.Combine(f.Folder, "in");
        await WriteAsync(f, format, path);
        await using var into = new ServiceFixture(seed: 2);

        var report = (await new MemoryImport(into.Store, into.Time).ReadAsync(ImportTarget.Only(ServiceFixture.Ns), path, format)).Value!;

        report.Rejections.ShouldBeEmpty();
        (await into.Memories.TagsAsync(ServiceFixture.Ns, "", 5)).ShouldBe([Composed]);
    }

    // What was written with composed tags, as another program would have written it.
    private static async Task WriteAsync(ServiceFixture f, ImportFormat format, string path)
    {
        await f.StoreAsync("The door is blue", tags: [Composed]);
        switch (format)
        {
            case ImportFormat.Jsonl:
                using (var stream = new MemoryStream())
                {
                    await new JsonlExport(f.Store).WriteAsync([ServiceFixture.Ns], stream);
                    await File.WriteAllTextAsync(path, Taken(Encoding.UTF8.GetString(stream.ToArray())));
                }

                break;
            case ImportFormat.Markdown:
                await new MarkdownExport(f.Store).WriteAsync([ServiceFixture.Ns], path);
                var file = Directory.GetFiles(path, "*.md", SearchOption.AllDirectories).ShouldHaveSingleItem();
                await File.WriteAllTextAsync(file, Taken(await File.ReadAllTextAsync(file)));
                break;
            default:
                await File.WriteAllTextAsync(path, $$"""{"memories":[{"content":"The door is blue","content_hash":"a","tags":["{{Decomposed}}"],"created_at":1735689600.5}]}""");
                break;
        }
    }

    private static string Taken(string text)
    {
        var apart = text.Replace("caf\\u00E9", Composed, StringComparison.OrdinalIgnoreCase).Replace(Composed, Decomposed, StringComparison.Ordinal);
        apart.ShouldContain(Decomposed);
        return apart;
    }
}
