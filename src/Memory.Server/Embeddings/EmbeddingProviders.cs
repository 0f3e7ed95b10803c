using System.Runtime.CompilerServices;
using Memory.Core.Embeddings;
using Memory.Core.Embeddings.Remote;
using Memory.Core.Memories;
using Microsoft.Extensions.AI;

namespace Memory.Server.Embeddings;

/// <summary>Makes the generator that the setting of the embeddings names. What one choice needs is loaded only when it is chosen.</summary>
internal static class EmbeddingProviders
{
    /// <summary>The environment variable that holds the key of a remote endpoint.</summary>
    public const string KeyVariable = "MEMORY_EMBEDDINGS_KEY";

    /// <summary>What the setting may say, for messages.</summary>
    public const string Allowed = "'static', 'onnx:' with the name of a pulled model or the path of a folder, neither with '..' in it, or 'openai:' with an address and '#MODEL', such as openai:http://localhost:11434/v1#nomic-embed-text";

    /// <summary>The built-in table.</summary>
    public const string Static = "static";

    private const string Onnx = "onnx:";
    private const string OpenAi = "openai:";

    /// <summary>Whether a setting has one of the forms; nothing is looked for yet.</summary>
    public static bool IsWellFormed(string setting) =>
        setting == Static || (setting.StartsWith(Onnx, StringComparison.Ordinal) && IsModel(setting.AsSpan(Onnx.Length)))
        || (setting.StartsWith(OpenAi, StringComparison.Ordinal) && IsAddress(setting.AsSpan(OpenAi.Length)));

    /// <summary>Whether a setting names a model that runs in this process.</summary>
    public static bool IsOnThisMachine(string setting) => setting.StartsWith(Onnx, StringComparison.Ordinal);

    /// <summary>Makes the generator. Reads files; calls no endpoint.</summary>
    /// <param name="setting">The value of the setting.</param>
    /// <param name="environment">Yields an environment variable; asked for <see cref="KeyVariable"/> only, by a remote endpoint only.</param>
    /// <param name="modelsFolder">The folder of pulled models, <see cref="UserData.Models"/>.</param>
    /// <param name="time">The clock of a remote endpoint's limits.</param>
    /// <returns>
    /// The generator, which the caller disposes of; or a problem: <see cref="ProblemCode.Invalid"/> for a wrong setting,
    /// <see cref="ProblemCode.ModelUnavailable"/> for a right one whose model cannot be used.
    /// </returns>
    public static Outcome<IEmbeddingGenerator<string, Embedding<float>>> Create(string setting, Func<string, string?> environment, string? modelsFolder, TimeProvider time) =>
        setting == Static ? CreateStatic()
        : setting.StartsWith(Onnx, StringComparison.Ordinal) ? CreateOnnx(ModelFolder(setting[Onnx.Length..], modelsFolder))
        : setting.StartsWith(OpenAi, StringComparison.Ordinal) ? CreateOpenAi(setting[OpenAi.Length..], environment, time)
        : new Problem(ProblemCode.Invalid, $"The embeddings cannot be '{setting}'; allowed is {Allowed}.");

    // What leads out of the folder that it names is no name of a model, whatever lies there.
    private static bool IsModel(ReadOnlySpan<char> value)
    {
        foreach (var part in value.SplitAny('/', '\\'))
        {
            if (value[part] is "..")
            {
                return false;
            }
        }

        return !value.IsWhiteSpace() && value is not "." && !value.ContainsAnyInRange('\0', '\u001F');
    }

    private static bool IsAddress(ReadOnlySpan<char> value) =>
        value.LastIndexOf('#') is > 0 and var mark && mark < value.Length - 1 && Uri.TryCreate(value[..mark].ToString(), UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    private static Outcome<IEmbeddingGenerator<string, Embedding<float>>> CreateStatic() =>
        Generator(StaticEmbedder.Load(Path.Combine(AppContext.BaseDirectory, "data", "embeddings", "static.bin")));

    private static Outcome<IEmbeddingGenerator<string, Embedding<float>>> CreateOnnx(Outcome<string> folder) => folder.Succeeded ? LoadOnnx(folder.Value) : folder.Problem;

    // A method of its own, never part of another's code: whoever does not come here does not load the assembly, let alone the runtime.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Outcome<IEmbeddingGenerator<string, Embedding<float>>> LoadOnnx(string folder) => Generator(Memory.Onnx.OnnxEmbedder.Load(folder));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Outcome<IEmbeddingGenerator<string, Embedding<float>>> CreateOpenAi(string value, Func<string, string?> environment, TimeProvider time)
    {
        // The value is not shown: someone may have put a key into it.
        var mark = value.LastIndexOf('#');
        if (!IsAddress(value))
        {
            return new Problem(ProblemCode.Invalid, $"After 'openai:' come an address and '#MODEL'; allowed is {Allowed}.");
        }

        return Generator(OpenAiEmbedder.Create(
            new OpenAiOptions { Endpoint = new Uri(value[..mark]), Model = value[(mark + 1)..], ApiKeyVariable = KeyVariable }, environment, time, Random.Shared.NextDouble));
    }

    // A name is one folder among the pulled models; whatever has a separator is a path.
    private static Outcome<string> ModelFolder(string value, string? modelsFolder) =>
        !IsModel(value) ? new Problem(ProblemCode.Invalid, $"After 'onnx:' comes the name of a pulled model or a folder; allowed is {Allowed}.")
        : value.AsSpan().ContainsAny(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar) ? value
        : modelsFolder is null ? new Problem(ProblemCode.ModelUnavailable, "This user has no data directory, where pulled models are; name the model's folder by its path.")
        : Directory.Exists(Path.Combine(modelsFolder, value)) ? Path.Combine(modelsFolder, value)
        : new Problem(ProblemCode.ModelUnavailable, $"The model '{value}' has not been pulled. 'memory-server models pull {value}' downloads it.");

    private static Outcome<IEmbeddingGenerator<string, Embedding<float>>> Generator<T>(Outcome<T> made)
        where T : class, IEmbeddingGenerator<string, Embedding<float>> => made.Succeeded ? Outcome.Of<IEmbeddingGenerator<string, Embedding<float>>>(made.Value) : made.Problem;
}
