using Memory.Core.Recall;

namespace Memory.Core.Tests.Recall;

public sealed class QueryTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("no quotes", "")]
    [InlineData("\"two words\"", "two words")]
    [InlineData("who said “force push” and \"no\"?", "force push|no")]
    [InlineData("\"open", "")]
    [InlineData("\"\" \"!\" \"a\" \" ab \"", "a|ab")]
    [InlineData("\"数据\"", "数据")]
    [InlineData("„zwei Wörter“ und „drei”", "zwei Wörter|drei")]
    [InlineData("«deux mots» et »zwei«", "deux mots|zwei")]
    [InlineData("「東京」と『京都』", "東京|京都")]
    [InlineData("a 24\" screen and a 27\" one", "")]
    [InlineData("a 24\" screen called \"Big 27\"", "Big 27")]
    [InlineData("what does \"->\" mean", "->")]
    [InlineData("File » Open \"recent files\"", "recent files")]
    [InlineData("\"ab\" \"ab\"", "ab")]
    public void Phrases_are_what_stands_between_two_quotes_and_says_something(string query, string phrases) =>
        QueryText.Phrases(query).ShouldBe(phrases.Split('|', StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData(" * ", "*")]
    [InlineData("\" * \"", "*")]
    [InlineData("“*”", "*")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("\"\"\"", "\"")]
    [InlineData("\" \"", "\" \"")]
    [InlineData("\"*", "\"*")]
    public void WithoutQuotes_leaves_what_stands_within_when_there_is_anything(string query, string text) => QueryText.WithoutQuotes(query).ShouldBe(text);

    [Fact]
    public void Phrases_are_all_however_many() =>
        QueryText.Phrases(string.Concat(Enumerable.Range(0, 20).Select(static i => $"\"word{i}\" "))).Count.ShouldBe(20);

    [Fact]
    public void Unquoted_leaves_the_words() => QueryText.Unquoted("«deux» \"two\" „zwei“").ShouldBe(" deux   two   zwei ");

    [Theory]
    [InlineData("", false)]
    [InlineData("what is it?", false)]
    [InlineData("?! *", false)]
    [InlineData("📦🚀", false)]
    [InlineData("\ud83d", false)]
    [InlineData("what is Harbor?", true)]
    [InlineData("库", true)]
    [InlineData("42", true)]
    [InlineData("📦 box", true)]
    public void HasSubject_tells_whether_there_is_a_word_to_search_for(string query, bool has) => QueryText.HasSubject(query).ShouldBe(has);
}
