using System.Text.Json.Serialization;

namespace Memory.Core.Embeddings.Remote;

/// <summary>What is sent; the two kinds of endpoint agree on it.</summary>
internal sealed record EmbeddingQuestion(
    string Model,
    IReadOnlyList<string> Input,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Dimensions);

/// <summary>What an OpenAI-compatible endpoint answers.</summary>
internal sealed record OpenAiAnswer(IReadOnlyList<OpenAiVector?>? Data);

/// <summary>One vector of such an answer, and which text it is of.</summary>
internal sealed record OpenAiVector(int? Index, float[]? Embedding);

/// <summary>What Ollama answers, in the order of the texts.</summary>
internal sealed record OllamaAnswer(IReadOnlyList<float[]?>? Embeddings);

// A server that writes "NaN" is told that it made one, not that its JSON is wrong.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(EmbeddingQuestion))]
[JsonSerializable(typeof(OpenAiAnswer))]
[JsonSerializable(typeof(OllamaAnswer))]
internal sealed partial class RemoteJson : JsonSerializerContext;
