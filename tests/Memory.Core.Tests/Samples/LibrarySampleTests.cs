namespace Memory.Core.Tests.Samples;

public sealed class LibrarySampleTests
{
    [Fact]
    public async Task Sample_does_what_its_page_says()
    {
        using var folder = new TemporaryFolder();

        (await LibrarySample.RunAsync(folder.File("memory.db"))).ShouldStartWith("Mara is vegetarian. (0.9");
    }

    [Fact]
    public void Page_shows_the_sample_as_it_is()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Memory.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        var source = File.ReadAllText(Path.Combine(root.FullName, "tests", "Memory.Core.Tests", "Samples", "LibrarySample.cs")).ReplaceLineEndings("\n");
        var sample = source[(source.IndexOf("// <sample>", StringComparison.Ordinal) + 12)..source.IndexOf("// </sample>", StringComparison.Ordinal)].Trim();

        File.ReadAllText(Path.Combine(root.FullName, "docs", "library.md")).ReplaceLineEndings("\n").ShouldContain(sample);
    }
}
