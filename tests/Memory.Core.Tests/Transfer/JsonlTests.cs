using System.Text;
using System.Text.RegularExpressions;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Transfer;
using Memory.Core.Transfer.Jsonl;

namespace Memory.Core.Tests.Transfer;

public sealed class JsonlTests
{
    private static readonly EmbeddingSource Embeddings = new(StaticEmbedder.DefaultPath);

    [Fact]
    public async Task Export_imported_into_an_empty_store_exports_the_same_bytes()
    {
        await using var fixture = new ServiceFixture();
        await FillAsync(fixture);
        var exported = await ExportAsync(fixture);

        await using var other = new ServiceFixture(seed: 2);
        var report = await ImportAsync(other, exported);

        report.Rejections.ShouldBeEmpty();
        report.Imported.ShouldBeGreaterThan(5);
        Lines(await ExportAsync(other)).ShouldBe(Lines(exported));
        foreach (var part in new[] { "\"memory\":", "\"link\":", "\"mark\":", "\"run\":", "\"journal\":", "\"recalled\":", "\"state\":\"forgotten\"", "\"statement\":" })
        {
            exported.ShouldContain(part);
        }
    }

    [Fact]
    public async Task Imported_run_can_be_undone_and_memories_are_found_by_meaning()
    {
        await using var fixture = new ServiceFixture();
        await fixture.StoreAsync("The deploy is on Friday.");
        await fixture.StoreAsync("Deploy is on Friday!", MemoryKind.Fact, source: "user");
        var run = (await fixture.ConsolidateAsync()).Run!.Value;
        var before = await fixture.DumpAsync();

        await using var other = new ServiceFixture(seed: 2);
        await ImportAsync(other, await ExportAsync(fixture));

        (await other.DumpAsync()).ShouldBe(before);
        (await other.RecallAsync("release at the end of the week")).ShouldContain("The deploy is on Friday.");
        (await other.Consolidator.UndoAsync(ServiceFixture.Ns, run)).Value!.Refused.ShouldBeEmpty();
        (await other.InStateAsync(MemoryState.Active)).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Import_twice_changes_nothing_the_second_time()
    {
        await using var fixture = new ServiceFixture();
        await FillAsync(fixture);
        var exported = await ExportAsync(fixture);
        await using var other = new ServiceFixture(seed: 2);
        await ImportAsync(other, exported);

        var again = await ImportAsync(other, exported);

        (again.Imported, again.Updated, again.Rejected).ShouldBe((0, 0, 0));
        Lines(await ExportAsync(other)).ShouldBe(Lines(exported));
    }

    [Fact]
    public async Task Import_of_any_beginning_then_of_all_is_the_import_of_all()
    {
        await using var fixture = new ServiceFixture();
        await FillAsync(fixture);
        var exported = await ExportAsync(fixture);
        var lines = Lines(exported);
        for (var cut = 0; cut <= lines.Length; cut += 3)
        {
            await using var other = new ServiceFixture(seed: 2);
            await ImportAsync(other, string.Join('\n', lines.Take(cut)) + (cut < lines.Length ? "\n" + lines[cut][..(lines[cut].Length / 2)] : ""));

            await ImportAsync(other, exported);

            Lines(await ExportAsync(other)).ShouldBe(lines, $"interrupted at line {cut}");
        }
    }

    [Fact]
    public async Task Import_names_each_line_it_cannot_take_and_takes_the_others()
    {
        await using var fixture = new ServiceFixture();
        const string Good = """{"namespace":"default","memory":{"id":"aaaaaaaaaaa1","content":"Good.","kind":"fact","importance":0.5,"source":"user","state":"active","confidence":0.8,"confidence_at":"2026-01-01T00:00:00+00:00","created_at":"2026-01-01T00:00:00+00:00","updated_at":"2026-01-01T00:00:00+00:00","evidence":[{"kind":"asserted","source":"user","at":"2026-01-01T00:00:00+00:00"}]}}""";
        string[] bad =
        [
            "not json", "[]", "null", "{}", """{"namespace":"../x","memory":null}""", """{"namespace":"default"}""", """{"namespace":"default","memoryy":{}}""",
            Good.Replace("aaaaaaaaaaa1", "../../etc/pw", StringComparison.Ordinal), Good.Replace("\"fact\"", "\"lie\"", StringComparison.Ordinal), Good.Replace("\"fact\"", "3", StringComparison.Ordinal),
            Good.Replace("Good.", "", StringComparison.Ordinal), Good.Replace("0.8", "8", StringComparison.Ordinal), Good.Replace("0.8", "\"NaN\"", StringComparison.Ordinal), Good.Replace("0.5", "-1", StringComparison.Ordinal),
            Good.Replace("2026-01-01T", "yesterday", StringComparison.Ordinal), Good.Replace("Good.", new string('x', 40_000), StringComparison.Ordinal),
            Good.Replace("\"state\"", "\"tags\":[null],\"state\"", StringComparison.Ordinal), Good.Replace("\"state\"", "\"evidence\":[null],\"state\"", StringComparison.Ordinal),
            Good.Replace("\"state\"", "\"source\":\"twice\",\"state\"", StringComparison.Ordinal), Good.Replace("\"active\"", "\"forgotten\"", StringComparison.Ordinal),
            Good.Replace("{\"id\"", string.Concat(Enumerable.Repeat("{\"a\":", 200)), StringComparison.Ordinal),
            """{"namespace":"default","link":{"from":"aaaaaaaaaaa2","to":"aaaaaaaaaaa1","kind":"merged_into","at":"2026-01-01T00:00:00+00:00"}}""",
            """{"namespace":"default","link":{"from":"aaaaaaaaaaa1","to":"aaaaaaaaaaa1","kind":"superseded_by","at":"2026-01-01T00:00:00+00:00"}}""",
            """{"namespace":"default","mark":{"first":"aaaaaaaaaaa1","second":"aaaaaaaaaaa9","kind":"duplicate","at":"2026-01-01T00:00:00+00:00"}}""",
            """{"namespace":"default","journal":{"run":"20260101-000000-aaaaaa","unit":1,"memory":"aaaaaaaaaaa1","before":{},"after":{},"reason":"x"}}""",
        ];
        var file = new List<byte>(Encoding.UTF8.GetBytes(Good + "\n" + string.Join('\n', bad) + "\n"));
        file.AddRange([(byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
        file.AddRange(Encoding.UTF8.GetBytes("\n" + Good.Replace("aaaaaaaaaaa1", "aaaaaaaaaaa3", StringComparison.Ordinal)));
        var path = Path.Combine(fixture.Folder, "bad.jsonl");
        await File.WriteAllBytesAsync(path, file.ToArray(), TestContext.Current.CancellationToken);
        var told = new List<Rejection>();

        var report = (await Importer(fixture).ReadAsync(ImportTarget.Each(ServiceFixture.Ns), path, ImportFormat.Jsonl, rejected: told.Add)).Value!;

        report.Imported.ShouldBe(2);
        report.Rejected.ShouldBe(bad.Length + 1);
        told.Count.ShouldBe(report.Rejected);
        told.Select(static r => r.Place).Order().ShouldBe(Enumerable.Range(2, bad.Length + 1).Select(static n => $"line {n}").Order());
        told.ShouldAllBe(static r => r.Reason.Length > 10 && r.Reason.Length < 600);
        string[] ofThisProgram = ["System.", "Memory.Core", "deserializ", ".NET", "BytePosition", "Path: $", "could not be converted", "TransferLine", "MemoryLine"];
        told.ShouldAllBe(r => !ofThisProgram.Any(word => r.Reason.Contains(word, StringComparison.OrdinalIgnoreCase)));
        (await fixture.Store.HealthAsync()).Damage.ShouldBeNull();
    }

    [Theory]
    [InlineData("not json", "The line is not JSON from byte 2 on.")]
    [InlineData("""{"namespace":"default",""", "The line is not JSON from byte 23 on.")]
    [InlineData("[]", "The line is a list; an object is allowed.")]
    [InlineData("null", "The line is null; an object is allowed.")]
    [InlineData("""{"namespace":"default","memoryy":{}}""", "memoryy is not known here; format, version, namespace, memory, link, mark, run, journal are allowed.")]
    [InlineData("""{"namespace":"default","memory":{"id":"aaaaaaaaaaa1","id":"aaaaaaaaaaa1"}}""", "memory.id stands twice.")]
    [InlineData("""{"namespace":"default","memory":{"id":7}}""", "memory.id is '7'; a text is allowed.")]
    [InlineData("""{"namespace":"default","memory":{"id":null}}""", "memory.id is null.")]
    [InlineData("""{"namespace":"default","memory":{"id":"aaaaaaaaaaa1"}}""", "memory.content is missing.")]
    [InlineData("""{"namespace":"default","memory":{"kind":"lie"}}""", "memory.kind is 'lie'; one of fact, preference, decision, procedure, event, note is allowed.")]
    [InlineData("""{"namespace":"default","memory":{"confidence":"NaN"}}""", "memory.confidence is 'NaN'; a number is allowed.")]
    [InlineData("""{"namespace":"default","memory":{"created_at":"yesterday"}}""", "memory.created_at is 'yesterday'; a time such as 2026-05-31T18:00:00Z is allowed.")]
    [InlineData("""{"namespace":"default","memory":{"evidence":[{"kind":"asserted","source":"user","session":null,"at":5}]}}""", "memory.evidence[0].at is '5'; a time such as 2026-05-31T18:00:00Z is allowed.")]
    [InlineData("""{"namespace":"default","memory":{"recalled":{"count":"x"}}}""", "memory.recalled.count is 'x'; a whole number below 2,147,483,648 is allowed.")]
    [InlineData("""{"namespace":"default","memory":{"content":"\ud800"}}""", "A text of the line is no Unicode: half of a surrogate pair stands in it.")]
    [InlineData("""{"namespace":"default","journal":{"unit":99999999999}}""", "journal.unit is '99999999999'; a whole number below 2,147,483,648 is allowed.")]
    [InlineData("""{"version":"1"}""", "version is '1'; a whole number below 2,147,483,648 is allowed.")]
    [InlineData("DEEP", "The line is nested deeper than 64 levels.")]
    public async Task Import_says_in_words_which_member_is_wrong_and_what_is_allowed(string line, string reason)
    {
        await using var fixture = new ServiceFixture();

        var report = await ImportAsync(fixture, line.Replace("DEEP", string.Concat(Enumerable.Repeat("""{"memory":""", 100_000)), StringComparison.Ordinal));

        report.Rejections.ShouldHaveSingleItem().Reason.ShouldBe(reason);
    }

    [Fact]
    public async Task Import_of_links_in_a_circle_takes_the_first_and_refuses_what_would_close_it()
    {
        await using var fixture = new ServiceFixture();
        static string Memory(string id) => $$$"""{"namespace":"default","memory":{"id":"{{{id}}}","content":"Says {{{id}}}.","kind":"fact","importance":0.5,"source":"user","state":"merged","confidence":0.8,"confidence_at":"2026-01-01T00:00:00+00:00","created_at":"2026-01-01T00:00:00+00:00","updated_at":"2026-01-01T00:00:00+00:00"}}""";
        static string Link(string from, string to) => $$$"""{"namespace":"default","link":{"from":"{{{from}}}","to":"{{{to}}}","kind":"merged_into","at":"2026-01-01T00:00:00+00:00"}}""";

        var report = await ImportAsync(fixture, string.Join('\n',
            Memory("aaaaaaaaaaa1"), Memory("aaaaaaaaaaa2"), Memory("aaaaaaaaaaa3"), Link("aaaaaaaaaaa1", "aaaaaaaaaaa2"), Link("aaaaaaaaaaa2", "aaaaaaaaaaa3"), Link("aaaaaaaaaaa3", "aaaaaaaaaaa1")));

        report.Rejections.Select(static r => r.Place).ShouldBe(["line 6", "line 3"]);
        report.Rejections[0].Reason.ShouldContain("would replace itself");
        (await fixture.StoreAsync("Says aaaaaaaaaaa1.")).IsNew.ShouldBeTrue();
    }

    [Fact]
    public async Task Import_takes_what_is_not_whole_and_tells_it_until_it_is()
    {
        await using var fixture = new ServiceFixture();
        await FillAsync(fixture);
        string[] whole = Lines(await ExportAsync(fixture));
        var cut = Array.FindIndex(whole, static l => l.Contains("\"link\":", StringComparison.Ordinal));
        var without = whole.Take(cut).Select(static l => Regex.Replace(l, ",\"evidence\":\\[.*?\\]", "")).ToArray();
        await using var other = new ServiceFixture(seed: 2);

        for (var time = 1; time <= 2; time++)
        {
            var report = await ImportAsync(other, string.Join('\n', without));

            (report.Imported > 0).ShouldBe(time == 1);
            var lacking = without.Index().Where(static l => Regex.IsMatch(l.Item, "\"state\":\"(active|merged|superseded)\"")).ToArray();
            lacking.Length.ShouldBeGreaterThan(5);
            report.Rejections.Select(static r => r.Place).ShouldBe(lacking.Select(static l => $"line {l.Index + 1}"), ignoreOrder: true);
            report.Rejections.ShouldAllBe(static r => r.Reason.StartsWith("The memory is taken, but is not whole: it ", StringComparison.Ordinal));
            (await other.Store.ExamineAsync(repair: false)).Select(static f => f.Check).ShouldBe(["lineage", "evidence"], ignoreOrder: true);
        }

        // The links apply when they come; a memory that is there stays as it is, and the evidence that it does not get is told.
        (await ImportAsync(other, string.Join('\n', whole))).Rejections.ShouldAllBe(static r => r.Reason.Contains("rows of evidence are not in the store", StringComparison.Ordinal));
        (await other.Store.ExamineAsync(repair: false)).ShouldHaveSingleItem().Check.ShouldBe("evidence");
    }

    [Fact]
    public async Task Import_that_tells_nothing_leaves_a_store_in_which_the_doctor_finds_nothing()
    {
        await using var fixture = new ServiceFixture();
        await FillAsync(fixture);
        var exported = await ExportAsync(fixture);
        await using var other = new ServiceFixture(seed: 2);

        (await ImportAsync(other, exported)).Rejections.ShouldBeEmpty();

        (await other.Store.ExamineAsync(repair: false)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_of_another_text_under_an_id_that_is_taken_says_so()
    {
        await using var fixture = new ServiceFixture();
        await fixture.StoreAsync("The door is green.");
        var exported = await ExportAsync(fixture);

        var report = await ImportAsync(fixture, exported.Replace("green", "blue", StringComparison.Ordinal));

        report.Rejections.ShouldHaveSingleItem().Reason.ShouldContain("says something else");
        (await fixture.InStateAsync(MemoryState.Active)).ShouldBe(["The door is green."]);
    }

    [Fact]
    public async Task Import_never_crosses_a_namespace_nor_brings_back_what_was_forgotten()
    {
        await using var fixture = new ServiceFixture();
        var stored = await fixture.StoreAsync("The vault code is on paper.");
        var exported = await ExportAsync(fixture);

        var elsewhere = await ImportAsync(fixture, exported.Replace("\"namespace\":\"default\"", "\"namespace\":\"other\"", StringComparison.Ordinal));
        await fixture.Memories.ForgetAsync(ServiceFixture.Ns, [stored.Memory.Id]);
        var back = await ImportAsync(fixture, exported);

        elsewhere.Rejections.ShouldHaveSingleItem().Reason.ShouldContain("another namespace");
        back.Present.ShouldBe(1);
        (await fixture.InStateAsync(MemoryState.Active)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_writes_the_namespace_it_is_given_and_names_lines_of_others()
    {
        await using var fixture = new ServiceFixture();
        await FillAsync(fixture);
        var exported = await ExportAsync(fixture);
        await using var other = new ServiceFixture(seed: 2);

        var report = await ImportAsync(other, exported, ImportTarget.Only(Other));

        report.Imported.ShouldBe(1);
        (await other.Store.NamespacesAsync()).ShouldBe([Other]);
        report.Rejected.ShouldBe(report.Read - 1);
        report.Rejections.ShouldAllBe(static r => r.Reason.Contains("of namespace 'default'", StringComparison.Ordinal) && r.Reason.Contains("--all", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Import_of_one_namespace_into_another_name_holds_the_same()
    {
        await using var fixture = new ServiceFixture();
        await FillAsync(fixture);
        var exported = await ExportAsync(fixture);
        await using var other = new ServiceFixture(seed: 2);

        var report = await ImportAsync(other, exported, ImportTarget.Renamed(ServiceFixture.Ns, Other));

        report.Rejections.ShouldHaveSingleItem().Reason.ShouldContain("only what is of 'default' is taken");
        Lines(await ExportAsync(other)).ShouldBe(Lines(exported)
            .Where(static l => !l.StartsWith("{\"namespace\":\"other\"", StringComparison.Ordinal)).Select(static l => l.Replace("\"namespace\":\"default\"", "\"namespace\":\"other\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Import_screens_every_text()
    {
        await using var fixture = new ServiceFixture();
        await fixture.StoreAsync("PLACEHOLDER of a key.");
        var exported = (await ExportAsync(fixture)).Replace("PLACEHOLDER", "ghp_16C7e42F292c6912E7710c838347Ae178B4a\\u001b[31m\\u202e", StringComparison.Ordinal);
        await using var other = new ServiceFixture(seed: 2);

        var report = await ImportAsync(other, exported);

        report.Screened.ShouldBe(1);
        (await other.InStateAsync(MemoryState.Active)).ShouldBe(["[redacted: GitHub token] of a key."]);
    }

    [Fact]
    public async Task Import_of_a_newer_format_is_refused_as_a_whole()
    {
        await using var fixture = new ServiceFixture();
        var path = Path.Combine(fixture.Folder, "newer.jsonl");
        await File.WriteAllTextAsync(path, """{"format":"memory-server","version":99}""", TestContext.Current.CancellationToken);

        (await Importer(fixture).ReadAsync(ImportTarget.Each(ServiceFixture.Ns), path)).Problem!.Message.ShouldContain("version 99");
    }

    private static async Task FillAsync(ServiceFixture fixture)
    {
        await fixture.StoreAsync("Ana moved the deploy to Friday.", MemoryKind.Decision, "user", "monday", tags: ["release", "ana"], importance: 0.9, occurredAt: ServiceFixture.Start.AddDays(-3));
        await fixture.StoreAsync("ana moved the deploy to friday", source: "document:plan");
        await fixture.StoreAsync("Harbor uses PostgreSQL 16.");
        await fixture.StoreAsync("Harbor uses the PostgreSQL 16");
        await fixture.StoreAsync("日本語のメモ \"quoted\" \\ and\nlines <&>'");
        var color = await fixture.StoreAsync("The door is green.");
        fixture.Time.Advance(TimeSpan.FromHours(1));
        await fixture.Memories.UpdateAsync(ServiceFixture.Ns, color.Memory.Id, new MemoryChange { Content = "The door is blue." });
        var gone = await fixture.StoreAsync("Nobody shall know this.");
        await fixture.Memories.ForgetAsync(ServiceFixture.Ns, [gone.Memory.Id]);
        var judged = await fixture.StoreAsync("The harbor office opens at nine.");
        await fixture.Memories.FeedbackAsync(ServiceFixture.Ns, judged.Memory.Id, new Feedback(true, Note: "seen on the door"));
        var (one, two) = (await fixture.StoreAsync("Tea is at four."), await fixture.StoreAsync("Tea is served in the garden."));
        await fixture.Memories.FeedbackOnPairAsync(ServiceFixture.Ns, one.Memory.Id, two.Memory.Id, PairMarkKind.NotDuplicate);
        await fixture.RecallAsync("tea");
        fixture.Time.Advance(TimeSpan.FromHours(1));
        await fixture.ConsolidateAsync();
        var undone = (await fixture.ConsolidateAsync()).Run!.Value;
        await fixture.Consolidator.UndoAsync(ServiceFixture.Ns, undone);
        await fixture.StoreAsync("Another namespace has this.", ns: Other);
        // Writes down what was recalled.
        await fixture.ReopenAsync();
    }

    private static readonly Namespace Other = Namespace.TryParse("other", out var ns) ? ns : default;

    internal static async Task<string> ExportAsync(ServiceFixture fixture)
    {
        using var stream = new MemoryStream();
        await new JsonlExport(fixture.Store).WriteAsync(await fixture.Store.NamespacesAsync(), stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    internal static async Task<ImportReport> ImportAsync(ServiceFixture fixture, string text, ImportTarget? target = null)
    {
        var path = Path.Combine(fixture.Folder, $"{Guid.NewGuid():N}.jsonl");
        await File.WriteAllTextAsync(path, text);
        var outcome = await Importer(fixture).ReadAsync(target ?? ImportTarget.Each(ServiceFixture.Ns), path, ImportFormat.Jsonl);
        return outcome.Succeeded ? outcome.Value : throw new InvalidOperationException(outcome.Problem.Message);
    }

    private static MemoryImport Importer(ServiceFixture fixture) => new(fixture.Store, fixture.Time, embeddings: Embeddings);

    private static string[] Lines(string text) => text.TrimEnd('\n').Split('\n');
}
