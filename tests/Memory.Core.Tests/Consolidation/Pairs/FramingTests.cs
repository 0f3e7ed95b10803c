using Memory.Core.Consolidation.Pairs;
using static Memory.Core.Tests.Consolidation.Pairs.Statements;

namespace Memory.Core.Tests.Consolidation.Pairs;

public sealed class FramingTests
{
    [Theory]
    [InlineData("The council rejects that the bridge is safe.", "The bridge is safe.", true)]
    [InlineData("For example, the guest has the role admin.", "The guest has the role admin.", true)]
    [InlineData("Noor decided to study medicine.", "Noor studies medicine.", true)]
    [InlineData("Wim is tired of using Jira.", "Wim uses Jira.", true)]
    [InlineData("The lid of the blue teapot is broken.", "The blue teapot is broken.", true)]
    [InlineData("Most of the Vigo tests are flaky.", "The Vigo tests are flaky.", true)]
    [InlineData("Tine should stretch after every run.", "Tine stretches after every run.", true)]
    [InlineData("Dieter is saving for a camper van.", "Dieter has a camper van.", true)]
    [InlineData("In spring the garden is watered daily.", "The garden is watered daily.", false)]
    [InlineData("The breed of Old Henry is a border collie.", "Old Henry is a border collie.", false)]
    [InlineData("Tone of the weekly digest: solemn", "The weekly digest is solemn.", false)]
    [InlineData("The user wants documents written in German.", "Documents are written in German.", false)]
    [InlineData("I think the server is hosted in Malmö.", "The server is hosted in Malmö.", false)]
    [InlineData("Wen lives in Oslo with two cats.", "Wen lives in Oslo.", false)]
    [InlineData("Wen is living in Oslo.", "Wen lives in Oslo.", false)]
    [InlineData("The boiler is red. The lid of the boiler is blue.", "The boiler is red.", false)]
    public void Differs_one_says_the_other_in_a_frame_tells(string one, string other, bool differ)
    {
        Framing.Differs(Read(one), Read(other)).ShouldBe(differ);
        Framing.Differs(Read(other), Read(one)).ShouldBe(differ);
    }
}
