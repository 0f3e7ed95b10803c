using System.Runtime.InteropServices;
using Google.Protobuf;
using Memory.Training.Sources;

namespace Memory.Training.Network;

/// <summary>
/// The numbers in a file of the Open Neural Network Exchange format (onnx.proto3): tensors of float32 by name, and those that something is multiplied with
/// in the order of the calculation. Nothing else of the format is read.
/// </summary>
internal sealed class OnnxTensors
{
    // Numbers of fields in ModelProto, GraphProto, NodeProto and TensorProto.
    private const int ModelGraph = 7;
    private const int GraphNode = 1;
    private const int GraphInitializer = 5;
    private const int NodeInput = 1;
    private const int NodeOperator = 4;
    private const int TensorType = 2;
    private const int TensorName = 8;
    private const int TensorRaw = 9;
    private const int Float32 = 1;

    private readonly Dictionary<string, float[]> _tensors = new(StringComparer.Ordinal);
    private readonly List<string> _factors = [];

    /// <summary>Reads a file.</summary>
    public OnnxTensors(byte[] file) => Read(new CodedInputStream(file), (field, input) =>
    {
        if (field != ModelGraph)
        {
            return false;
        }

        ReadGraph(input.ReadBytes());
        return true;
    });

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="SourceException">There is none.</exception>
    public float[] this[string name] => _tensors.GetValueOrDefault(name) ?? throw new SourceException($"The model has no tensor '{name}': it is not the one that the network was built from.");

    /// <summary>The tensors that something is multiplied with, in order.</summary>
    public IReadOnlyList<float[]> MultipliedWith => [.. _factors.Where(_tensors.ContainsKey).Select(f => _tensors[f])];

    private void ReadGraph(ByteString graph) => Read(graph.CreateCodedInput(), (field, input) =>
    {
        switch (field)
        {
            case GraphNode:
                ReadNode(input.ReadBytes());
                return true;
            case GraphInitializer:
                ReadTensor(input.ReadBytes());
                return true;
            default:
                return false;
        }
    });

    private void ReadNode(ByteString node)
    {
        var (inputs, kind) = (new List<string>(), "");
        Read(node.CreateCodedInput(), (field, input) =>
        {
            switch (field)
            {
                case NodeInput:
                    inputs.Add(input.ReadString());
                    return true;
                case NodeOperator:
                    kind = input.ReadString();
                    return true;
                default:
                    return false;
            }
        });
        if (kind == "MatMul")
        {
            _factors.Add(inputs[1]);
        }
    }

    private void ReadTensor(ByteString tensor)
    {
        var (name, type, raw) = ("", 0, ByteString.Empty);
        Read(tensor.CreateCodedInput(), (field, input) =>
        {
            switch (field)
            {
                case TensorType:
                    type = input.ReadInt32();
                    return true;
                case TensorName:
                    name = input.ReadString();
                    return true;
                case TensorRaw:
                    raw = input.ReadBytes();
                    return true;
                default:
                    return false;
            }
        });
        if (type == Float32)
        {
            _tensors[name] = MemoryMarshal.Cast<byte, float>(raw.Span).ToArray();
        }
    }

    private static void Read(CodedInputStream input, Func<int, CodedInputStream, bool> take)
    {
        while (input.ReadTag() is var tag and not 0)
        {
            if (!take(WireFormat.GetTagFieldNumber(tag), input))
            {
                input.SkipLastField();
            }
        }
    }
}
