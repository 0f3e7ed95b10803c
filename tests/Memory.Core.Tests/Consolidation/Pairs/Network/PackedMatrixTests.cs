using Memory.Core.Consolidation.Pairs.Network;
using Memory.Core.Embeddings;

namespace Memory.Core.Tests.Consolidation.Pairs.Network;

public sealed class PackedMatrixTests
{
    [Theory]
    [InlineData(64, 1, 4)]
    [InlineData(384, 64, 28)]
    [InlineData(700, 192, 8)]
    public void Apply_gives_what_the_matrix_gives_row_by_row(int inputs, int outputs, int rows)
    {
        outputs = (outputs + 63) / 64 * 64;
        var random = new Random(inputs);
        var weights = new byte[inputs * outputs];
        random.NextBytes(weights);
        var matrix = new Int8Matrix(weights, Draw(random, outputs), Draw(random, outputs));
        var x = Draw(random, inputs * rows);
        float[] expected = new float[outputs * rows], y = new float[outputs * rows];

        matrix.Apply(x, expected, rows);
        foreach (var isWide in new[] { true, false })
        {
            Array.Clear(y);
            new PackedMatrix(matrix).Apply(x, y, rows, new float[PackedMatrix.Space], isWide);

            for (var i = 0; i < y.Length; i++)
            {
                y[i].ShouldBe(expected[i], 1e-4 * (1 + inputs));
            }
        }
    }

    [Fact]
    public void Of_outputs_that_fill_no_panel_is_refused() =>
        Should.Throw<InvalidDataException>(() => new PackedMatrix(new Int8Matrix(new byte[5 * 8], new float[5], new float[5])));

    private static float[] Draw(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
}
