using Memory.Core.Embeddings;
using Memory.Core.Memories;

namespace Memory.Core.Tests.Embeddings;

public sealed class StaticTableTests
{
    private static readonly (ulong, float, sbyte[])[] Rows = [.. Enumerable.Range(1, 20).Select(static i => ((ulong)(i % 3), 0.5f, new sbyte[] { (sbyte)i, -1 })).Take(3), (1UL << 40, 2f, [127, -127])];

    [Fact]
    public void Find_of_each_key_gives_its_row_and_of_another_none()
    {
        var table = Read(StaticTable.Write(2, Rows));

        Rows.Select(row => table.Find(row.Item1)).ShouldBe([0, 1, 2, 3]);
        table.Find(99).ShouldBe(-1);
    }

    [Fact]
    public void Add_adds_the_row_times_its_scale_times_the_share()
    {
        var vector = new float[] { 1, 0 };

        Read(StaticTable.Write(2, Rows)).Add(3, 0.5f, vector);

        vector.ShouldBe([128, -127]);
    }

    [Fact]
    public void Add_of_each_row_of_a_table_in_a_file_adds_that_row()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("static.bin"), StaticTable.Write(2, [.. Enumerable.Range(0, 40).Select(static i => ((ulong)i, 1f, new sbyte[] { (sbyte)i, (sbyte)-i }))]));
        using var content = ModelContent.Of(File.OpenRead(folder.File("static.bin")), start: 0);
        var table = StaticTable.Read(content);

        for (var row = 39; row >= 0; row--)
        {
            var vector = new float[2];
            table.Add(row, 1, vector);
            vector.ShouldBe([row, -row]);
        }
    }

    [Fact]
    public void Write_of_one_hash_twice_is_refused() => Should.Throw<ArgumentException>(static () => StaticTable.Write(1, [(7, 1, [1]), (7, 1, [2])]));

    [Fact]
    public void Write_of_a_row_of_another_length_is_refused() => Should.Throw<ArgumentException>(static () => StaticTable.Write(2, [(7, 1, [1])]));

    [Theory]
    [InlineData(0, 0)] // no dimensions
    [InlineData(0, 99_999)] // too many dimensions
    [InlineData(4, -1)] // fewer than no rows
    [InlineData(4, 5_000_000)] // rows beyond the end
    [InlineData(8, 7)] // slots that are no power of two
    public void Read_of_a_wrong_number_is_refused(int position, int number)
    {
        var content = StaticTable.Write(2, Rows);
        BitConverter.TryWriteBytes(content.AsSpan(position), number);

        Should.Throw<InvalidDataException>(() => Read(content));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Load_of_a_scale_that_is_not_finite_is_a_problem(float scale) =>
        Load(StaticTable.Write(1, [(7, scale, [1])])).Message.ShouldContain("not finite");

    [Fact]
    public void Load_of_a_slot_beyond_the_rows_is_a_problem()
    {
        var content = StaticTable.Write(1, [(7, 1, [1])]);
        BitConverter.TryWriteBytes(content.AsSpan(12 + 8 + 4), 2);

        Load(content).Code.ShouldBe(ProblemCode.ModelUnavailable);
    }

    [Fact]
    public void Load_of_a_table_without_a_free_slot_is_a_problem()
    {
        var content = StaticTable.Write(1, [(7, 1, [1])]);
        BitConverter.TryWriteBytes(content.AsSpan(12 + 8 + 4), 1);
        BitConverter.TryWriteBytes(content.AsSpan(12 + 8 + 8), 1);

        Load(content).Message.ShouldContain("damaged");
    }

    [Fact]
    public void Load_of_content_with_more_after_its_end_is_a_problem() => Load([.. StaticTable.Write(1, [(7, 1, [1])]), 0]).Code.ShouldBe(ProblemCode.ModelUnavailable);

    private static StaticTable Read(byte[] content)
    {
        using var stream = new MemoryStream(content);
        return StaticTable.Read(ModelContent.Of(stream, start: 0));
    }

    private static Problem Load(byte[] content)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("static.bin"), ModelFile.Wrap(StaticTable.Magic, content));
        return StaticEmbedder.Load(folder.File("static.bin")).Problem.ShouldNotBeNull();
    }
}
