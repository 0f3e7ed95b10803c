using Memory.Core.Recall.Index;
using Memory.Core.Storage;

namespace Memory.Core.Tests.Recall.Index;

public sealed class VocabularyTests
{
    private readonly Vocabulary _vocabulary = new();

    [Fact]
    public void Add_numbers_words_from_0_and_knows_them_again()
    {
        _vocabulary.Add("harbor").ShouldBe(0);
        _vocabulary.Add("reviews").ShouldBe(1);
        _vocabulary.Add("harbor").ShouldBe(0);

        _vocabulary.Count.ShouldBe(2);
        _vocabulary.Find("reviews").ShouldBe(1);
        _vocabulary.Find("review").ShouldBe(-1);
        _vocabulary.TextOf(1).ShouldBe("reviews");
    }

    [Fact]
    public void Add_gives_the_forms_of_a_word_one_term()
    {
        var one = _vocabulary.TermOf(_vocabulary.Add("reviews"));

        _vocabulary.TermOf(_vocabulary.Add("reviewing")).ShouldBe(one);
        _vocabulary.TermOf(_vocabulary.Add("harbor")).ShouldNotBe(one);
        _vocabulary.FindTerm("review").ShouldBe(one);
        _vocabulary.FindTerm("reviews").ShouldBe(-1);
    }

    [Theory]
    [InlineData("the", true, false)]
    [InlineData("what", true, false)]
    [InlineData("you", true, true)]
    [InlineData("mine", false, false)]
    [InlineData("yours", false, true)]
    [InlineData("not", false, false)]
    [InlineData("never", false, false)]
    [InlineData("harbor", false, false)]
    public void Add_tells_words_that_say_nothing_and_words_of_a_conversation(string word, bool isStop, bool isSecondPerson)
    {
        var number = _vocabulary.Add(word);

        _vocabulary.IsStop(number).ShouldBe(isStop);
        _vocabulary.IsSecondPerson(number).ShouldBe(isSecondPerson);
        LexicalQuery.IsStopWord(word).ShouldBe(isStop);
    }
}
