using Memory.Core.Memories;
using Memory.Core.Transfer;

namespace Memory.Core.Tests.Transfer;

public sealed class FormatsTests : IAsyncDisposable
{
    private readonly ServiceFixture _fixture = new();

    [Fact]
    public async Task Reference_server_becomes_statements_that_name_whom_they_are_about()
    {
        var report = await ImportAsync("memory.json", """
            {"type":"entity","name":"Ana Costa","entityType":"person","observations":["Speaks fluent Spanish","Ana Costa prefers morning meetings"]}
            {"type":"relation","from":"Ana Costa","to":"Harbor","relationType":"works_at"}
            {"type":"entity","name":"Harbor","entityType":"project","observations":[]}
            {"type":"other"}
            nonsense
            """);

        report.Format.ShouldBe(ImportFormat.McpMemory);
        (await ActiveAsync()).ShouldBe(["Ana Costa: Speaks fluent Spanish", "Ana Costa prefers morning meetings", "Ana Costa works at Harbor.", "Harbor is of type project."], ignoreOrder: true);
        report.Rejections.Select(static r => r.Place).ShouldBe(["line 4", "line 5"]);
    }

    [Fact]
    public async Task Reference_server_names_each_observation_that_is_no_text_and_takes_the_others()
    {
        var report = await ImportAsync("memory.json", """
            {"type":"entity","name":"Ana","entityType":"person","observations":["Speaks Spanish", 7, {"text":"Plays chess"}, null, "  "]}
            {"type":"entity","name":"Ben","entityType":3,"observations":["Likes tea"]}
            {"type":"entity","name":"Cy","entityType":"person","observations":"Likes tea, cake and bread"}
            """);

        (await ActiveAsync()).ShouldBe(["Ana: Speaks Spanish", "Ben: Likes tea"], ignoreOrder: true);
        report.Rejections.Select(static r => $"{r.Place}: {r.Reason}").ShouldBe(
        [
            "line 1, observation 2: The observation is a number; a text is allowed.",
            "line 1, observation 3: The observation is an object; a text is allowed.",
            "line 1, observation 4: The observation is null; a text is allowed.",
            "line 1, observation 5: The observation is empty.",
            "line 2: entityType is a number; a text is allowed. What is said of the entity is taken without it.",
            "line 3: observations is a text; a list of texts is allowed.",
        ]);
    }

    [Theory]
    [InlineData("mem0.json", """[{"memory":"Speaks Spanish","created_at":"yesterday"},{"memory":"Likes tea","created_at":null},{"memory":"Likes cake","created_at":{}}]""", "entry 1", "entry 3")]
    [InlineData("service.json", """{"memories":[{"content":"Speaks Spanish","content_hash":"a","created_at":"yesterday"},{"content":"Likes tea","content_hash":"b","created_at":1735689600,"created_at_iso":""}]}""", "entry 1")]
    [InlineData("list.txt", "[2025-13-41] - Speaks Spanish\n[unknown] - Likes tea\n", "line 1")]
    public async Task What_has_a_time_that_is_none_is_named_with_the_time(string name, string text, params string[] places)
    {
        var report = await ImportAsync(name, text);

        report.Rejections.Select(static r => r.Place).ShouldBe(places);
        report.Rejections[0].Reason.ShouldMatch("'yesterday'; a time such as|2025-13-41");
        (await ActiveAsync()).ShouldBe(["Likes tea"]);
    }

    [Fact]
    public async Task List_keeps_what_stands_in_brackets_and_is_no_date()
    {
        await ImportAsync("memories.txt", "[v2] - The interface of Harbor changed\n[draft]\n");

        (await ActiveAsync()).ShouldBe(["[v2] - The interface of Harbor changed", "[draft]"], ignoreOrder: true);
    }

