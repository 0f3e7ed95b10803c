using Memory.Core.Memories;
using Memory.Core.Transfer;
using Memory.Core.Transfer.Markdown;

namespace Memory.Core.Tests.Transfer;

public sealed class MarkdownTests : IAsyncDisposable
{
    private readonly ServiceFixture _fixture = new();

    private string Target => Path.Combine(_fixture.Folder, "md");

    [Fact]
    public async Task Folder_imported_into_an_empty_store_holds_the_same_memories()
    {
        await _fixture.StoreAsync("Ana moved the deploy to Friday.\n\n- and more\n", MemoryKind.Decision, "user: ana", "monday #1", tags: ["a, b", "release", "quote\"d", "yes"], importance: 0.9, occurredAt: ServiceFixture.Start.AddDays(-3));
        await _fixture.StoreAsync("---\nlooks: like front matter\n---\n");
        await _fixture.StoreAsync("日本語のメモ");
        await ExportAsync();
        await using var other = new ServiceFixture(seed: 2);

        var report = (await new MemoryImport(other.Store, other.Time).ReadAsync(ImportTarget.Only(ServiceFixture.Ns), Target)).Value!;

        report.Rejections.ShouldBeEmpty();
        report.Format.ShouldBe(ImportFormat.Markdown);
        report.Imported.ShouldBe(3);
        (await other.DumpAsync()).ShouldBe(await _fixture.DumpAsync());
    }

    [Fact]
    public async Task Import_of_unchanged_files_changes_nothing()
    {
        await _fixture.StoreAsync("The door is green.", tags: ["house"]);
        await ExportAsync();
        var dump = await _fixture.DumpAsync();

        var report = await ImportAsync();

        (report.Present, report.Imported, report.Updated).ShouldBe((1, 0, 0));
        (await _fixture.DumpAsync()).ShouldBe(dump);
    }

    [Fact]
    public async Task Edited_file_updates_its_memory_once()
    {
        await _fixture.StoreAsync("The door is green.", tags: ["house"]);
        await ExportAsync();
        var file = Directory.GetFiles(Target, "*.md", SearchOption.AllDirectories).ShouldHaveSingleItem();
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("green", "blue", StringComparison.Ordinal).Replace("[house]", "\n- house\n- paint", StringComparison.Ordinal));

        (await ImportAsync()).Updated.ShouldBe(1);
        var again = await ImportAsync();

