using CsCheck;
using Memory.Core.Memories;
using Memory.Core.Recall;

namespace Memory.Core.Tests.Recall;

public sealed class ActivationTests
{
    private static readonly DateTimeOffset Now = ServiceFixture.Start;

    [Fact]
    public void BaseLevel_of_one_use_is_exact() =>
        Activation.BaseLevel(Now.AddDays(-10), default, Now).ShouldBe(-0.5 * Math.Log(TimeSpan.FromDays(10).TotalSeconds), 1e-6);

    [Fact]
    public void BaseLevel_is_near_the_exact_sum_for_evenly_spread_uses() => Gen.Select(Gen.Int[1, 60], Gen.Int[1, 300]).Sample(static (uses, days) =>
    {
        // Uses at equal distances, the last one an hour ago: what the approximation assumes, but for rounding at its ends.
        var created = Now.AddDays(-days);
        var last = Now.AddHours(-1);
        var exact = Math.Log(Enumerable.Range(0, uses + 1)
            .Select(i => created + ((last - created) * ((double)i / uses)))
            .Sum(at => Math.Pow((Now - at).TotalSeconds, -0.5)));

        Activation.BaseLevel(created, new RecallUse(uses, last), Now).ShouldBe(exact, 0.75);
    });

    [Fact]
    public void BaseLevel_grows_with_uses_and_falls_with_time()
    {
        var created = Now.AddDays(-100);
        var few = Activation.BaseLevel(created, new RecallUse(1, Now.AddDays(-10)), Now);
        var many = Activation.BaseLevel(created, new RecallUse(20, Now.AddDays(-10)), Now);
        var recent = Activation.BaseLevel(created, new RecallUse(20, Now.AddHours(-1)), Now);
        var later = Activation.BaseLevel(created, new RecallUse(20, Now.AddHours(-1)), Now.AddDays(200));

        many.ShouldBeGreaterThan(few);
        recent.ShouldBeGreaterThan(many);
        later.ShouldBeLessThan(recent);
    }

    [Fact]
    public void BaseLevel_is_finite_at_the_very_moment_and_when_clocks_disagree()
    {
        double.IsFinite(Activation.BaseLevel(Now, default, Now)).ShouldBeTrue();
        double.IsFinite(Activation.BaseLevel(Now.AddHours(1), new RecallUse(3, Now.AddHours(2)), Now)).ShouldBeTrue();
    }
}