    [Fact]
    public async Task Mcp_memory_service_keeps_tags_types_and_times()
    {
        var report = await ImportAsync("export.json", """
            {"export_metadata":{"source_machine":"laptop","total_memories":2},"memories":[
              {"content":"We decided to use gRPC.","content_hash":"ab12","tags":["api","harbor"],"created_at":1735689600.5,"updated_at":1735689600.5,"memory_type":"decision","metadata":{}},
              {"content_hash":"cd34"}]}
            """);

        report.Format.ShouldBe(ImportFormat.McpMemoryService);
        report.Rejections.ShouldHaveSingleItem().Place.ShouldBe("entry 2");
        var memory = (await _fixture.Store.ReadAsync(ServiceFixture.Ns, static r => r.ChangedAfter(0, 10))).ShouldHaveSingleItem();
        (memory.Content, memory.Kind, memory.Source).ShouldBe(("We decided to use gRPC.", MemoryKind.Decision, "import:mcp-memory-service"));
        memory.Tags.ShouldBe(["api", "harbor"]);
        memory.OccurredAt.ShouldBe(new DateTimeOffset(2025, 1, 1, 0, 0, 0, 500, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("""{"results":[ITEM]}""")]
    [InlineData("""[ITEM]""")]
    [InlineData("""{"data":{"memories":[ITEM]}}""")]
    public async Task Mem0_keeps_categories_and_times_in_each_of_its_shapes(string shape)
    {
        var report = await ImportAsync("mem0.json", shape.Replace(
            "ITEM", """{"id":"3c90c3cc","memory":"Prefers tea over coffee","user_id":"ana","categories":["food"],"created_at":"2025-03-01T10:00:00-07:00","metadata":null}""", StringComparison.Ordinal));

        report.Format.ShouldBe(ImportFormat.Mem0);
        var memory = (await _fixture.Store.ReadAsync(ServiceFixture.Ns, static r => r.ChangedAfter(0, 10))).ShouldHaveSingleItem();
        memory.Content.ShouldBe("Prefers tea over coffee");
        memory.Tags.ShouldBe(["food", "user:ana"]);
        memory.OccurredAt.ShouldBe(new DateTimeOffset(2025, 3, 1, 17, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("""{"results":[{"memory":"Prefers tea"}],"relations":[ITEMS]}""")]
    [InlineData("""{"data":{"results":[{"memory":"Prefers tea"}],"relations":[ITEMS]}}""")]
    public async Task Mem0_relations_become_sentences_and_what_is_none_is_named(string shape)
    {
        var report = await ImportAsync("mem0.json", shape.Replace(
            "ITEMS", """{"source":"alex","relationship":"works_at","target":"harbor"},{"source":"alex","relationship":"likes","destination":"pizza"},{"source":"alex","relationship":"","target":"x"},"alex",null""", StringComparison.Ordinal));

        (report.Read, report.Imported).ShouldBe((6, 3));
        (await ActiveAsync()).ShouldBe(["Prefers tea", "alex works at harbor.", "alex likes pizza."], ignoreOrder: true);
        report.Rejections.Select(static r => $"{r.Place}: {r.Reason}").ShouldBe(Enumerable.Range(3, 3).Select(static i => $"relation {i}: The relation lacks source, relationship or target."));
    }

    [Fact]
    public async Task Mem0_relations_that_are_no_list_are_named()
    {
        var report = await ImportAsync("mem0.json", """{"results":[{"memory":"Prefers tea"}],"relations":{"added_entities":[[{"source":"alex","relationship":"likes","target":"pizza"}]]}}""");

        report.Rejections.ShouldHaveSingleItem().Place.ShouldBe("relation 1");
        (await ActiveAsync()).ShouldBe(["Prefers tea"]);
    }

    [Theory]
    [InlineData("mem0.json", """[{"id":"LONG","memory":"Likes tea"}]""", ImportFormat.Mem0)]
    [InlineData("service.json", """{"memories":[{"content":"LONG","tags":[]},{"content":"Likes tea","content_hash":"a"}]}""", ImportFormat.McpMemoryService)]
    [InlineData("memory.jsonl", """{"type":"entity","name":"Ana","note":"LONG","entityType":"person","observations":["Likes tea"]}""", ImportFormat.McpMemory)]
    public async Task Import_finds_the_format_behind_a_long_first_entry(string name, string text, ImportFormat format)
    {
        foreach (var length in (int[])[40_000, 70_000, 3_000_000])
        {
            (await ImportAsync(name, text.Replace("LONG", new string('x', length), StringComparison.Ordinal))).Format.ShouldBe(format);
        }
    }

    [Fact]
    public async Task Import_looks_for_the_format_in_the_first_megabytes_alone()
    {
        var path = Path.Combine(_fixture.Folder, "mem0.json");
        await File.WriteAllTextAsync(path, $$"""[{"id":"{{new string('x', 4_200_000)}}","memory":"Likes tea"}]""");

        (await Importer.ReadAsync(ImportTarget.Only(ServiceFixture.Ns), path)).Problem!.Message.ShouldContain("cannot be told from its beginning");
        (await Importer.ReadAsync(ImportTarget.Only(ServiceFixture.Ns), path, ImportFormat.Mem0)).Value!.Imported.ShouldBe(1);
    }

    [Fact]
    public async Task List_passes_over_bullets_and_rules_without_a_text()
    {
        var report = await ImportAsync("memories.txt", "- \n* \n+\n•\n1.\n2) \n- [ ]\n- ...\n***\n===\n* * *\n- Likes tea\n-\n  and cake\n- [ ] Buy bread\n- C++\n- 42\n");

        (await ActiveAsync()).ShouldBe(["Likes tea", "and cake", "[ ] Buy bread", "C++", "42"], ignoreOrder: true);
        (report.Read, report.Rejected).ShouldBe((5, 0));
    }

    [Fact]
    public async Task List_yields_a_memory_a_line()
    {
        var report = await ImportAsync("memories.txt", """
            # What I remember

            Preferences:
            - Prefers concise answers
            * Lives in Ghent,
              near the canal
            3. Has two cats
            ```
            [2025-03-01] - Works on the Harbor project
            [unknown] - Likes chess
            ```
            Speaks Dutch and French.
            """);

        report.Format.ShouldBe(ImportFormat.List);
        report.Rejections.ShouldHaveSingleItem().Place.ShouldBe("line 3");
        (await ActiveAsync()).ShouldBe(
            ["Prefers concise answers", "Lives in Ghent, near the canal", "Has two cats", "Works on the Harbor project", "Likes chess", "Speaks Dutch and French."], ignoreOrder: true);
    }

    [Fact]
    public async Task Basic_memory_yields_observations_relations_and_prose()
    {
        var folder = Path.Combine(_fixture.Folder, "notes");
        Directory.CreateDirectory(Path.Combine(folder, "design"));
        await File.WriteAllTextAsync(Path.Combine(folder, "design", "auth.md"), """
            ---
            title: Authentication Design
            type: note
            tags: [auth, backend]
            permalink: design/authentication-design
            ---

            # Authentication Design

            We want no sessions on the server.

            ## Observations
            - [decision] Use JWT for stateless authentication #security (after the review)
            - [ ] a task that stays prose

            ## Relations
            - implements [[API Security Requirements]]
            - depends_on [[User Schema]] (only until the June migration)
            - pairs with [[Chocolate]] #taste
            - see [[Lisbon]] before it is too late
            * part_of [[design/harbor|Harbor]]
            - [[Team]]

            ## Commands
            ```sh
            # Keys are made by
            - make [[keys]]
            ```
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "open.md"), "---\ntitle: Open\ntype: note\n\n- [fact] Never ended\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "bare.md"), "---\ntitle: Bare\ntype: note\nstatus: draft\n---\n# Bare\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "when.md"), "---\ntitle: When\ntype: note\ncreated: once\n---\nSaid once.\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "twice.md"), "---\ntitle: One\ntype: note\ntitle: Two\n---\nSaid of which?\n");
        File.CreateSymbolicLink(Path.Combine(folder, "link.md"), Path.Combine(folder, "bare.md"));

        var report = (await Importer.ReadAsync(ImportTarget.Only(ServiceFixture.Ns), folder)).Value!;

        report.Format.ShouldBe(ImportFormat.BasicMemory);
        var memories = await _fixture.Store.ReadAsync(ServiceFixture.Ns, static r => r.ChangedAfter(0, 10));
        memories.Select(static m => m.Content).ShouldBe(
        [
            "Authentication Design: We want no sessions on the server.",
            "Authentication Design: Use JWT for stateless authentication (after the review)",
            "Authentication Design: Observations: - [ ] a task that stays prose",
            "Authentication Design implements API Security Requirements.",
            "Authentication Design depends on User Schema (only until the June migration).",
            "Authentication Design pairs with Chocolate.",
            "Authentication Design: Relations: - see [[Lisbon]] before it is too late",
            "Authentication Design part of design/harbor.",
            "Authentication Design relates to Team.",
            "Authentication Design: Commands: ```sh\n# Keys are made by\n- make [[keys]]\n```",
        ], ignoreOrder: true);
        report.Rejections.Select(static r => r.Place).Order(StringComparer.Ordinal).ShouldBe(["bare.md", "link.md", "open.md", "twice.md", "when.md"]);
        report.Rejections.Single(static r => r.Place == "twice.md").Reason.ShouldBe("title stands twice in the front matter.");
        report.LeftOut.ShouldHaveSingleItem().Place.ShouldBe("bare.md, line 4");
        var decision = memories.Single(static m => m.Kind == MemoryKind.Decision);
        decision.Tags.ShouldBe(["auth", "backend", "decision", "security"]);
        memories.Single(static m => m.Content.EndsWith("Chocolate.", StringComparison.Ordinal)).Tags.ShouldBe(["auth", "backend", "taste"]);
    }

    [Theory]
    [InlineData("memory.jsonl", """{"type":"entity","name":"Ana","entityType":"person","observations":["Speaks Spanish"]}""")]
    [InlineData("memories.txt", "- Speaks Spanish")]
    [InlineData("mem0.json", """[{"memory":"Speaks Spanish"}]""")]
    public async Task Import_again_changes_nothing_even_when_the_memory_was_there_before_or_changed_since(string name, string text)
    {
        var before = await _fixture.StoreAsync("Speaks Spanish.");
        await ImportAsync(name, text);
        await _fixture.Memories.UpdateAsync(ServiceFixture.Ns, before.Memory.Id, new() { Content = "Speaks Spanish and Dutch." });
        var dump = await _fixture.DumpAsync();

        var again = await ImportAsync(name, text);

        (again.Imported, again.Updated, again.Rejected, again.Present).ShouldBe((0, 0, 0, 1));
        (await _fixture.DumpAsync()).ShouldBe(dump);
    }

    [Fact]
    public async Task Import_of_what_was_forgotten_here_says_so()
    {
        await ImportAsync("memories.txt", "- Likes chess");
        var id = (await _fixture.Store.ReadAsync(ServiceFixture.Ns, static r => r.ChangedAfter(0, 10)))[0].Id;
        await _fixture.Memories.ForgetAsync(ServiceFixture.Ns, [id]);

        (await ImportAsync("memories.txt", "- Likes chess")).Rejections.ShouldHaveSingleItem().Reason.ShouldContain("forgotten");
    }

    [Theory]
    [InlineData("""{"memories":[{"content":""", "is not JSON, or is nested too deep, from line 1, byte 45 on.")]
    [InlineData("", "is empty, or no regular file")]
    [InlineData("\n", "cannot be told")]
    [InlineData("""{"a":1}""", "cannot be told")]
    public async Task Import_of_what_cannot_be_read_says_why(string text, string said)
    {
        var path = Path.Combine(_fixture.Folder, "broken.json");
        await File.WriteAllTextAsync(path, text + (text.Contains("content", StringComparison.Ordinal) ? "\"x\",\"content_hash\":1" : ""));

        (await Importer.ReadAsync(ImportTarget.Only(ServiceFixture.Ns), path)).Problem!.Message.ShouldContain(said);
    }

    [Theory]
    [InlineData("export.jsonl", "garbage {")]
    [InlineData("EXPORT.JSON", "# a comment\n{}")]
    [InlineData("texts.json", """["Likes tea", "Likes cake"]""")]
    [InlineData("Coffee.md", "---\ntitle: Coffee\n---\n- Pour over takes four minutes\n")]
    [InlineData("Coffee.md", "---\r\ntitle: Coffee\r\n---\r\n- Pour over takes four minutes\r\n")]
    public async Task Import_of_broken_json_or_one_note_takes_it_for_no_list(string name, string text)
    {
        var path = Path.Combine(_fixture.Folder, name);
        await File.WriteAllTextAsync(path, text);

        (await Importer.ReadAsync(ImportTarget.Only(ServiceFixture.Ns), path)).Problem!.Message.ShouldContain("cannot be told from its beginning");
        (await ActiveAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_of_a_path_that_is_not_there_says_so() =>
        (await Importer.ReadAsync(ImportTarget.Only(ServiceFixture.Ns), Path.Combine(_fixture.Folder, "missing.jsonl"))).Problem!.Code.ShouldBe(ProblemCode.NotFound);

    [Fact]
    public async Task Tags_that_are_too_long_or_too_many_are_named_and_the_rest_is_taken()
    {
        var tags = string.Join(",", Enumerable.Range(1, MemoryRecord.MaxTags + 2).Select(static n => $"\"tag{n}\""));
        var report = await ImportAsync("mem0.json", $$"""[{"memory":"Likes tea","categories":["{{new string('x', MemoryRecord.MaxTagLength + 1)}}",{{tags}}]},{"memory":"Likes cake","categories":["food"]}]""");

        report.Imported.ShouldBe(2);
        report.LeftOut.Select(static r => r.Place).ShouldBe(["entry 1", "entry 1", "entry 1"]);
        report.LeftOut.Select(static r => r.Reason).ShouldBe(
        [
            $"The tag '{new string('x', 40)}' is left out: it has {MemoryRecord.MaxTagLength + 1} characters, and {MemoryRecord.MaxTagLength} are allowed. The rest is taken.",
            $"The tag 'tag{MemoryRecord.MaxTags + 1}' is left out: {MemoryRecord.MaxTags} tags of a memory are allowed. The rest is taken.",
            $"The tag 'tag{MemoryRecord.MaxTags + 2}' is left out: {MemoryRecord.MaxTags} tags of a memory are allowed. The rest is taken.",
        ]);
    }

    [Fact]
    public async Task Import_of_a_format_without_namespaces_takes_none_by_its_name()
    {
        var path = Path.Combine(_fixture.Folder, "list.txt");
        await File.WriteAllTextAsync(path, "- Tea is at four.\n");
        Namespace.TryParse("other", out var other).ShouldBeTrue();

        (await Importer.ReadAsync(ImportTarget.Renamed(other, ServiceFixture.Ns), path)).Problem!.Message.ShouldContain("names no namespaces");
        (await Importer.ReadAsync(ImportTarget.Each(ServiceFixture.Ns), path)).Value!.Imported.ShouldBe(1);
        (await Importer.ReadAsync(ImportTarget.Only(ServiceFixture.Ns), _fixture.Folder, ImportFormat.List)).Problem!.Message.ShouldContain("is a folder");
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private MemoryImport Importer => new(_fixture.Store, _fixture.Time);

    private async Task<ImportReport> ImportAsync(string name, string text)
    {
        var path = Path.Combine(_fixture.Folder, name);
        await File.WriteAllTextAsync(path, text);
        var outcome = await Importer.ReadAsync(ImportTarget.Only(ServiceFixture.Ns), path);
        return outcome.Succeeded ? outcome.Value : throw new InvalidOperationException(outcome.Problem.Message);
    }

    private Task<string[]> ActiveAsync() => _fixture.InStateAsync(MemoryState.Active);
}
