using CsCheck;
using Memory.Core.Recall.Ranking;

namespace Memory.Core.Tests.Recall.Ranking;

public sealed class EditDistanceTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("harbor", "harbor", 0)]
    [InlineData("harbor", "habror", 1)]
    [InlineData("harbor", "habor", 1)]
    [InlineData("harbor", "harrbor", 1)]
    [InlineData("harbor", "harbur", 1)]
    [InlineData("harbor", "arbour", 2)]
    [InlineData("ca", "abc", 3)]
    [InlineData("", "abc", 3)]
    public void AtMost_counts_letters_left_out_added_exchanged_and_swapped(string a, string b, int distance)
    {
        EditDistance.AtMost(a, b, 10).ShouldBe(distance);
        EditDistance.AtMost(a, b, distance).ShouldBe(distance);
        EditDistance.AtMost(a, b, distance - 1).ShouldBeNull();
    }

    [Fact]
    public void AtMost_agrees_with_the_definition_in_both_directions() =>
        Gen.Select(Gen.OneOf('a', 'b', 'c').Array[0, 6], Gen.OneOf('a', 'b', 'c').Array[0, 6], Gen.Int[0, 4]).Sample(static (a, b, most) =>
        {
            var expected = Naive(a, b) is var distance && distance <= most ? distance : (int?)null;
            return EditDistance.AtMost(a, b, most) == expected && EditDistance.AtMost(b, a, most) == expected;
        }, iter: 2000);

    private static int Naive(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.IsEmpty || b.IsEmpty)
        {
            return a.Length + b.Length;
        }

        var least = Math.Min(Math.Min(Naive(a[..^1], b) + 1, Naive(a, b[..^1]) + 1), Naive(a[..^1], b[..^1]) + (a[^1] == b[^1] ? 0 : 1));
        return a.Length > 1 && b.Length > 1 && a[^1] == b[^2] && a[^2] == b[^1] ? Math.Min(least, Naive(a[..^2], b[..^2]) + 1) : least;
    }
}
