namespace Memory.Server.Tests.Faults;

/// <summary>Who sets no bound of tokens does not pay for counting them.</summary>
public sealed class VocabularyTests
{
    [Fact]
    public async Task Recall_loads_the_tokenizer_only_for_a_bound_of_tokens()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells the files that a process has mapped by its file system.");
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.ServeAsync(folder.File("memory.db"));
        await server.StoreAsync("The mast is white.");
        await server.CallAsync("recall", """{"query":"mast"}""");
        await server.CallAsync("recall", """{"query":"mast","explain":true,"limit":50}""");
        Maps(server).ShouldNotContain("Tokenizers");

        await server.CallAsync("recall", """{"query":"mast","max_tokens":40}""");

        Maps(server).ShouldContain("Microsoft.ML.Tokenizers.dll");
        Maps(server).ShouldNotContain("Protobuf");
    }

    private static string Maps(ServerProcess server) => File.ReadAllText($"/proc/{server.Id}/maps");
}
