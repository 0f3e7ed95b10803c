namespace Memory.Evaluation.Tests;

public sealed class BaselineFileTests
{
    [Fact]
    public async Task ReadAsync_reads_what_WriteAsync_wrote()
    {
        using var folder = new TemporaryFolder();
        await BaselineFile.WriteAsync(folder.File("baseline.json"), 0.61234, CancellationToken.None);

        (await BaselineFile.ReadAsync(folder.File("baseline.json"), CancellationToken.None)).ShouldBe(0.6123);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"recall_at_10":"high"}""")]
    public async Task ReadAsync_refuses_anything_else(string content)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("baseline.json"), content);

        await Should.ThrowAsync<InvalidDataException>(() => BaselineFile.ReadAsync(folder.File("baseline.json"), CancellationToken.None));
    }

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(0.481, true)]
    [InlineData(0.479, false)]
    public void Compare_lets_recall_fall_by_the_tolerance_and_no_more(double found, bool kept) =>
        BaselineFile.Compare(committed: 0.5, found).Kept.ShouldBe(kept);
}
