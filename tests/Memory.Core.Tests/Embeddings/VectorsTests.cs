using CsCheck;
using Memory.Core.Embeddings;

namespace Memory.Core.Tests.Embeddings;

public sealed class VectorsTests
{
    [Fact]
    public void Dot_agrees_with_a_plain_sum() =>
        Gen.Select(Gen.Float[-1, 1], Gen.Float[-1, 1]).Array[0, 70].Sample(static pairs =>
            Math.Abs(Vectors.Dot([.. pairs.Select(static p => p.Item1)], [.. pairs.Select(static p => p.Item2)]) - pairs.Sum(static p => (double)p.Item1 * p.Item2)) < 1e-4);

    [Fact]
    public void AddScaled_agrees_with_plain_arithmetic_over_all_bytes() =>
        Gen.SByte.Array[0, 70].Sample(static row =>
        {
            var target = row.Select(static (_, i) => (float)i).ToArray();
            Vectors.AddScaled(row, 0.5f, target);
            return target.Select(static (v, i) => (v, i)).All(t => t.v == t.i + (row[t.i] * 0.5f));
        });

    [Fact]
    public void Apply_agrees_with_plain_arithmetic_for_any_number_of_vectors() =>
        Gen.Int[1, 9].Sample(static count =>
        {
            byte[] weights = [.. Enumerable.Range(0, 48).Select(static i => (byte)(i * 37))];
            var matrix = new Int8Matrix(weights, [0.5f, 2, 1], [1, 2, 3]);
            var x = Enumerable.Range(0, 16 * count).Select(static i => (float)Math.Sin(i)).ToArray();
            var y = new float[3 * count];
            matrix.Apply(x, y, count);
            return y.Select(static (v, i) => (v, i)).All(t =>
                Math.Abs(t.v - ((Enumerable.Range(0, 16).Sum(k => x[(t.i / 3 * 16) + k] * (sbyte)weights[(t.i % 3 * 16) + k]) * new[] { 0.5f, 2, 1 }[t.i % 3]) + (t.i % 3) + 1)) < 1e-2);
        }, iter: 30);

    [Theory]
    [InlineData(0f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(1e-30f)]
    [InlineData(1e30f)]
    public void Normalize_of_what_has_no_length_gives_zeros(float value)
    {
        var vector = new[] { value, 0f };

        Vectors.Normalize(vector).ShouldBeFalse();
        vector.ShouldBe([0, 0]);
    }
}
