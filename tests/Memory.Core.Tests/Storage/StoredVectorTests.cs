using CsCheck;
using Memory.Core.Embeddings;
using Memory.Core.Storage;

namespace Memory.Core.Tests.Storage;

public sealed class StoredVectorTests
{
    [Fact]
    public void Of_rounds_each_number_by_at_most_half_a_step() =>
        Gen.Float[-1, 1].Array[1, 300].Sample(static numbers =>
        {
            var stored = StoredVector.Of(numbers);
            var values = stored.Values.Span;
            for (var i = 0; i < numbers.Length; i++)
            {
                Math.Abs((values[i] * stored.Scale) - numbers[i]).ShouldBeLessThanOrEqualTo((stored.Scale / 2) + 1e-6f);
            }

            values.ToArray().ShouldAllBe(static v => v >= -127);
            (numbers.All(static n => n == 0) || values.ToArray().Any(static v => Math.Abs((int)v) == 127)).ShouldBeTrue();
        });

    [Fact]
    public void Of_keeps_a_vector_of_length_1_so_that_its_likenesses_hardly_change() =>
        Gen.Float[-1, 1].Array[256].Sample(static numbers =>
        {
            if (Vectors.Normalize(numbers))
            {
                var stored = StoredVector.Of(numbers);
                float[] back = [.. stored.Values.ToArray().Select(v => v * stored.Scale)];
                Vectors.Dot(back, numbers).ShouldBe(1, 0.01);
            }
        });

    [Fact]
    public void Of_zeros_has_no_scale() => StoredVector.Of(new float[8]).Scale.ShouldBe(0);

    [Fact]
    public void Of_nothing_has_no_scale_and_no_values() => StoredVector.Of([]).Values.IsEmpty.ShouldBeTrue();

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Of_a_number_that_is_not_finite_is_refused(float number) =>
        Should.Throw<ArgumentException>(() => StoredVector.Of([0.5f, number, 0.1f]));
}
