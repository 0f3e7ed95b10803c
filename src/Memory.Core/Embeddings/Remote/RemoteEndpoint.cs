using System.Text.Json;
using Memory.Core.Remote;

namespace Memory.Core.Embeddings.Remote;

/// <summary>One request to the endpoint and its answer, read with suspicion. Knows nothing of repetition.</summary>
internal sealed class RemoteEndpoint : IDisposable
{
    // 2,048 vectors of 1,024 numbers come to about 25 MB of JSON.
    private const int MaxAnswerBytes = 64 << 20;

    private readonly string _model;
    private readonly int? _dimensions;
    private readonly EmbeddingApi _api;
    private readonly RemoteService _service;

    public RemoteEndpoint(OpenAiOptions options, string key, HttpMessageHandler? handler, TimeProvider time)
    {
        _model = options.Model;
        _dimensions = options.Dimensions;
        _api = options.Api();
        var address = new ServiceAddress(options.Address(), options.Model, options.ApiKeyVariable, key);
        _service = new RemoteService(address, MaxAnswerBytes, handler, time);
        Name = address.Name;
    }

    /// <summary>Address and model, for messages.</summary>
    public string Name { get; }

    /// <summary>Asks for the vectors of some texts.</summary>
    /// <returns>One vector a text, in their order, of any length and content.</returns>
    /// <exception cref="RemoteFailureException">There is no such answer.</exception>
    public async ValueTask<float[][]> AskAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var question = JsonSerializer.SerializeToUtf8Bytes(new EmbeddingQuestion(_model, texts, _dimensions), RemoteJson.Default.EmbeddingQuestion);
        return Read(await _service.PostAsync(question, cancellationToken).ConfigureAwait(false), texts.Count);
    }

    public void Dispose() => _service.Dispose();

    private float[][] Read(byte[] body, int count)
    {
        float[]?[]? vectors;
        try
        {
            vectors = _api == EmbeddingApi.Ollama
                ? JsonSerializer.Deserialize(body, RemoteJson.Default.OllamaAnswer)?.Embeddings?.ToArray()
                : JsonSerializer.Deserialize(body, RemoteJson.Default.OpenAiAnswer)?.Data is { } data ? InOrder(data, count) : null;
        }
        catch (JsonException)
        {
            vectors = null;
        }

        return vectors is null ? throw new RemoteFailureException($"{Name} answered with something that is no list of vectors of numbers.")
            : vectors.Length != count ? throw new RemoteFailureException($"{Name} answered with {vectors.Length} vectors for {count} texts.")
            : vectors.Any(static v => v is not { Length: > 0 }) ? throw new RemoteFailureException($"{Name} left out the vector of a text.")
            : vectors.OfType<float[]>().ToArray();
    }

    // The order of an answer is not promised, its indices are. Servers that give none answer in order.
    private float[]?[] InOrder(IReadOnlyList<OpenAiVector?> data, int count)
    {
        if (data.Count != count || data.All(static d => d?.Index is null))
        {
            return [.. data.Select(static d => d?.Embedding)];
        }

        var vectors = new float[]?[count];
        foreach (var entry in data)
        {
            if (entry?.Index is not { } i || i < 0 || i >= count || vectors[i] is not null)
            {
                throw new RemoteFailureException($"{Name} answered with vectors whose indices are not those of the {count} texts.");
            }

            vectors[i] = entry.Embedding;
        }

        return vectors;
    }
}
