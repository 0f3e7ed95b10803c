using Memory.Evaluation.World;

namespace Memory.Evaluation.Tests.World;

public sealed class CalibrationTests
{
    [Fact]
    public void Brier_is_the_mean_square_of_the_distance() =>
        // (0.8 - 1)^2 = 0.04, (0.6 - 0)^2 = 0.36, (0.5 - 1)^2 = 0.25.
        Calibration.Brier([new(0.8, true), new(0.6, false), new(0.5, true)]).ShouldBe(0.65 / 3, 1e-12);

    [Fact]
    public void Brier_is_zero_for_certainties_that_came_true_and_one_for_those_that_did_not()
    {
        Calibration.Brier([new(1, true), new(0, false)]).ShouldBe(0);
        Calibration.Brier([new(1, false), new(0, true)]).ShouldBe(1);
    }

    [Fact]
    public void ExpectedError_weighs_the_distance_of_each_bin_by_its_size() =>
        // Bin 0.8: mean 0.85, two of four true, distance 0.35. Bin 0.3: mean 0.3, none of one true, distance 0.3.
        Calibration.ExpectedError([new(0.8, true), new(0.9 - 1e-9, true), new(0.85, false), new(0.85, false), new(0.3, false)])
            .ShouldBe((0.35 * 4 / 5) + (0.3 * 1 / 5), 1e-6);

    [Fact]
    public void ExpectedError_lets_distances_within_a_bin_cancel_out() =>
        Calibration.ExpectedError([new(0.75, true), new(0.75, true), new(0.75, true), new(0.75, false)]).ShouldBe(0);

    [Fact]
    public void Reliability_puts_certainty_into_the_last_bin_and_names_no_empty_one() =>
        Calibration.Reliability([new(1, true), new(0.95, false), new(0, false)]).Select(static b => (b.Bin, b.Count, b.ShareTrue)).ShouldBe([(0, 1, 0), (9, 2, 0.5)]);

    [Fact]
    public void Nothing_told_is_nothing_wrong()
    {
        Calibration.Brier([]).ShouldBe(0);
        Calibration.ExpectedError([]).ShouldBe(0);
    }
}
