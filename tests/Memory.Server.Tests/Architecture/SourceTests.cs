using System.Text.RegularExpressions;

namespace Memory.Server.Tests.Architecture;

/// <summary>What the source itself must keep to.</summary>
public sealed partial class SourceTests
{
    private const int MaxLines = 300;

    private static readonly string Root = FindRoot();

    [Fact]
    public void Every_source_file_is_short() =>
        Sources().Where(static f => File.ReadLines(f).Count() > MaxLines).ShouldBeEmpty();

    [Fact]
    public void No_source_reads_the_clock_past_the_one_that_is_injected() =>
        Sources().Where(static f => MachineClock().IsMatch(File.ReadAllText(f))).ShouldBeEmpty();

    [Fact]
    public void SQL_is_written_only_in_the_SQLite_store_and_never_put_together_from_values()
    {
        Sources().Where(static f => !f.Contains("Sqlite", StringComparison.Ordinal)).Where(static f => Sql().IsMatch(File.ReadAllText(f))).ShouldBeEmpty();
        var holes = Sources().Where(static f => f.Contains("Sqlite", StringComparison.Ordinal))
            .SelectMany(static f => Hole().Matches(string.Join('\n', File.ReadLines(f).Where(static l => Sql().IsMatch(l)))).Select(static m => m.Groups[1].Value))
            .Distinct().Order(StringComparer.Ordinal);
        // Constants, the number of a migration, and the tables and columns that are listed for doctor, where SQLite takes no parameters.
        holes.ShouldBeSubsetOf([" ", "Filtered", "Rows.MemoryColumns", "RowOf", "RunColumns", "KeyColumns", "DatabaseFile.ApplicationId", "next + 1", "table", "wrong(c)"]);
    }

    [Fact]
    public void Every_test_that_the_list_of_promises_names_exists()
    {
        var classes = Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .GroupBy(static f => Path.GetFileName(f).Split('.')[0]).ToDictionary(static g => g.Key, static g => string.Join('\n', g.Select(File.ReadAllText)));
        var named = TestName().Matches(File.ReadAllText(Path.Combine(Root, "docs", "promises.md")))
            .Select(static m => (Class: m.Groups["class"].Value, Method: m.Groups["method"].Value)).ToArray();

        named.Length.ShouldBeGreaterThan(30);
        var of = "";
        foreach (var (name, method) in named)
        {
            // A method without its class is of the class named before it.
            of = name.Length > 0 ? name : of;
            classes.ShouldContainKey(of);
            if (method.Length > 0)
            {
                classes[of].ShouldContain($" {method}(", Case.Sensitive, of);
            }
        }
    }

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(static f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Memory.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder;
    }

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b|\bTask\.Delay\([^,)]*\)")]
    private static partial Regex MachineClock();

    [GeneratedRegex(@"\b(SELECT .+ FROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM|PRAGMA \w+)\b")]
    private static partial Regex Sql();

    [GeneratedRegex(@"`(?:(?<class>[A-Z]\w*(?:Tests|Contract))\.?)?(?<method>[A-Z][A-Za-z]*_\w+)?`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"\{+([^{}]+)\}+")]
    private static partial Regex Hole();
}
