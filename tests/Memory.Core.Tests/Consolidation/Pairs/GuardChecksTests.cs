using Memory.Core.Consolidation.Pairs;

namespace Memory.Core.Tests.Consolidation.Pairs;

public sealed class GuardChecksTests
{
    private static readonly IReadOnlyList<GuardCheck<int>> Checks =
    [
        new("even", static n => n % 2 == 0, Yields: true),
        new("by three", static n => n % 3 == 0),
        new("by five", static n => n % 5 == 0, Yields: true),
        new("by seven", static n => n % 7 == 0),
    ];

    [Theory]
    [InlineData(11, null, true, true)]
    [InlineData(2, "even", false, true)]
    [InlineData(10, "even", false, true)]
    [InlineData(15, "by three", false, false)]
    [InlineData(6, "even", false, false)]
    [InlineData(14, "even", false, false)]
    [InlineData(21, "by three", false, false)]
    [InlineData(35, "by five", false, false)]
    public void Ask_what_yields_gives_way_unless_something_else_is_final(int number, string? first, bool allows, bool allowsWhenSure)
    {
        var found = Checks.Ask(number);

        found.Allows(isSure: false).ShouldBe(allows);
        found.Allows(isSure: true).ShouldBe(allowsWhenSure);
        (found.First == GuardChecks.None ? null : Checks[found.First].Reason).ShouldBe(first);
        Checks.FirstReason(number).ShouldBe(first);
    }
}
