using Memory.Server.Tests.Faults;

namespace Memory.Server.Tests.Commands;

/// <summary>What consolidation decides about the memories of the demo, by the real executable with the shipped model: all of it, and nothing else.</summary>
public sealed class DemoDecisionsTests
{
    private const string Database = "Harbor uses PostgreSQL 16 as its production database since the cutover on 2026-10-30.";
    private const string Deploy = "Deploy Harbor with `make release`, then watch the error rate for ten minutes.";
    private const string Food = "Mara is vegetarian and avoids coriander.";
    private const string Friday = "Never deploy Harbor on a Friday afternoon.";
    private const string Format = "Run `dotnet format` before every commit to Harbor.";
    private const string Reviews = "Mara prefers small code reviews: fewer than 300 changed lines, with the reason in the first sentence.";
    private const string Trip = "Mara's next trip to Lisbon is on 2026-12-03.";

    private static readonly string[] Merges =
    [
        Told("merged_into", "Mara prefers small code reviews: fewer than 300 changed lines, with the reason in first sentence", Reviews),
        Told("merged_into", "MARA prefers small code reviews — fewer than 300 changed lines, with the reason in the first sentence", Reviews),
        Told("merged_into", "Deploy Harbor with `make release`, then watch error rate for ten minutes", Deploy),
        Told("merged_into", "Never deploy Harbor on Friday afternoon", Friday),
        Told("merged_into", "Mara's next trip (to Lisbon) is on 2026-12-03.", Trip),
        Told("merged_into", Trip, "Mara flies to Lisbon on 2026-12-03 for the DevLisboa conference and returns on 2026-12-06."),
        Told("merged_into", "Mara is  vegetarian, and avoids coriander", Food),
        Told("merged_into", "Harbor uses PostgreSQL 16 as its production database, since the cutover on 2026-10-30", Database),
        Told("merged_into", "Ｒｕｎ `dotnet format` before every commit to the Harbor.", Format),
    ];

    private static readonly string[] Contradictions =
    [
        Told("superseded_by", "The office day of the Harbor team is Tuesday.", "The office day of the Harbor team is Thursday since November."),
        Told("superseded_by", "Harbor's tests pass with version 10.0.301 of the .NET SDK.", "Harbor's tests pass with version 10.0.401 of the .NET SDK."),
        Told("superseded_by", "Henrik lives in Leuven.", "Henrik moved to Antwerp."),
        Told("contested", "The nightly job that purges old parcels of Harbor runs at 02:30 UTC.", "The nightly job that purges old parcels of Harbor runs at 03:30 UTC."),
        Told("contested", "The public tracking page of Harbor sets cookies.", "The public tracking page of Harbor sets no cookies."),
    ];

    [Fact]
    public async Task Consolidate_memories_of_the_demo_merges_supersedes_and_contests_what_it_should_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var lines = await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "data", "demo", "memories.jsonl"));
        await using (var server = await ServerProcess.ServeAsync(folder.File("memory.db")))
        {
            await server.CallAsync("store", $$"""{"memories":[{{string.Join(',', lines)}}]}""");
            await server.CallAsync("consolidate", "{}");
        }

        using var copy = new DatabaseCopy(folder.File("memory.db"));
        Decisions(copy).ShouldBe([.. Merges, .. Contradictions], ignoreOrder: true);
    }

    [Fact]
    public async Task Demo_shows_its_headings_whole()
    {
        var shown = await CommandFixture.RunPlainAsync("demo");

        shown.Code.ShouldBe(0, shown.Stderr);
        var headings = shown.Stdout.Split('\n').Where(static l => l.StartsWith("── ", StringComparison.Ordinal)).ToArray();
        headings.Length.ShouldBe(7);
        headings.ShouldAllBe(static h => !h.Contains('…', StringComparison.Ordinal));
    }

    private static List<string> Decisions(DatabaseCopy copy) => copy.Query(
        """
        SELECT l.kind, a.content, b.content FROM links l JOIN memories a ON a.row = from_memory JOIN memories b ON b.row = to_memory
        UNION ALL SELECT p.kind, min(a.content, b.content), max(a.content, b.content) FROM pair_marks p JOIN memories a ON a.row = first JOIN memories b ON b.row = second
        """,
        static r => Told(r.GetString(0), r.GetString(1), r.GetString(2)));

    private static string Told(string kind, string one, string other) => $"{kind}: {one} | {other}";
}