        (again.Present, again.Updated, again.Rejected).ShouldBe((1, 0, 0));
        (await _fixture.InStateAsync(MemoryState.Active)).ShouldBe(["The door is blue."]);
        (await _fixture.InStateAsync(MemoryState.Superseded)).ShouldBe(["The door is green."]);
        (await _fixture.Store.ReadAsync(ServiceFixture.Ns, static r => r.TagsStartingWith("", 5))).ShouldBe(["house", "paint"]);
    }

    [Fact]
    public async Task Edits_that_are_not_taken_are_named_with_what_stays()
    {
        await _fixture.StoreAsync("The door is green.", source: "ana", session: "monday", tags: ["house"]);
        await ExportAsync();
        var dump = await _fixture.DumpAsync();
        var file = Directory.GetFiles(Target, "*.md", SearchOption.AllDirectories).ShouldHaveSingleItem();
        var text = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, text.Replace("source: \"ana\"", "source: ben", StringComparison.Ordinal).Replace("source: ana", "source: ben", StringComparison.Ordinal)
            .Replace("monday", "tuesday", StringComparison.Ordinal).Replace("created_at:", "state: archived\ncreated_at:", StringComparison.Ordinal));

        var report = await ImportAsync();

        report.Rejections.Select(static r => r.Reason.Split(':')[0]).ShouldBe(
        [
            "source is 'ben' here and 'ana' in the store, where it stays so",
            "session is 'tuesday' here and 'monday' in the store, where it stays so",
            "state is 'archived' here and 'active' in the store, where it stays so",
        ]);
        (report.Present, report.Updated).ShouldBe((1, 0));
        (await _fixture.DumpAsync()).ShouldBe(dump);
    }

    [Fact]
    public async Task File_that_is_older_than_the_memory_brings_nothing_back()
    {
        var stored = await _fixture.StoreAsync("The door is green.");
        await ExportAsync();
        await _fixture.Memories.UpdateAsync(ServiceFixture.Ns, stored.Memory.Id, new() { Content = "The door is blue." });

        (await ImportAsync()).Present.ShouldBe(1);

        (await _fixture.InStateAsync(MemoryState.Active)).ShouldBe(["The door is blue."]);
    }

    [Fact]
    public async Task File_of_ones_own_is_stored_and_what_is_wrong_is_named()
    {
        Directory.CreateDirectory(Target);
        await File.WriteAllTextAsync(Path.Combine(Target, "mine.md"), "Tea is at four.\r\n");
        await File.WriteAllTextAsync(Path.Combine(Target, "kind.md"), "---\nkind: lie\n---\nx\n");
        await File.WriteAllTextAsync(Path.Combine(Target, "id.md"), "---\nid: ../../x\n---\nx\n");
        await File.WriteAllTextAsync(Path.Combine(Target, "empty.md"), "---\nkind: fact\n---\n\n");
        await File.WriteAllBytesAsync(Path.Combine(Target, "bytes.md"), [0xFF, 0xFE, 0x00]);
        await File.WriteAllTextAsync(Path.Combine(_fixture.Folder, "secret.md"), "outside");

        var report = await ImportAsync();

        (report.Imported, report.Rejected).ShouldBe((1, 4));
        report.Rejections.Select(static r => r.Place).Order().ShouldBe(["bytes.md", "empty.md", "id.md", "kind.md"]);
        (await _fixture.InStateAsync(MemoryState.Active)).ShouldBe(["Tea is at four."]);
    }

    [Fact]
    public async Task What_is_not_followed_or_hidden_is_named_and_another_programs_own_folder_is_not()
    {
        Directory.CreateDirectory(Path.Combine(Target, ".obsidian"));
        await File.WriteAllTextAsync(Path.Combine(Target, ".obsidian", "template.md"), "Not a note.");
        await File.WriteAllTextAsync(Path.Combine(Target, "MINE.MD"), "Tea is at four.\n");
        await File.WriteAllTextAsync(Path.Combine(Target, ".draft.md"), "Tea is at five.\n");
        await File.WriteAllTextAsync(Path.Combine(_fixture.Folder, "secret.md"), "outside");
        File.CreateSymbolicLink(Path.Combine(Target, "link.md"), Path.Combine(_fixture.Folder, "secret.md"));
        File.CreateSymbolicLink(Path.Combine(Target, "gone.md"), Path.Combine(_fixture.Folder, "gone.md"));
        Directory.CreateSymbolicLink(Path.Combine(Target, "loop"), Target);

        var report = await ImportAsync();

        report.Rejections.Select(static r => r.Place).ShouldBe([".draft.md", "gone.md", "link.md", "loop"]);
        report.Rejections.Skip(1).ShouldAllBe(static r => r.Reason.Contains("symbolic link", StringComparison.Ordinal));
        (report.Imported, report.Read, report.Rejected).ShouldBe((1, 5, 4));
        (await _fixture.InStateAsync(MemoryState.Active)).ShouldBe(["Tea is at four."]);
    }

    [Theory]
    [InlineData("kind: fact\nkind: note", "kind")]
    [InlineData("tags: [a]\ntags:\n- b", "tags")]
    [InlineData("importance: 0.9\nImportance: 0.1", "importance")]
    [InlineData("kind: fact\ncreated_at: 2026-01-01T00:00:00Z\nkind: fact\ncreated_at: 2026-01-02T00:00:00Z", "kind")]
    public async Task Front_matter_that_says_one_thing_twice_is_not_taken(string matter, string name)
    {
        Directory.CreateDirectory(Target);
        await File.WriteAllTextAsync(Path.Combine(Target, "merged.md"), $"---\n{matter}\n---\nTea is at four.\n");
        await File.WriteAllTextAsync(Path.Combine(Target, "rule.md"), "---\nkind: one\nkind: two\n");

        var report = await ImportAsync();

        report.Imported.ShouldBe(0);
        report.Rejections.ShouldContain(r => r.Place == "merged.md" && r.Reason == $"{name} stands twice in the front matter.");
        (await _fixture.InStateAsync(MemoryState.Active)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Front_matter_that_names_twice_what_has_no_meaning_is_taken_without_it()
    {
        Directory.CreateDirectory(Target);
        await File.WriteAllTextAsync(Path.Combine(Target, "other.md"), "---\nauthor: ana\nauthor: ben\nkind: note\n---\nTea is at four.\n");

        (await ImportAsync()).Imported.ShouldBe(1);
    }

    [Fact]
    public async Task Front_matter_that_is_not_ended_or_not_known_is_named_and_a_rule_is_none()
    {
        Directory.CreateDirectory(Target);
        await File.WriteAllTextAsync(Path.Combine(Target, "open.md"), "---\nkind: decision\n\nWe use gRPC.\n");
        await File.WriteAllTextAsync(Path.Combine(Target, "odd.md"), "---\nkind: decision\nimportence: 0.9\nhm\n---\nWe use JSON.\n");
        await File.WriteAllTextAsync(Path.Combine(Target, "rule.md"), "---\nTea is at four.\n");

        var report = await ImportAsync();

        report.Rejections.Select(static r => r.Place).ShouldBe(["open.md"]);
        report.LeftOut.Select(static r => r.Place).ShouldBe(["odd.md, line 3", "odd.md, line 4"]);
        report.LeftOut[0].Reason.ShouldBe("'importence' has no meaning here; id, namespace, kind, tags, importance, source, session, occurred_at, state, created_at have. It is left out; the rest of the file is taken.");
        report.Rejections[0].Reason.ShouldBe("The front matter that begins in line 1 is not ended by a line '---'.");
        (await _fixture.InStateAsync(MemoryState.Active)).ShouldBe(["We use JSON.", "---\nTea is at four."], ignoreOrder: true);
    }

    [Fact]
    public async Task Files_lie_within_the_folder_whatever_namespaces_are_called()
    {
        Namespace.TryParse("a..b", out var odd).ShouldBeTrue();
        await _fixture.StoreAsync("../../../etc/passwd is a path.", ns: odd);
        await new MarkdownExport(_fixture.Store).WriteAsync([odd], Target);

        Directory.GetFiles(Target, "*", SearchOption.AllDirectories).ShouldHaveSingleItem().ShouldStartWith(Path.Combine(Target, "a..b", "etc-passwd-is-a-path-"));
    }

    [Fact]
    public async Task Files_of_several_namespaces_go_where_they_say_only_when_all_are_wanted()
    {
        await _fixture.StoreAsync("The door is green.");
        await _fixture.StoreAsync("Tea is at four.", ns: Other);
        await new MarkdownExport(_fixture.Store).WriteAsync([ServiceFixture.Ns, Other], Target);
        await File.WriteAllTextAsync(Path.Combine(Target, "mine.md"), "Said by nobody in particular.\n");

        await using var one = new ServiceFixture(seed: 2);
        var only = await ImportAsync(one, ImportTarget.Only(ServiceFixture.Ns));
        await using var all = new ServiceFixture(seed: 3);
        var each = await ImportAsync(all, ImportTarget.Each(ServiceFixture.Ns));
        await using var renamed = new ServiceFixture(seed: 4);
        var into = await ImportAsync(renamed, ImportTarget.Renamed(Other, ServiceFixture.Ns));

        only.Rejections.ShouldHaveSingleItem().Reason.ShouldContain("--from other");
        (only.Imported, each.Imported, into.Imported).ShouldBe((2, 3, 2));
        (await one.Store.NamespacesAsync()).ShouldBe([ServiceFixture.Ns]);
        (await one.InStateAsync(MemoryState.Active)).ShouldBe(["The door is green.", "Said by nobody in particular."], ignoreOrder: true);
        (await all.InStateAsync(MemoryState.Active)).ShouldBe(["The door is green.", "Said by nobody in particular."], ignoreOrder: true);
        (await all.Store.ReadAsync(Other, static r => r.Counts())).ByState[MemoryState.Active].ShouldBe(1);
        (await renamed.InStateAsync(MemoryState.Active)).ShouldBe(["Tea is at four.", "Said by nobody in particular."], ignoreOrder: true);
    }

    [Fact]
    public async Task Export_writes_files_that_only_their_owner_reads()
    {
        await _fixture.StoreAsync("The door is green.");

        await new MarkdownExport(_fixture.Store).WriteAsync([ServiceFixture.Ns], Target);

        var folder = Path.Combine(Target, ServiceFixture.Ns.Value);
        if (OperatingSystem.IsWindows())
        {
            // It has no modes; whoever owns the folder decides there.
            return;
        }

        File.GetUnixFileMode(Directory.GetFiles(folder).ShouldHaveSingleItem()).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task Export_into_the_same_folder_removes_its_files_of_what_is_gone_and_nobody_elses()
    {
        var forgotten = await _fixture.StoreAsync("The vault code is 4711.");
        var updated = await _fixture.StoreAsync("The door is green.");
        var elsewhere = await _fixture.StoreAsync("Tea is at four.", ns: Other);
        await new MarkdownExport(_fixture.Store).WriteAsync([ServiceFixture.Ns, Other], Target);
        var folder = Path.Combine(Target, ServiceFixture.Ns.Value);
        var id = forgotten.Memory.Id;
        await File.WriteAllTextAsync(Path.Combine(folder, "mine.md"), "Mine.");
        await File.WriteAllTextAsync(Path.Combine(folder, "mine-too.md"), $"---\nid: {id}\n---\nMine.");
        await File.WriteAllTextAsync(Path.Combine(folder, $"about-{id}.md"), "Mine, about that memory.");
        await _fixture.Memories.ForgetAsync(ServiceFixture.Ns, [id]);
        await _fixture.Memories.UpdateAsync(ServiceFixture.Ns, updated.Memory.Id, new() { Content = "The door is blue." });
        await _fixture.Memories.ForgetAsync(Other, [elsewhere.Memory.Id]);

        await ExportAsync();

        Directory.GetFiles(folder).Select(Path.GetFileName).Where(static f => !f!.StartsWith("the-door-is-blue-", StringComparison.Ordinal)).Order()
            .ShouldBe([$"about-{id}.md", "mine-too.md", "mine.md"]);
        Directory.GetFiles(Path.Combine(Target, "other")).ShouldHaveSingleItem("of a namespace that is not exported nothing is removed");
    }

    [Fact]
    public async Task Export_writes_through_no_link_and_over_no_file_of_somebody_else()
    {
        var id = (await _fixture.StoreAsync("Mara keeps bees.")).Memory.Id;
        await ExportAsync();
        var file = Directory.GetFiles(Target, "*.md", SearchOption.AllDirectories).ShouldHaveSingleItem();
        var (written, elsewhere) = (await File.ReadAllTextAsync(file), Path.Combine(_fixture.Folder, "elsewhere.md"));
        await File.WriteAllTextAsync(elsewhere, "Mine.");

        File.Delete(file);
        File.CreateSymbolicLink(file, elsewhere);
        (await Should.ThrowAsync<IOException>(ExportAsync)).Message.ShouldContain("is a symbolic link");
        File.Delete(file);
        await File.WriteAllTextAsync(file, "Mine too.");
        (await Should.ThrowAsync<IOException>(ExportAsync)).Message.ShouldContain($"was not written by an export of memory {id}");
        (await File.ReadAllTextAsync(file)).ShouldBe("Mine too.");
        (await File.ReadAllTextAsync(elsewhere)).ShouldBe("Mine.");

        File.Delete(file);
        await ExportAsync();
        (await File.ReadAllTextAsync(file)).ShouldBe(written);
        Directory.GetFiles(Path.GetDirectoryName(file)!).ShouldBe([file]);
    }

    [Fact]
    public async Task Export_into_a_folder_of_a_namespace_that_is_a_link_is_refused()
    {
        await _fixture.StoreAsync("Mara keeps bees.");
        var elsewhere = Directory.CreateDirectory(Path.Combine(_fixture.Folder, "elsewhere")).FullName;
        Directory.CreateDirectory(Target);
        Directory.CreateSymbolicLink(Path.Combine(Target, ServiceFixture.Ns.Value), elsewhere);

        (await Should.ThrowAsync<IOException>(ExportAsync)).Message.ShouldContain("is a symbolic link");

        Directory.GetFileSystemEntries(elsewhere).ShouldBeEmpty();
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private static readonly Namespace Other = Namespace.TryParse("other", out var ns) ? ns : default;

    private async Task<ImportReport> ImportAsync(ServiceFixture into, ImportTarget target) => (await new MemoryImport(into.Store, into.Time).ReadAsync(target, Target)).Value!;

    private Task<int> ExportAsync() => new MarkdownExport(_fixture.Store).WriteAsync([ServiceFixture.Ns], Target);

    private async Task<ImportReport> ImportAsync() => (await new MemoryImport(_fixture.Store, _fixture.Time).ReadAsync(ImportTarget.Only(ServiceFixture.Ns), Target)).Value!;
}
