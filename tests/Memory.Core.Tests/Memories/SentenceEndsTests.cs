using CsCheck;
using Memory.Core.Memories;
using Memory.Core.Tests.Recall.Packing;

namespace Memory.Core.Tests.Memories;

public sealed class SentenceEndsTests
{
    [Theory]
    [InlineData("One. Two! Three?", "One.| Two!| Three?|")]
    [InlineData("Is it? \"Yes.\" He left.", "Is it?| \"Yes.\"| He left.|")]
    [InlineData("Really?! Wait... What", "Really?!| Wait...| What")]
    [InlineData("港口七点开门。九点关门！好", "港口七点开门。|九点关门！|好")]
    [InlineData("「はい。」そして", "「はい。」|そして")]
    [InlineData("It costs 3.5 euros at example.com today. Fine", "It costs 3.5 euros at example.com today.| Fine")]
    [InlineData("Dr. Reyes met J. Smith, e.g. on Monday. Good", "Dr. Reyes met J. Smith, e.g. on Monday.| Good")]
    [InlineData("Use the .NET SDK. Then run.", "Use the .NET SDK.| Then run.|")]
    [InlineData("1. Stop it\n2. Start it. Done", "1. Stop it\n2. Start it.| Done")]
    [InlineData("Heading\n\nText\ngoes on. End", "Heading|\n\nText\ngoes on.| End")]
    [InlineData("No Smith vs. Jones yet. Later", "No Smith vs. Jones yet.| Later")]
    [InlineData("In 2025. Then", "In 2025.| Then")]
    [InlineData("यह घर है। वह पेड़ है।", "यह घर है।| वह पेड़ है।|")]
    [InlineData("no end at all", "no end at all")]
    [InlineData("", "")]
    public void Of_text_finds_the_ends_of_sentences_and_no_others(string text, string marked) => Marked(text).ShouldBe(marked);

    [Fact]
    public void Of_any_text_yields_rising_places_inside_it_and_never_splits_a_pair() => AnyText.Texts.Sample(static text =>
    {
        var ends = SentenceEnds.Of(text);
        ends.ShouldBe(ends.Distinct().Order());
        ends.ShouldAllBe(end => end > 0 && end <= text.Length && (end == text.Length || !char.IsSurrogatePair(text[end - 1], text[end])));
    });

    private static string Marked(string text)
    {
        foreach (var end in Enumerable.Reverse(SentenceEnds.Of(text)))
        {
            text = text.Insert(end, "|");
        }

        return text;
    }
}
