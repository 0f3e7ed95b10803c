using Memory.Core.Memories;

namespace Memory.Core.Tests.Memories;

public sealed class SharpSTests
{
    [Theory]
    [InlineData("Trink in Maßen.", "Trink in Massen.", true)]
    [InlineData("Die Buße ist hoch, die Straße lang.", "Die Busse ist hoch, die Straße lang.", true)]
    [InlineData("Die Straße ist lang.", "DIE STRASSE IST LANG.", false)]
    [InlineData("Die Straße ist lang.", "Die STRAẞE ist lang.", false)]
    [InlineData("Die Klasse ist klein.", "die klasse ist klein", false)]
    [InlineData("Wasser und Straße", "WASSER UND STRASSE", false)]
    public void Differ_only_where_an_ss_of_lower_case_stands_for_the_sharp_s(string one, string other, bool differ)
    {
        SharpS.Differ(one, other).ShouldBe(differ);
        SharpS.Differ(other, one).ShouldBe(differ);
    }
}
