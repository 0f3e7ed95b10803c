using Memory.Core.Recall.Index;

namespace Memory.Core.Tests.Recall.Index;

public sealed class PartReaderTests
{
    [Fact]
    public void Read_of_what_was_written_gives_it_back()
    {
        var reader = Of(static part =>
        {
            part.Write(3);
            part.Write("naïve 日");
            part.Write<long>([1, -2]);
            part.Write(string.Empty);
        });

        reader.Read<int>().ShouldBe(3);
        reader.ReadText().ShouldBe("naïve 日");
        var numbers = new long[2];
        reader.Read(numbers.AsSpan());
        numbers.ShouldBe([1L, -2L]);
        reader.HasMore.ShouldBeTrue();
        reader.ReadText().ShouldBeEmpty();
        reader.HasMore.ShouldBeFalse();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void ReadCount_of_more_values_than_can_follow_makes_none(int count)
    {
        Should.Throw<InvalidDataException>(() => Counted(count).ReadCount<long>());
        Should.Throw<InvalidDataException>(() => Counted(count == 2 ? 9 : count).ReadText());
        Counted(1).ReadCount<long>().ShouldBe(1);

        static PartReader Counted(int count) => Of(part =>
        {
            part.Write(count);
            part.Write(0L);
        });
    }

    [Fact]
    public void Read_past_the_end_throws()
    {
        var reader = Of(static part => part.Write((byte)1));

        Should.Throw<InvalidDataException>(() => reader.Read<int>());
    }

    private static PartReader Of(Action<PartWriter> write)
    {
        var part = new PartWriter();
        write(part);
        return new PartReader(new MemoryStream(part.Written.ToArray()));
    }
}
