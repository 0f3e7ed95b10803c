using CsCheck;
using Memory.Core.Recall.Index;

namespace Memory.Core.Tests.Recall.Index;

public sealed class VectorColumnTests
{
    private static readonly sbyte[] Query = [10, -20, 30];

    [Fact]
    public void Cosine_agrees_with_plain_arithmetic_within_and_across_blocks()
    {
        var column = new VectorColumn(3);
        int[] entries = [0, 1, 4095, 4096, 4097, 10_000];
        foreach (var entry in entries)
        {
            column.Set(entry, 0.001f, Of(entry));
        }

        foreach (var entry in entries)
        {
            column.Has(entry).ShouldBeTrue();
            column.Cosine(entry, Query, 0.01f).ShouldBe(Dot(Of(entry), Query) * 0.001f * 0.01f, 1e-7f);
            column.Cosine(entry, entries[1]).ShouldBe(Dot(Of(entry), Of(1)) * 0.001f * 0.001f, 1e-7f);
        }

        column.Has(4094).ShouldBeFalse();
    }

    [Fact]
    public void Cosine_of_an_entry_without_a_vector_is_0()
    {
        var column = new VectorColumn(3);
        column.Set(0, 1, [1, 2, 3]);
        column.Set(1, 0, []);

        column.Has(1).ShouldBeFalse();
        column.Cosine(1, Query, 1).ShouldBe(0);
        column.Cosine(0, 1).ShouldBe(0);
        column.Cosine(1, 0).ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(384)]
    public void Set_of_a_vector_of_another_dimension_counts_as_none(int dimensions)
    {
        var column = new VectorColumn(3);

        column.Set(0, 1, new sbyte[dimensions]);

        column.Has(0).ShouldBeFalse();
        column.Cosine(0, Query, 1).ShouldBe(0);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(-1f)]
    [InlineData(float.PositiveInfinity)]
    public void Set_of_a_scale_that_is_none_counts_as_no_vector(float scale)
    {
        var column = new VectorColumn(3);

        column.Set(0, scale, [1, 2, 3]);

        column.Has(0).ShouldBeFalse();
        column.Cosine(0, Query, 1).ShouldBe(0);
    }

    [Fact]
    public void Set_again_replaces_and_removes()
    {
        var column = new VectorColumn(3);
        column.Set(0, 1, [1, 2, 3]);
        column.Set(0, 2, [0, 0, 1]);
        column.Cosine(0, Query, 1).ShouldBe(60);

        column.Set(0, 0, []);
        column.Has(0).ShouldBeFalse();
    }

    [Fact]
    public void Set_of_many_entries_in_any_order_keeps_each() =>
        Gen.Int[0, 9000].Array[1, 30].Sample(static entries =>
        {
            var column = new VectorColumn(3);
            foreach (var entry in entries)
            {
                column.Set(entry, 1, Of(entry));
            }

            return entries.All(e => column.Cosine(e, Query, 1) == Dot(Of(e), Query));
        }, iter: 30);

    private static sbyte[] Of(int entry) => [(sbyte)(entry % 127), (sbyte)(entry % 11), (sbyte)-(entry % 101)];

    private static int Dot(sbyte[] a, sbyte[] b) => a.Zip(b, static (x, y) => x * y).Sum();
}
