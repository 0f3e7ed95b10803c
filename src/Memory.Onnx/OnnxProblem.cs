using Memory.Core.Memories;

namespace Memory.Onnx;

/// <summary>The problems of models, all of one code: what needs the model goes without.</summary>
internal static class OnnxProblem
{
    public static Problem Of(string message) => new(ProblemCode.ModelUnavailable, message);

    public static Problem Damaged(string file, string how) => Of($"The file '{file}' cannot be used: {how}.");
}
