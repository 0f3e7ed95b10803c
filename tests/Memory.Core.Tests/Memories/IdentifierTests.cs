using CsCheck;
using Memory.Core.Memories;

namespace Memory.Core.Tests.Memories;

public sealed class IdentifierTests
{
    [Fact]
    public void MemoryId_new_has_its_form_and_parses_back() => Gen.Int.Sample(static seed =>
    {
        var id = MemoryId.New(new Random(seed));
        id.Value.Length.ShouldBe(MemoryId.Length);
        MemoryId.TryParse(id.Value.ToUpperInvariant(), out var parsed).ShouldBeTrue();
        parsed.ShouldBe(id);
    });

    [Fact]
    public void MemoryId_new_ones_differ()
    {
        var random = new Random(1);
        Enumerable.Range(0, 10_000).Select(_ => MemoryId.New(random)).Distinct().Count().ShouldBe(10_000);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("7k3m9x2q4wz")]
    [InlineData("7k3m9x2q4wztt")]
    [InlineData("7k3m9x2q4wzi")]
    [InlineData("7k3m9x2q4wz'")]
    [InlineData("7k3m9x2q4wé0")]
    public void MemoryId_of_another_form_is_refused(string? text) => MemoryId.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("default")]
    [InlineData("team-7.harbor_x")]
    [InlineData("0")]
    public void Namespace_within_the_rules_parses(string text)
    {
        Namespace.TryParse(text, out var ns).ShouldBeTrue();
        ns.Value.ShouldBe(text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Team")]
    [InlineData("-x")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("é")]
    [InlineData("a%")]
    public void Namespace_outside_the_rules_is_refused(string? text) => Namespace.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Namespace_length_is_bounded()
    {
        Namespace.TryParse(new string('a', 64), out _).ShouldBeTrue();
        Namespace.TryParse(new string('a', 65), out _).ShouldBeFalse();
    }

    [Fact]
    public void RunId_names_its_start_and_parses_back()
    {
        var id = RunId.New(new DateTimeOffset(2026, 11, 24, 3, 0, 0, TimeSpan.Zero), new Random(1));

        id.Value.ShouldStartWith("20261124-030000-");
        RunId.TryParse(id.Value, out var parsed).ShouldBeTrue();
        parsed.ShouldBe(id);
        RunId.TryParse("20261324-030000-abcdef", out _).ShouldBeFalse();
        RunId.TryParse("x", out _).ShouldBeFalse();
        RunId.TryParse(null, out _).ShouldBeFalse();
    }

    [Fact]
    public void Names_of_every_value_parse_back()
    {
        foreach (var kind in Enum.GetValues<MemoryKind>())
        {
            Names.ParseKind(Names.Of(kind)).ShouldBe(kind);
        }

        foreach (var state in Enum.GetValues<MemoryState>())
        {
            Names.ParseState(Names.Of(state)).ShouldBe(state);
        }

        foreach (var scope in Enum.GetValues<RunScope>())
        {
            Names.ParseScope(Names.Of(scope)).ShouldBe(scope);
        }
    }
}
