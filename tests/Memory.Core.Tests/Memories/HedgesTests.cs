using Memory.Core.Memories;

namespace Memory.Core.Tests.Memories;

public sealed class HedgesTests
{
    [Theory]
    [InlineData("I think the dentist is on Tuesday.")]
    [InlineData("The dentist is on Tuesday, I believe")]
    [InlineData("Apparently the rent is 900 euros.")]
    [InlineData("The rent is PROBABLY 900 euros")]
    [InlineData("Not sure, but the rent is 900 euros.")]
    [InlineData("I’m not certain: the rent is 900 euros.")]
    [InlineData("If I remember correctly, the rent is 900 euros.")]
    [InlineData("As far as I know, Mara works for Opal.")]
    [InlineData("To my knowledge Mara works for Opal.")]
    [InlineData("Mara works for Opal, but I may be wrong.")]
    [InlineData("It seems that Mara works for Opal.")]
    [InlineData("It appears that Mara works for Opal.")]
    [InlineData("I think Dr. Mara works for Opal. Maybe she left?")]
    [InlineData("we suspect the pump\nmaybe the valve")]
    [InlineData("Mara works for Opal, if memory serves.")]
    [InlineData("To the best of our knowledge Mara works for \"Opal\".")]
    public void AreIn_who_leaves_room_for_being_wrong_hedges(string text) => Hedges.AreIn(text).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("The rent is 900 euros.")]
    [InlineData("Mara thinks tests matter.")]
    [InlineData("The user believes in small commits.")]
    [InlineData("The train goes as far as Ghent.")]
    [InlineData("Mara is not sure whether to move.")]
    [InlineData("The rent is around 900 euros.")]
    [InlineData("I know that the rent is 900 euros.")]
    [InlineData("The word appears in the log.")]
    [InlineData("Thinking of Mara, I sold the boat.")]
    [InlineData("I think the rent is 900 euros. It is due on the 1st.")]
    [InlineData("The rent is 900 euros. Perhaps it rises.")]
    [InlineData("Remember the milk.")]
    [InlineData("Remember right after lunch to call Mara.")]
    [InlineData("The rent is 900 euros\nThe boat is sold\nMaybe Mara moves")]
    [InlineData("the rent is 900. maybe mara moves")]
    [InlineData("Our knowledge base runs on Confluence.")]
    [InlineData("Shared memory serves as the cache.")]
    [InlineData("I believe in small commits.")]
    [InlineData("I think in Rust.")]
    [InlineData("The path could be wrong if HOME is unset.")]
    [InlineData("Mara wrote: \"I think we should move\"")]
    [InlineData("\ud83d I thin\udc00")]
    public void AreIn_who_says_it_plainly_does_not(string text) => Hedges.AreIn(text).ShouldBeFalse();

    [Theory]
    [InlineData("\n")]
    [InlineData("\n ")]
    [InlineData("maybe. ")]
    [InlineData("\"")]
    public void AreIn_of_a_text_as_long_as_may_be_takes_no_time(string piece)
    {
        var text = "maybe " + string.Concat(Enumerable.Repeat(piece, (MemoryRecord.MaxContentLength / piece.Length) - 8));
        var began = System.Diagnostics.Stopwatch.GetTimestamp();

        Hedges.AreIn(text).ShouldBeTrue();

        System.Diagnostics.Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromMilliseconds(200));
    }
}
