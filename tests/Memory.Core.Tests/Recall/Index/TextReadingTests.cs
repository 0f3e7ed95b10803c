using CsCheck;
using Memory.Core.Recall.Index;

namespace Memory.Core.Tests.Recall.Index;

public sealed class TextReadingTests
{
    [Fact]
    public void Finish_of_many_texts_gives_what_reading_each_at_once_gives() =>
        Gen.OneOf(Gen.String[0, 40], Gen.Const("Do you like Mara's maxTokens?"), Gen.Const(new string('a', 70_000) + " tea")).Array[0, 12].Sample(static texts =>
        {
            var (one, other) = (Read(texts, isLong: false), Read(texts, isLong: true));
            other.Texts.ShouldBe(one.Texts);
            other.Words.ShouldBe(one.Words);
            other.Vocabulary.ShouldBe(one.Vocabulary);
        }, iter: 200);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Finish_tells_where_the_words_of_each_text_are_how_many_it_has_and_whether_somebody_speaks(bool isLong)
    {
        var (texts, words, vocabulary) = Read(["The harbor opens", "", "You like tea", "Tea?"], isLong);

        texts.ShouldBe([new TextWords(0, 2, 3, false), new TextWords(2, 0, 0, false), new TextWords(2, 2, 3, true), new TextWords(4, 1, 1, true)]);
        words.Select(w => vocabulary[w]).ShouldBe(["harbor", "opens", "like", "tea", "tea"]);
    }

    [Fact]
    public void Add_of_more_than_may_wait_waits_and_loses_nothing()
    {
        var long40 = Enumerable.Range(0, 40).Select(static n => $"{new string((char)('a' + (n % 26)), 40)} {n} " + new string('.', 60_000)).ToArray();

        var (texts, words, _) = Read(long40, isLong: true);

        texts.Select(static t => (int)t.WordCount).ShouldBe(Enumerable.Repeat(2, 40));
        words.Length.ShouldBe(80);
    }

    private static (TextWords[] Texts, int[] Words, string[] Vocabulary) Read(string[] texts, bool isLong)
    {
        var (vocabulary, words) = (new Vocabulary(), new List<int>());
        using var reading = new TextReading(vocabulary, words, isLong);
        foreach (var text in texts)
        {
            reading.Add(text);
        }

        return (reading.Finish().ToArray(), [.. words], [.. Enumerable.Range(0, vocabulary.Count).Select(vocabulary.TextOf)]);
    }
}
