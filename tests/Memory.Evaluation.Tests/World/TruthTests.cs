using Memory.Evaluation.World;

namespace Memory.Evaluation.Tests.World;

public sealed class TruthTests
{
    private static readonly Topic City = new("Mira", "home city");
    private static readonly Topic Languages = new("Mira", "languages");
    private static readonly DateTimeOffset Start = SimulatedWorld.Start;

    private static readonly Truth Truth = new(new Dictionary<Topic, IReadOnlyList<Era>>
    {
        [City] = [new(Start, ["Oslo"]), new(Start.AddDays(20), ["Bergen"]), new(Start.AddDays(50), ["Lyon"])],
        [Languages] = [new(Start, ["Spanish", "Dutch"])],
    });

    [Theory]
    [InlineData("Oslo", -5, true)]
    [InlineData("Oslo", 19, true)]
    [InlineData("Oslo", 20, false)]
    [InlineData("Bergen", 19, false)]
    [InlineData("Bergen", 20, true)]
    [InlineData("Lyon", 90, true)]
    public void Holds_from_the_first_day_of_an_era_to_the_last(string city, int day, bool holds)
    {
        Truth.Holds(new Claim(City, city), Start.AddDays(day)).ShouldBe(holds);
        Truth.Holds(new Claim(City, city, Denied: true), Start.AddDays(day)).ShouldBe(!holds);
    }

    [Theory]
    [InlineData("Spanish", true)]
    [InlineData("Dutch", true)]
    [InlineData("Greek", false)]
    public void Holds_each_of_several_values(string language, bool holds) => Truth.Holds(new Claim(Languages, language), Start).ShouldBe(holds);
}
