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
    public void Phrases_are_8_at_most() =>
        QueryText.Phrases(string.Concat(Enumerable.Repeat("\"ab\" ", 20))).Count.ShouldBe(8);

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
