using Memory.Core.Consolidation.Pairs;
using static Memory.Core.Tests.Consolidation.Pairs.Statements;

namespace Memory.Core.Tests.Consolidation.Pairs;

public sealed class BothCanBeTests
{
    [Theory]
    [InlineData("Ottoline takes ibuprofen when her back hurts.", "Ottoline takes ibuprofen when her head hurts.", true)]
    [InlineData("Fee's summer tyres are in the shed.", "Fee's winter tyres are in the shed.", true)]
    [InlineData("The mnora server has 16 GB of memory.", "The pqora server has 16 GB of memory.", true)]
    [InlineData("The billing server runs Debian.", "The mail server runs Debian.", true)]
    [InlineData("The porter keeps the key.", "The doorman keeps the key.", false)]
    [InlineData("Bartel has an account at the savings bank.", "Bartel has an account at the post bank.", true)]
    [InlineData("Mona owns a car.", "Mona owns a bike.", true)]
    [InlineData("When ordering, the user wants mild food.", "When ordering, the user wants hot food.", false)]
    [InlineData("The car of Mona is red.", "The car of Mona is blue.", false)]
    [InlineData("The porter has the key.", "The doorman has the key.", false)]
    [InlineData("Mona has 2 cars.", "Mona has 3 cars.", false)]
    [InlineData("Mona drives a car.", "Mona drives a bike.", false)]
    [InlineData("Ana Silva leads the team.", "Ana Souza leads the team.", false)]
    [InlineData("Mona owns a car.", "Mona no longer owns a bike.", false)]
    public void Are_by_where_the_one_place_is_tells(string one, string other, bool both)
    {
        BothCanBe.Are(Read(one), Read(other)).ShouldBe(both);
        BothCanBe.Are(Read(other), Read(one)).ShouldBe(both);
    }
}
