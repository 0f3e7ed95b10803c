using Memory.Core.Memories;
using Memory.Core.Recall;
using Memory.Core.Storage;

namespace Memory.Core.Tests.Recall;

public sealed class PhrasesTests
{
    [Theory]
    [InlineData("\"force push\"")]
    [InlineData("“Force  Push”")]
    [InlineData("is \"FORCE PUSH\" allowed on main?")]
    [InlineData("\"force push\" \"not allowed\"")]
    public async Task Recall_of_words_in_quotes_gives_only_who_holds_them_as_they_stand(string query)
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("A force push to main is not allowed");
        await f.StoreAsync("Push the door with force, it is not allowed to be open");
        await f.StoreAsync("force to push");

        (await f.RecallAsync(query)).ShouldBe(["A force push to main is not allowed"]);
    }

    [Fact]
    public async Task Recall_of_words_in_quotes_that_nobody_holds_together_says_so()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The yellow crane");
        await f.StoreAsync("The yellow submarine", MemoryKind.Note);

        var result = await f.RecallAsync(new RecallRequest { Query = "\"crane yellow\" \"x y\"" });

        result.Memories.ShouldBeEmpty();
        result.Note!.ShouldContain("\"crane yellow\", \"x y\"");
        (await f.RecallAsync(new RecallRequest { Query = "\"yellow submarine\"", Filter = new() { Kinds = [MemoryKind.Fact] } })).Note!.ShouldContain("filters");
        (await f.RecallAsync(new RecallRequest { Query = "\"yellow submarine\"" })).Note.ShouldBeNull();
    }

    [Theory]
    [InlineData("harb", "The harbor is large")]
    [InlineData("arbor is", "The harbor is large")]
    [InlineData("harbor is lar", "The harbor is large")]
    [InlineData("rbo", "The harbor is large")]
    [InlineData("likeThis", "written likethis")]
    [InlineData("postgresql", "runs on PostgreSQL 16")]
    [InlineData("据库", "数据库在东京")]
    [InlineData("Mara's", "Mara's cat")]
    [InlineData("lange Straße", "Eine lange Straße")]
    [InlineData("İzmir", "Nach İzmir")]
    [InlineData("to be or not to be", "He said: to be or not to be")]
    [InlineData("her", "Over there")]
    public async Task Recall_of_a_piece_in_quotes_finds_it_whatever_words_others_hold(string phrase, string content)
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync(content);
        (await f.RecallAsync($"\"{phrase}\"")).ShouldBe([content]);

        // Others that hold the piece as a word of their own, or its words in another order.
        await f.StoreAsync("like this harb lar arbor rbo mara be her");

        (await f.RecallAsync($"\"{phrase}\"")).ShouldContain(content);
    }

    [Fact]
    public async Task Recall_of_common_words_in_quotes_finds_the_oldest_of_many_memories()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("He said: To be or not to be");
        for (var i = 0; i < 52; i++)
        {
            await f.Memories.StoreAsync(ServiceFixture.Ns, [.. Enumerable.Range(0, 100).Select(n => new NewMemory { Content = $"Crate {i * 100 + n} of the harbor" })]);
        }

        (await f.RecallAsync("\"to be or not to be\"")).ShouldBe(["He said: To be or not to be"]);
    }

    [Fact]
    public async Task Recall_of_signs_in_quotes_among_words_gives_only_who_holds_them()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("An arrow in the grammar is written ->");
        await f.StoreAsync("An arrow in the diagram is written =>");

        (await f.RecallAsync("which arrow is written \"->\"")).ShouldBe(["An arrow in the grammar is written ->"]);
    }

    [Fact]
    public async Task Recall_of_many_phrases_gives_only_who_holds_them_all()
    {
        await using var f = new ServiceFixture();
        var words = string.Join(' ', Enumerable.Range(0, 12).Select(static i => $"word{i}"));
        await f.StoreAsync(words);
        await f.StoreAsync(words.Replace("word11", "other"));

        (await f.RecallAsync(string.Join(' ', words.Split(' ').Select(static w => $"\"{w}\"")))).ShouldBe([words]);
    }

    [Fact]
    public async Task Recall_of_words_in_quotes_honours_the_filter()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The yellow crane squeaks", tags: ["a"]);
        await f.StoreAsync("The yellow crane rests", tags: ["b"]);

        (await f.RecallAsync("\"yellow crane\"", new MemoryFilter { Tags = ["b"] })).ShouldBe(["The yellow crane rests"]);
    }
}
