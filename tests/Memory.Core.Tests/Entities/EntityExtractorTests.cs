using Memory.Core.Entities;

namespace Memory.Core.Tests.Entities;

/// <summary>Each row is a text and the entities in it, as 'Kind:name' with '|' between them.</summary>
public sealed class EntityExtractorTests
{
    [Theory]
    [InlineData("we met Ana Costa in Lisbon", "Name:Ana Costa|Name:Lisbon")]
    [InlineData("Mara: Hey Lin! Come in!", "Name:Mara|Name:Lin")]
    [InlineData("Mara is vegetarian.", "Name:Mara")]
    [InlineData("I called Mara's sister.", "Name:Mara")]
    [InlineData("the plan is James’s, not Ana's", "Name:James|Name:Ana")]
    [InlineData("that was James' idea", "Name:James")]
    [InlineData("she works at the Bank of America", "Name:Bank of America")]
    [InlineData("read The Lord of the Rings", "Name:Lord of the Rings")]
    [InlineData("played Ludwig van Beethoven all day", "Name:Ludwig van Beethoven")]
    [InlineData("a book by J. K. Rowling.", "Name:J. K. Rowling")]
    [InlineData("saw Dr. Smith yesterday", "Name:Smith")]
    [InlineData("Dr. Smith called.", "Name:Smith")]
    [InlineData("with Jean-Luc O'Brien", "Name:Jean-Luc O'Brien")]
    [InlineData("moved to Zürich and Ålesund", "Name:Zürich|Name:Ålesund")]
    [InlineData("Will came; then I met Will", "Name:Will")]
    [InlineData("Remember that Henrik pays.", "Name:Henrik")]
    [InlineData("Thanks Omar", "Name:Omar")]
    [InlineData("NASA and the EU agreed", "Name:NASA|Name:EU")]
    [InlineData("I told May about it", "Name:May")]
    [InlineData("Ana met Bob. Bob left Ana.", "Name:Ana|Name:Bob")]
    [InlineData("ask ANA or ana or Ana", "Name:ANA")]
    [InlineData("Emily and Fred agreed", "Name:Emily|Name:Fred")]
    [InlineData("met John McDonald", "Name:John McDonald")]
    [InlineData("Plan B. Deploy it", "")]
    [InlineData("- Mara likes tea\n- Henrik likes beer", "Name:Mara|Name:Henrik")]
    public void Extract_names_finds_them(string text, string expected) => Describe(text).ShouldBe(expected);

