using Memory.Core.Memories;

namespace Memory.Core.Tests.Memories;

public sealed class LetterCaseTests
{
    [Theory]
    [InlineData("Run tar -C to unpack.", "Run tar -c to unpack.", true)]
    [InlineData("Format the time with %m.", "Format the time with %M.", true)]
    [InlineData("The variable is PATH_X.", "The variable is path_x.", true)]
    [InlineData("Call getUserId first.", "Call getUserID first.", true)]
    [InlineData("The plant gives 5 MW.", "The plant gives 5 mW.", true)]
    [InlineData("The team in IT signs the form.", "The team in it signs the form.", true)]
    [InlineData("The code is on GitHub.", "the code is on github", false)]
    [InlineData("The code is on Github.", "The code is on GitHub.", false)]
    [InlineData("The disk has 5 GB.", "the disk has 5 gb", false)]
    [InlineData("HEPATITIS IS RULED OUT.", "Hepatitis is ruled out.", false)]
    [InlineData("We use MySQL.", "We use MySql.", false)]
    [InlineData("The team in IT signs the form and is happy with it.", "The team in IT signs the form, with it.", false)]
    public void Differs_a_word_is_another_in_another_case_tells(string one, string other, bool differs)
    {
        LetterCase.Differs(one, other).ShouldBe(differs);
        LetterCase.Differs(other, one).ShouldBe(differs);
    }
}
