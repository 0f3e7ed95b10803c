using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Memory.Core.Embeddings.Remote;

/// <summary>One request to the endpoint and its answer, read with suspicion. Knows nothing of repetition.</summary>
internal sealed class RemoteEndpoint : IDisposable
{
    // 2,048 vectors of 1,024 numbers come to about 25 MB of JSON.
    private const int MaxAnswerBytes = 64 << 20;

    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    private readonly OpenAiOptions _options;
    private readonly Uri _address;
    private readonly EmbeddingApi _api;
    private readonly HttpClient _http;
    private readonly AuthenticationHeaderValue? _authorization;
    private readonly TimeProvider _time;

    public RemoteEndpoint(OpenAiOptions options, string? key, HttpMessageHandler? handler, TimeProvider time)
    {
        _options = options;
        _address = options.Address();
        _api = options.Api();
        _authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        _time = time;
        // No redirection: memories go where the owner said, nowhere else. The connection is renewed so that a changed address is noticed.
        _http = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }, disposeHandler: handler is null)
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
        Name = $"{_address.GetLeftPart(UriPartial.Path)} ({options.Model})";
    }

    /// <summary>Address and model, for messages.</summary>
    public string Name { get; }

    /// <summary>Asks for the vectors of some texts.</summary>
    /// <returns>One vector a text, in their order, of any length and content.</returns>
    /// <exception cref="RemoteFailureException">There is no such answer.</exception>
    public async ValueTask<float[][]> AskAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _address);
            request.Headers.Authorization = _authorization;
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(
                new EmbeddingQuestion(_options.Model, texts, _options.Dimensions), RemoteJson.Default.EmbeddingQuestion));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? Read(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false), texts.Count)
                : throw Refused(response);
        }
        catch (HttpRequestException error)
        {
            var tooLong = error.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded;
            throw new RemoteFailureException(tooLong ? $"{Name} answered with more than {MaxAnswerBytes >> 20} MB." : $"{Name} cannot be reached: {error.HttpRequestError}.") { MayPass = !tooLong };
        }
        catch (IOException)
        {
            throw new RemoteFailureException($"{Name} closed the connection before the end of its answer.") { MayPass = true };
        }
    }

    public void Dispose() => _http.Dispose();

    // Bodies of errors are not shown: some echo the text or a part of the key.
    private RemoteFailureException Refused(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var what = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => _options.ApiKeyVariable is { } variable ? $"the key in {variable} is missing or not accepted" : "it wants a key",
            HttpStatusCode.NotFound => "it knows no such address or model",
            HttpStatusCode.TooManyRequests => "too many requests",
            >= HttpStatusCode.InternalServerError => "it failed",
            >= HttpStatusCode.BadRequest => "it refused the request",
            _ => "it sends elsewhere, which is not followed",
        };
        return new RemoteFailureException($"{Name} answered {status}: {what}.")
        {
            MayPass = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError,
            BlamesTexts = response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity,
            RetryAfter = RetryAfter(response.Headers.RetryAfter),
        };
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date is { } date ? date - _time.GetUtcNow() : null);
        return wait is not { } time ? null : time < TimeSpan.Zero ? TimeSpan.Zero : time > LongestRetryAfter ? LongestRetryAfter : time;
    }

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
