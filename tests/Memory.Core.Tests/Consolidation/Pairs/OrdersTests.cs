using Memory.Core.Consolidation.Pairs;
using static Memory.Core.Tests.Consolidation.Pairs.Statements;

namespace Memory.Core.Tests.Consolidation.Pairs;

public sealed class OrdersTests
{
    [Theory]
    [InlineData("Rotate the Samos keys.", "The Samos keys were rotated.", true)]
    [InlineData("Please add Mabel to the repo.", "Mabel has been added to the repo.", true)]
    [InlineData("Send Theodora the invoice.", "Theodora sent the invoice.", true)]
    [InlineData("Indent code with four spaces.", "Code is indented with four spaces.", false)]
    [InlineData("Rotate the Samos keys.", "Somebody must rotate the Samos keys.", false)]
    [InlineData("Yield of the glebe: 31 tonnes.", "The glebe yielded 31 tonnes.", false)]
    [InlineData("The keys are rotated.", "The keys were rotated.", false)]
    public void Differ_one_asks_for_what_the_other_tells_as_done_tells(string one, string other, bool differ)
    {
        Orders.Differ(Read(one), Read(other)).ShouldBe(differ);
        Orders.Differ(Read(other), Read(one)).ShouldBe(differ);
    }
}
