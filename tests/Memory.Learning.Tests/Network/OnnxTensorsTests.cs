using System.Runtime.InteropServices;
using Google.Protobuf;
using Memory.Training.Network;
using Memory.Training.Sources;

namespace Memory.Learning.Tests.Network;

public sealed class OnnxTensorsTests
{
    [Fact]
    public void Tensors_are_found_by_name_and_factors_in_the_order_of_the_calculation()
    {
        var file = Message(7, Join(
            Message(1, Join(Text(1, "x"), Text(1, "second"), Text(2, "y"), Text(4, "MatMul"))),
            Message(1, Join(Text(1, "y"), Text(1, "first"), Text(4, "MatMul"))),
            Message(1, Join(Text(1, "y"), Text(1, "z"), Text(4, "MatMul"))),
            Message(1, Join(Text(1, "y"), Text(1, "shift"), Text(4, "Add"))),
            Tensor("first", 1, 2),
            Tensor("second", 3),
            Tensor("shift", 4)));

        var tensors = new OnnxTensors(file);

        tensors["first"].ShouldBe([1, 2]);
        tensors.MultipliedWith.ShouldBe([[3], [1, 2]]);
        Should.Throw<SourceException>(() => tensors["none"]).Message.ShouldContain("'none'");
    }

    private static byte[] Tensor(string name, params float[] values) =>
        Message(5, Join(Number(1, values.Length), Number(2, 1), Text(8, name), Message(9, MemoryMarshal.AsBytes<float>(values).ToArray())));

    private static byte[] Text(int field, string text) => Written(o =>
    {
        o.WriteTag(field, WireFormat.WireType.LengthDelimited);
        o.WriteString(text);
    });

    private static byte[] Message(int field, byte[] content) => Written(o =>
    {
        o.WriteTag(field, WireFormat.WireType.LengthDelimited);
        o.WriteBytes(ByteString.CopyFrom(content));
    });

    private static byte[] Number(int field, int value) => Written(o =>
    {
        o.WriteTag(field, WireFormat.WireType.Varint);
        o.WriteInt32(value);
    });

    private static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(static p => p)];

    private static byte[] Written(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            write(output);
        }

        return stream.ToArray();
    }
}
