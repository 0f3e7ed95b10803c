using Memory.Core.Memories;

namespace Memory.Core.Tests.Transfer.Formats;

public sealed class TextListReaderTests : IAsyncDisposable
{
    private readonly ServiceFixture _fixture = new();

    [Fact]
    public async Task Import_takes_or_tells_every_line_but_headings_fences_and_rules()
    {
        var report = await _fixture.ImportAsync("list.txt", """
            # Memories
            ###
            ---
            ```text
            #1 priority of Mara is her family
            **Coffee preference:** she drinks **espresso**
            **Mara lives in Ghent**
            - **Mara has a cat**
            --- Mara's sister is called Ann
            User's rule: answer in metric units:
            - She said:
            She packs
              tea, cups and:
              a kettle
            ```
            """);

        (await _fixture.InStateAsync(MemoryState.Active)).ShouldBe(
        [
            "#1 priority of Mara is her family", "**Coffee preference:** she drinks **espresso**", "**Mara has a cat**", "--- Mara's sister is called Ann", "She said:",
            "She packs tea, cups and: a kettle",
        ], ignoreOrder: true);
        report.Rejections.Select(static r => $"{r.Place}: {r.Reason}").ShouldBe(
        [
            "line 7: The line is bold as a whole and may be a heading; it is not taken. If it is to be remembered, put '- ' before it.",
            "line 10: The line ends in a colon and may be a heading; it is not taken. If it is to be remembered, put '- ' before it.",
        ]);
        report.Read.ShouldBe(8);
    }

    [Theory]
    [InlineData("1. [2025-05-02]. User likes green tea.", "User likes green tea.")]
    [InlineData("2. [2025-05-02]: User has a dog", "User has a dog")]
    [InlineData("[2025-05-02] - User has a dog", "User has a dog")]
    [InlineData("[2025-05-02] — User has a dog", "User has a dog")]
    [InlineData("[2025-05-02]-User has a dog", "User has a dog")]
    [InlineData("[2025-05-02]. .NET is what the user writes", ".NET is what the user writes")]
    [InlineData("[2025-05-02] -5 degrees in the morning", "-5 degrees in the morning")]
    public async Task Import_takes_the_sign_after_a_date_off(string line, string content)
    {
        var report = await _fixture.ImportAsync("list.txt", line + "\n");

        report.Rejections.ShouldBeEmpty();
        var memory = (await _fixture.Store.ReadAsync(ServiceFixture.Ns, static r => r.ChangedAfter(0, 10))).ShouldHaveSingleItem();
        (memory.Content, memory.OccurredAt).ShouldBe((content, new DateTimeOffset(2025, 5, 2, 0, 0, 0, TimeSpan.Zero)));
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();
}
