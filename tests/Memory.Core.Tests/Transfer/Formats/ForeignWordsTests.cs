using Memory.Core.Transfer.Formats;

namespace Memory.Core.Tests.Transfer.Formats;

public sealed class ForeignWordsTests
{
    [Theory]
    [InlineData("Plans an annual trip to Japan", "Ann", false)]
    [InlineData("Married in May", "Ed", false)]
    [InlineData("Is allergic to cats", "Al", false)]
    [InlineData("Compiles quickly", "C", false)]
    [InlineData("C# compiles quickly", "C", false)]
    [InlineData("Goes well with steak", "Tea", false)]
    [InlineData("Said that she will come", "Will", false)]
    [InlineData("Ann-Marie is her sister", "Ann", false)]
    [InlineData("Annika and Ann like tea", "Ann", true)]
    [InlineData("Ann's cat is called Tom", "Ann", true)]
    [InlineData("Likes (Ann) tea", "Ann", true)]
    [InlineData("Ann- she likes tea", "Ann", true)]
    [InlineData("ANN likes tea", "Ann", true)]
    [InlineData("Harbor is late", "harbor", true)]
    [InlineData("We write C++.", "C++", true)]
    [InlineData("Likes tea", " ", false)]
    public void Names_finds_a_name_only_as_words_of_its_own(string statement, string thing, bool named) => ForeignWords.Names(statement, thing).ShouldBe(named);
}