    [Theory]
    [InlineData("call getUserName first", "Identifier:getUserName")]
    [InlineData("the RecallResult record", "Identifier:RecallResult")]
    [InlineData("JavaScript is slow", "Identifier:JavaScript")]
    [InlineData("set max_tokens to 5", "Identifier:max_tokens")]
    [InlineData("export MEMORY_DB please", "Identifier:MEMORY_DB")]
    [InlineData("use gpt-4o and all-minilm-l6-v2", "Identifier:gpt-4o|Identifier:all-minilm-l6-v2")]
    [InlineData("namespace System.Text.Json here", "Identifier:System.Text.Json")]
    [InlineData("it calls os.path.join", "Identifier:os.path.join")]
    [InlineData("then save() and store.flush() run", "Identifier:save()|Identifier:store.flush()")]
    [InlineData("prefer std::vector", "Identifier:std::vector")]
    [InlineData("written in C# and C++", "Identifier:C#|Identifier:C++")]
    [InlineData("the .NET runtime", "Identifier:.NET")]
    [InlineData("commit 3fa9c2e broke k8s", "Identifier:3fa9c2e|Identifier:k8s")]
    [InlineData("install @types/node or ask @ana", "Identifier:@types/node|Identifier:@ana")]
    [InlineData("see /etc/hosts and ~/notes/a.md", "Path:/etc/hosts|Path:~/notes/a.md")]
    [InlineData("open C:\\temp\\log.txt now", "Path:C:\\temp\\log.txt")]
    [InlineData("edit src/Core/Entity.cs, then ./build.sh", "Path:src/Core/Entity.cs|Path:./build.sh")]
    [InlineData("read README.md and .gitignore.", "Path:README.md|Path:.gitignore")]
    [InlineData("see https://example.com/a_(b)?q=1.", "Url:https://example.com/a_(b)?q=1")]
    [InlineData("(see http://localhost:8080/x)", "Url:http://localhost:8080/x")]
    [InlineData("hosted on example.com", "Url:example.com")]
    [InlineData("write to ana.costa@example.co.uk!", "Email:ana.costa@example.co.uk")]
    [InlineData("upgrade v1.2.3 to 2.0", "Version:v1.2.3|Version:2.0")]
    [InlineData("targets net10.0 and 1.0.0-beta.2", "Version:net10.0|Version:1.0.0-beta.2")]
    [InlineData("fix ABC-123 and PROJ2-7", "IssueKey:ABC-123|IssueKey:PROJ2-7")]
    [InlineData("the label \"do not ship\" is red", "Quote:do not ship")]
    [InlineData("say 'blue door' twice", "Quote:blue door")]
    [InlineData("he wrote “blue door” there", "Quote:blue door")]
    [InlineData("run `dotnet test` and `src/a.cs`", "Quote:dotnet test|Path:src/a.cs")]
    public void Extract_things_of_code_and_quotations_finds_them(string text, string expected) => Describe(text).ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("   \n ")]
    [InlineData("The dog likes tea.")]
    [InlineData("Use the blue door. Never the red one!")]
    [InlineData("Working late is bad. Quickly done. Tired today.")]
    [InlineData("They've left. It’ll rain; Haven't you?")]
    [InlineData("Reminds me of tea. Creativity helps. Wonderful!")]
    [InlineData("I think I'm late, and I don't care")]
    [InlineData("on Monday in January")]
    [InlineData("in May 2023, on 8 May")]
    [InlineData("May 8th was fine")]
    [InlineData("and/or, he/she, km/h, 24/7, 1/2")]
    [InlineData("e.g. a well-known state-of-the-art thing, i.e. this")]
    [InlineData("at 5 a.m. or 3 p.m.")]
    [InlineData("2.5 hours, $2.50, 99.9% and 1.5 kg")]
    [InlineData("on 8.5.2023 and 2023-05-08")]
    [InlineData("a 3-day trip, mid-2022, top-10, 20-year-old")]
    [InlineData("the 1990s, 5th, 8pm, Q3")]
    [InlineData("don't, can't, the dogs' and cats' food")]
    [InlineData("\"This was a very long sentence that somebody said aloud.\"")]
    [InlineData("THIS IS VERY BIG NEWS")]
    [InlineData("it is done.Then we left")]
    [InlineData("数据库 お茶 😀")]
    [InlineData("\uD83D \uDE00")]
    [InlineData("()()(((''''\"\"\"\"``")]
    public void Extract_plain_words_finds_nothing(string text) => Describe(text).ShouldBeEmpty();

    [Fact]
    public void Extract_tags_are_entities_after_those_of_the_text() =>
        Describe("Ana ships", "release", "ana", "Home Lab").ShouldBe("Name:Ana|Tag:release|Tag:Home Lab");

    [Fact]
    public void Extract_more_than_the_bound_keeps_the_first_and_every_tag()
    {
        var text = string.Join(", ", Enumerable.Range(0, 100).Select(static i => $"name_{i}"));

        var found = EntityExtractor.Extract(text, ["home", "work"]);

        found.Count.ShouldBe(EntityExtractor.MaxEntities);
        found[0].Name.ShouldBe("name_0");
        found.Skip(30).Select(static e => e.Name).ShouldBe(["home", "work"]);
    }

    [Theory]
    [InlineData("Ana's", "ana")]
    [InlineData("CAFÉ", "cafe\u0301")]
    [InlineData("save()", "save")]
    [InlineData("Ｍａｒａ", "mara")]
    [InlineData("Bank  of America", "bank of america")]
    [InlineData("ΟΔΟΣ", "οδος")]
    public void Key_of_two_spellings_is_the_same(string one, string other) => EntityKey.Of(one).ShouldBe(EntityKey.Of(other));

    [Theory]
    [InlineData("C#", "C")]
    [InlineData("C++", "C")]
    [InlineData("v1.2", "v12")]
    public void Key_of_two_things_differs(string one, string other) => EntityKey.Of(one).ShouldNotBe(EntityKey.Of(other));

    private static string Describe(string text, params string[] tags) =>
        string.Join('|', EntityExtractor.Extract(text, tags).Select(static e => $"{e.Kind}:{e.Name}"));
}
