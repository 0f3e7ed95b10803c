using CsCheck;
using Memory.Server.Stdio;

namespace Memory.Server.Tests.Stdio;

public sealed class LineReaderTests
{
    private const int Limit = 40_000;

    [Fact]
    public void Read_yields_the_lines_however_they_arrive() => Gen.Select(Gen.Int[0, 100_000].Array[0, 6], Gen.Int[1, 50_000], Gen.Bool).Sample(
        static (lengths, chunk, endsWithFeed) =>
        {
            var lines = lengths.Select(static (length, i) => Line(length, i)).ToArray();
            var bytes = lines.SelectMany(static l => (byte[])[.. l, (byte)'\n']).ToArray();
            if (!endsWithFeed && lengths.Length > 0 && lengths[^1] > 0)
            {
                bytes = bytes[..^1];
            }

            ShouldBe(ReadAll(new ChunkedStream(bytes, chunk)), lines.Select(Expected));
        },
        iter: 300);

    [Theory]
    [InlineData(Limit, false)]
    [InlineData(Limit + 1, true)]
    [InlineData(Limit * 100, true)]
    public void Read_keeps_the_beginning_of_a_line_over_the_limit_and_goes_on_after_it(int length, bool isTooLong)
    {
        byte[] bytes = [.. Line(length, 1), (byte)'\n', .. "next"u8, (byte)'\n'];

        var lines = ReadAll(new ChunkedStream(bytes, int.MaxValue));

        lines.Select(static l => l.IsTooLong).ShouldBe([isTooLong, false]);
        lines[0].Bytes.ShouldBe(isTooLong ? Line(length, 1)[..4096] : Line(length, 1));
        lines[1].Bytes.ShouldBe("next"u8.ToArray());
    }

    [Fact]
    public void Read_of_a_line_over_the_limit_that_never_ends_reports_it_at_the_end()
    {
        var lines = ReadAll(new ChunkedStream(Line(Limit * 3, 1), 1_000));

        lines.ShouldHaveSingleItem().IsTooLong.ShouldBeTrue();
    }

    [Fact]
    public void Read_of_an_enormous_line_keeps_memory_bounded()
    {
        const long length = 512L * 1024 * 1024;
        var reader = new LineReader(new OneLineStream(length), StdioTransport.MaxLineBytes);
        var before = GC.GetAllocatedBytesForCurrentThread();

        reader.Read().ShouldNotBeNull().IsTooLong.ShouldBeTrue();

        // The buffer doubles until it holds one line of the limit and what one more read brings.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(5 * StdioTransport.MaxLineBytes);
        reader.Read().ShouldBeNull();
    }

    private static List<InputLine> ReadAll(Stream stream)
    {
        var reader = new LineReader(stream, Limit);
        var lines = new List<InputLine>();
        while (reader.Read() is { } line)
        {
            lines.Add(line);
        }

        reader.Read().ShouldBeNull();
        return lines;
    }

    // InputLine compares its array by reference: compare what it says.
    private static void ShouldBe(IEnumerable<InputLine> actual, IEnumerable<InputLine> expected) =>
        actual.Select(static l => (l.IsTooLong, Convert.ToHexString(l.Bytes))).ShouldBe(expected.Select(static l => (l.IsTooLong, Convert.ToHexString(l.Bytes))));

    private static InputLine Expected(byte[] line) => line.Length > Limit ? new(line[..4096], true) : new(line, false);

    private static byte[] Line(int length, int seed)
    {
        var line = new byte[length];
        for (var i = 0; i < length; i++)
        {
            // Every byte but a line feed, and another beginning for every line.
            line[i] = (byte)(32 + ((i + (seed * 7)) % 200));
        }

        return line;
    }

    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, chunk));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, chunk)]);
    }

    private sealed class OneLineStream(long length) : MemoryStream
    {
        private long _left = length;

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = (int)Math.Min(_left, buffer.Length);
            buffer[..read].Fill((byte)'x');
            _left -= read;
            return read;
        }
    }
}
