using Memory.Core.Recall.Index;

namespace Memory.Core.Tests.Recall.Index;

public sealed class Int8DotTests
{
    [Fact]
    public void Of_Narrow_and_Portable_agree_with_a_plain_sum_for_every_length()
    {
        var random = new Random(5);
        for (var length = 0; length <= 600; length++)
        {
            var a = Bytes(random, length);
            var b = Bytes(random, length);
            var expected = Enumerable.Range(0, length).Sum(i => a[i] * b[i]);

            Int8Dot.Of(a, b).ShouldBe(expected, $"length {length}");
            Int8Dot.Narrow(a, b).ShouldBe(expected, $"length {length}, narrow");
            Int8Dot.Portable(a, b).ShouldBe(expected, $"length {length}, portable");
        }
    }

    [Theory]
    [InlineData(127, 127)]
    [InlineData(-127, -127)]
    [InlineData(127, -127)]
    [InlineData(-128, -128)]
    [InlineData(-128, 127)]
    public void Of_Narrow_and_Portable_of_the_largest_bytes_do_not_overflow(int left, int right)
    {
        foreach (var length in new[] { 1, 15, 16, 17, 255, 256, 384, 600, 65_536 })
        {
            var a = Enumerable.Repeat((sbyte)left, length).ToArray();
            var b = Enumerable.Repeat((sbyte)right, length).ToArray();

            Int8Dot.Of(a, b).ShouldBe(left * right * length);
            Int8Dot.Narrow(a, b).ShouldBe(left * right * length);
            Int8Dot.Portable(a, b).ShouldBe(left * right * length);
        }
    }

    [Fact]
    public void Of_reads_no_further_than_the_first_vector_and_refuses_a_shorter_second()
    {
        Int8Dot.Of([1, 2], [3, 4, 100]).ShouldBe(11);
        Should.Throw<ArgumentOutOfRangeException>(static () => Int8Dot.Of([1, 2, 3], [3, 4]));
    }

    private static sbyte[] Bytes(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => (sbyte)random.Next(-127, 128))];
}
