using Memory.Core.Memories;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Memory.Onnx;

/// <summary>A loaded model whose inputs and output are those of a sentence transformer. Thread-safe but for its end.</summary>
internal sealed class OnnxSession : IDisposable
{
    private const string Tokens = "input_ids";
    private const string Mask = "attention_mask";
    private const string Types = "token_type_ids";

    private static readonly string[] Outputs = ["sentence_embedding", "last_hidden_state", "token_embeddings"];

    private readonly InferenceSession _session;
    private readonly string[] _inputs;
    private readonly string _output;
    private readonly string _path;
    private readonly Pooling _pooling;

    private OnnxSession(InferenceSession session, string output, string path, Pooling pooling)
    {
        _session = session;
        _inputs = [.. session.InputMetadata.Keys];
        _output = output;
        _path = path;
        _pooling = pooling;
    }

    /// <summary>Loads a model and looks at its inputs and outputs.</summary>
    public static Outcome<OnnxSession> Load(string path, Pooling pooling)
    {
        InferenceSession? session = null;
        try
        {
            // On Windows the runtime would report its use.
            OrtEnv.Instance().DisableTelemetryEvents();
            using var options = new SessionOptions
            {
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
                // The arena never gives back what the largest batch took.
                EnableCpuMemArena = false,
                IntraOpNumThreads = Math.Clamp(Environment.ProcessorCount / 2, 1, 4),
                InterOpNumThreads = 1,
            };
            session = new InferenceSession(path, options);
            var output = Outputs.FirstOrDefault(session.OutputMetadata.ContainsKey) ?? session.OutputNames.FirstOrDefault(name => session.OutputMetadata[name].Dimensions?.Length is 2 or 3);
            if (WrongInput(session) is { } wrong)
            {
                return OnnxProblem.Damaged(path, wrong);
            }

            if (output is null || !session.OutputMetadata[output].IsTensor || session.OutputMetadata[output].ElementDataType != TensorElementType.Float || session.OutputMetadata[output].Dimensions.Length is not (2 or 3))
            {
                return OnnxProblem.Damaged(path, $"none of its outputs ({string.Join(", ", session.OutputNames)}) holds float vectors of shape [texts, tokens, dimensions] or [texts, dimensions]");
            }

            var loaded = new OnnxSession(session, output, path, pooling);
            session = null;
            return loaded;
        }
        catch (Exception error) when (IsNoRuntime(error))
        {
            return OnnxProblem.Of("This build has no ONNX runtime for this machine. Use the build for its platform, or other embeddings.");
        }
        catch (OnnxRuntimeException error)
        {
            return OnnxProblem.Damaged(path, error.Message.TrimEnd('.'));
        }
        finally
        {
            session?.Dispose();
        }
    }

    /// <summary>Makes the vectors of a batch.</summary>
    /// <returns>One vector a text, not of length 1 yet, all of one length; or what is wrong with the model's output.</returns>
    public Outcome<float[][]> Run(TokenBatch batch)
    {
        long[] shape = [batch.Count, batch.Length];
        var values = new List<OrtValue>(_inputs.Length);
        try
        {
            values.AddRange(_inputs.Select(name => OrtValue.CreateTensorValueFromMemory(
                name switch { Tokens => batch.Tokens, Mask => batch.Mask, _ => new long[batch.Tokens.Length] }, shape)));
            using var run = new RunOptions();
            using var outputs = _session.Run(run, _inputs, values, [_output]);
            var made = outputs[0].GetTensorTypeAndShape().Shape;
            return made switch
            {
                [var texts, var tokens, > 0 and var dimensions] when texts == batch.Count && tokens == batch.Length => Pool(outputs[0].GetTensorDataAsSpan<float>(), batch, (int)dimensions),
                [var texts, > 0 and var dimensions] when texts == batch.Count => Rows(outputs[0].GetTensorDataAsSpan<float>(), batch.Count, (int)dimensions),
                _ => OnnxProblem.Damaged(_path, $"its output '{_output}' has the shape [{string.Join(", ", made)}] for {batch.Count} texts of {batch.Length} tokens"),
            };
        }
        catch (OnnxRuntimeException error)
        {
            return OnnxProblem.Damaged(_path, $"it failed on {batch.Count} texts of {batch.Length} tokens: {error.Message.TrimEnd('.')}");
        }
        finally
        {
            values.ForEach(static v => v.Dispose());
        }
    }

    public void Dispose() => _session.Dispose();

    // The library is loaded by a static constructor.
    private static bool IsNoRuntime(Exception error) =>
        error is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException || (error is TypeInitializationException { InnerException: { } inner } && IsNoRuntime(inner));

    private static string? WrongInput(InferenceSession session)
    {
        var inputs = session.InputMetadata;
        if (!inputs.ContainsKey(Tokens) || !inputs.ContainsKey(Mask))
        {
            return $"its inputs are {string.Join(", ", inputs.Keys)}; {Tokens} and {Mask} are needed";
        }

        foreach (var (name, input) in inputs)
        {
            if (name is not (Tokens or Mask or Types))
            {
                return $"it wants an input '{name}'; known are {Tokens}, {Mask} and {Types}";
            }

            if (!input.IsTensor || input.ElementDataType != TensorElementType.Int64 || input.Dimensions is not [< 0, < 0])
            {
                return $"its input '{name}' must be int64 of shape [texts, tokens], both free";
            }
        }

        return null;
    }

    private static float[][] Rows(ReadOnlySpan<float> output, int count, int dimensions)
    {
        var vectors = new float[count][];
        for (var i = 0; i < count; i++)
        {
            vectors[i] = output.Slice(i * dimensions, dimensions).ToArray();
        }

        return vectors;
    }

    private float[][] Pool(ReadOnlySpan<float> output, TokenBatch batch, int dimensions)
    {
        var vectors = new float[batch.Count][];
        for (var text = 0; text < batch.Count; text++)
        {
            var sum = new float[dimensions];
            for (var token = 0; token < (_pooling == Pooling.First ? 1 : batch.Length); token++)
            {
                var row = (text * batch.Length) + token;
                if (batch.Mask[row] != 0)
                {
                    // The length is brought to 1 later, so the sum does for the mean.
                    System.Numerics.Tensors.TensorPrimitives.Add(sum, output.Slice(row * dimensions, dimensions), sum);
                }
            }

            vectors[text] = sum;
        }

        return vectors;
    }
}
