using Memory.Core.Consolidation.Pairs;
using static Memory.Core.Tests.Consolidation.Pairs.Statements;

namespace Memory.Core.Tests.Consolidation.Pairs;

public sealed class PermissionsTests
{
    [Theory]
    [InlineData("Yuri may use the company car for work trips.", "Yuri may use the company car.", true)]
    [InlineData("Refunds are possible within 14 days.", "Refunds are possible.", true)]
    [InlineData("Delete the backups older than 30 days.", "Delete the backups.", true)]
    [InlineData("Call Reinout in emergencies.", "Call Reinout.", true)]
    [InlineData("Yuri drives the company car on Mondays.", "Yuri drives the company car.", false)]
    [InlineData("Yuri may use the company car and the van.", "Yuri may use the company car.", false)]
    [InlineData("Yuri may use the company car.", "Yuri may use the company car for work trips.", false)]
    public void Narrow_what_is_allowed_or_asked_for_is_narrower_tells(string one, string other, bool differ)
    {
        Permissions.Narrow(Read(one), Read(other)).ShouldBe(differ);
    }
}
