using Memory.Core.Consolidation.Pairs;
using static Memory.Core.Tests.Consolidation.Pairs.Statements;

namespace Memory.Core.Tests.Consolidation.Pairs;

public sealed class ParticipantsTests
{
    [Theory]
    [InlineData("I pay my brother for the garage.", "My brother pays me for the garage.", true)]
    [InlineData("We send the client the files.", "The client sends us the files.", true)]
    [InlineData("The landlord pays the tenant for heating.", "The tenant pays the landlord for heating.", true)]
    [InlineData("I pay my brother for the garage.", "For the garage I pay my brother.", false)]
    [InlineData("The deploy starts at noon on Fridays.", "On Fridays the deploy starts at noon.", false)]
    [InlineData("The tenant is paid by the landlord.", "The landlord pays the tenant.", false)]
    [InlineData("I like tea.", "My brother pays me.", false)]
    public void Differ_the_same_words_have_other_parts_tells(string one, string other, bool differ)
    {
        Participants.Differ(Read(one), Read(other)).ShouldBe(differ);
        Participants.Differ(Read(other), Read(one)).ShouldBe(differ);
    }
}
