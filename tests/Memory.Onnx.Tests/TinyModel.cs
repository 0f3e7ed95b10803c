using System.Text;

namespace Memory.Onnx.Tests;

/// <summary>
/// Makes an ONNX file by hand, field by field of its protobuf: a table of eight words is looked up (Gather), which gives [texts, tokens, 4];
/// optionally summed over the tokens to [texts, 4]. Words 0 to 3 are [PAD], [UNK], [CLS], [SEP], whose rows are zero but the padding's.
/// </summary>
internal sealed record TinyModel
{
    private const int Float = 1;
    private const int Int64 = 7;

    public static readonly string[] Words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "sea", "wind", "mast", "##s"];

    // Padding that is not masked would show.
    public float[] Table { get; init; } =
    [
        9, 9, 9, 9,
        0, 0, 0, 0,
        0, 0, 0, 0,
        0, 0, 0, 0,
        1, 0, 0, 0,
        0, 1, 0, 0,
        0, 0, 1, 0,
        0, 0, 0, 1,
    ];

    public string[] Inputs { get; init; } = ["input_ids", "attention_mask", "token_type_ids"];

    public int InputType { get; init; } = Int64;

    public int? FixedLength { get; init; }

    public string Output { get; init; } = "last_hidden_state";

    public bool IsPooled { get; init; }

    /// <summary>Over what a pooled output is summed: 1, the tokens; 0, the texts, which no sentence transformer does.</summary>
    public long SummedAxis { get; init; } = 1;

    public int OutputType { get; init; } = Float;

    /// <summary>What the output is said to be; what it is when left out.</summary>
    public object[]? OutputShape { get; init; }

    /// <summary>Writes <c>model.onnx</c> and <c>vocab.txt</c> into a folder.</summary>
    public string WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), Bytes());
        File.WriteAllLines(Path.Combine(folder, "vocab.txt"), Words);
        return folder;
    }

    public byte[] Bytes()
    {
        var looked = IsPooled ? "looked" : Output;
        List<byte[]> graph = [Message(1, Text(1, "table"), Text(1, "input_ids"), Text(2, looked), Text(4, "Gather"))];
        if (IsPooled)
        {
            graph.Add(Message(1, Text(1, looked), Text(1, "axes"), Text(2, Output), Text(4, "ReduceSum"), Message(5, Text(1, "keepdims"), Number(3, 0), Number(20, 2))));
            graph.Add(Message(5, Number(1, 1), Number(2, Int64), Text(8, "axes"), Raw(9, BitConverter.GetBytes(SummedAxis))));
        }

        graph.Add(Text(2, "tiny"));
        graph.Add(Message(5, Number(1, Words.Length), Number(1, 4), Number(2, Float), Text(8, "table"), Raw(9, [.. Table.SelectMany(BitConverter.GetBytes)])));
        graph.AddRange(Inputs.Select(name => Value(11, name, name == "input_ids" && InputType != Int64 ? InputType : Int64, ["texts", FixedLength is { } length ? length : "tokens"])));
        graph.Add(Value(12, Output, OutputType, OutputShape ?? (IsPooled ? ["texts", 4] : ["texts", "tokens", 4])));
        return [.. Number(1, 8), .. Message(7, [.. graph]), .. Message(8, Number(2, 13))];
    }

    private static byte[] Value(int field, string name, int type, object[] dimensions) =>
        Message(field, Text(1, name), Message(2, Message(1, Number(1, type), Message(2, [.. dimensions.Select(d => Message(1, d is int n ? Number(1, n) : Text(2, (string)d)))]))));

    private static byte[] Message(int field, params byte[][] content) => Raw(field, [.. content.SelectMany(static c => c)]);

    private static byte[] Text(int field, string text) => Raw(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Raw(int field, byte[] content) => [.. Varint((field << 3) | 2), .. Varint(content.Length), .. content];

    private static byte[] Number(int field, int value) => [.. Varint(field << 3), .. Varint(value)];

    private static byte[] Varint(int value)
    {
        var bytes = new List<byte>();
        for (var rest = (uint)value; ; rest >>= 7)
        {
            if (rest < 0x80)
            {
                bytes.Add((byte)rest);
                return [.. bytes];
            }

            bytes.Add((byte)(rest | 0x80));
        }
    }
}
