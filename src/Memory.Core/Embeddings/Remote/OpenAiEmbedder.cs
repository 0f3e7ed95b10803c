using System.Security.Cryptography;
using System.Text;
using Memory.Core.Memories;
using Memory.Core.Remote;
using Microsoft.Extensions.AI;

namespace Memory.Core.Embeddings.Remote;

/// <summary>
/// Makes vectors of texts at an OpenAI-compatible <c>/v1/embeddings</c> endpoint or Ollama's <c>/api/embed</c>; they come with length 1.
/// Texts leave the machine for the endpoint, and for nowhere else. A text of white space only has the zero vector and is not sent.
/// Failures that may pass are repeated; when that does not help, the endpoint is left alone for a while: see <see cref="Availability"/>.
/// Whatever goes wrong is an <see cref="EmbeddingException"/>. Nothing is logged. Thread-safe.
/// </summary>
public sealed class OpenAiEmbedder : IEmbeddingGenerator<string, Embedding<float>>
{
    // Any text does to learn how many numbers a vector has; this one gives nothing away.
    private const string Probe = "memory";

    private readonly OpenAiOptions _options;
    private readonly RemoteEndpoint _endpoint;
    private readonly ServiceGuard<float[][]> _guard;
    private readonly EmbeddingGeneratorMetadata _metadata;
    private volatile EmbeddingModel? _model;

    private OpenAiEmbedder(OpenAiOptions options, RemoteEndpoint endpoint, ServiceGuard<float[][]> guard)
    {
        _options = options;
        _endpoint = endpoint;
        _guard = guard;
        _model = options.Dimensions is { } dimensions ? ModelOf(dimensions) : null;
        _metadata = new EmbeddingGeneratorMetadata("openai", options.Address(), options.Model, options.Dimensions);
    }

    /// <summary>
    /// Which model the vectors are of. <see langword="null"/> until the first answer when <see cref="OpenAiOptions.Dimensions"/> is not given,
    /// since only the endpoint knows how many there are; then it stays. The version stands for address, model and dimensions: what is behind the address cannot be seen.
    /// </summary>
    public EmbeddingModel? Model => _model;

    /// <summary>Whether the next call goes to the endpoint, or why not and until when.</summary>
    public EmbeddingAvailability Availability =>
        _guard.Outage is { } outage ? new EmbeddingAvailability(false, outage.Reason, outage.Until) : EmbeddingAvailability.Available;

    /// <summary>Makes an embedder. Does not call the endpoint.</summary>
    /// <param name="options">Which endpoint, and how patiently.</param>
    /// <param name="environment">Yields an environment variable; asked once, for the key.</param>
    /// <param name="time">The clock of limits, pauses and the circuit.</param>
    /// <param name="randomness">Yields numbers in [0, 1) that vary the pauses; thread-safe.</param>
    /// <param name="handler">What carries requests, not disposed of; <see langword="null"/> for the usual.</param>
    /// <returns>The embedder, or a problem with <see cref="ProblemCode.Invalid"/> that names the wrong option.</returns>
    public static Outcome<OpenAiEmbedder> Create(
        OpenAiOptions options, Func<string, string?> environment, TimeProvider time, Func<double> randomness, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(randomness);
        if (options.Check() is { } problem)
        {
            return problem;
        }

        var key = ServiceAddress.ReadKey(options.ApiKeyVariable, environment);
        if (!key.Succeeded)
        {
            return key.Problem;
        }

        var endpoint = new RemoteEndpoint(options, key.Value, handler, time);
        return new OpenAiEmbedder(options, endpoint, new ServiceGuard<float[][]>(options.Limits, endpoint.Name, time, randomness));
    }

    /// <summary>Tells which model it is, asking the endpoint when that is not known yet.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The model, or why it cannot be told.</returns>
    public async Task<Outcome<EmbeddingModel>> ConnectAsync(CancellationToken cancellationToken = default)
    {
        if (_model is { } known)
        {
            return known;
        }

        var answer = await AskAsync([Probe], cancellationToken).ConfigureAwait(false);
        return answer.Succeeded ? _model! : answer.Problem;
    }

    /// <summary>Makes the vectors of several texts, <see cref="OpenAiOptions.BatchSize"/> a request.</summary>
    /// <param name="values">The texts, of any length; only the first <see cref="OpenAiOptions.MaxCharacters"/> characters of each count.</param>
    /// <param name="options">Not used: there is one model and one number of dimensions.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>One vector a text, in their order, of <see cref="EmbeddingModel.Dimensions"/> numbers; length 1, or all zeros.</returns>
    /// <exception cref="EmbeddingException">The endpoint does not answer, refuses, or answers wrongly. There are no vectors then, not even of some.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var texts = values.Select(Sent).ToArray();
        var vectors = new float[texts.Length][];
        foreach (var batch in Enumerable.Range(0, texts.Length).Where(i => texts[i].Length > 0).Chunk(_options.BatchSize))
        {
            var answer = await AskAsync([.. batch.Select(i => texts[i])], cancellationToken).ConfigureAwait(false);
            if (!answer.Succeeded)
            {
                throw new EmbeddingException(answer.Problem);
            }

            for (var i = 0; i < batch.Length; i++)
            {
                vectors[batch[i]] = answer.Value[i];
            }
        }

        var result = new GeneratedEmbeddings<Embedding<float>>(texts.Length);
        if (texts.Length > 0)
        {
            var model = await ConnectAsync(cancellationToken).ConfigureAwait(false);
            if (!model.Succeeded)
            {
                throw new EmbeddingException(model.Problem);
            }

            var dimensions = model.Value.Dimensions;
            result.AddRange(vectors.Select(v => new Embedding<float>(v ?? new float[dimensions]) { ModelId = _options.Model }));
        }

        return result;
    }

    /// <summary>Gives the metadata, the model when it is known, the availability of this moment, or this object.</summary>
    /// <param name="serviceType">The type wanted.</param>
    /// <param name="serviceKey">Must be <see langword="null"/> to find anything.</param>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType == typeof(EmbeddingModel) ? Model
            : serviceType == typeof(EmbeddingAvailability) ? Availability
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _endpoint.Dispose();

    private async Task<Outcome<float[][]>> AskAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        return await _guard.RunAsync(
            async cancellation => Checked(await _endpoint.AskAsync(texts, cancellation).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);
    }

    // Under guard, so that an endpoint that answers nonsense is left alone like one that answers nothing.
    private float[][] Checked(float[][] vectors)
    {
        var dimensions = _model?.Dimensions ?? vectors[0].Length;
        foreach (var vector in vectors)
        {
            if (VectorCheck.Normalize(vector, dimensions, _endpoint.Name) is { } problem)
            {
                throw new RemoteFailureException(problem.Message);
            }
        }

        // Two first answers may race; both must then be of the one that won.
        Interlocked.CompareExchange(ref _model, ModelOf(dimensions), null);
        return _model!.Dimensions == dimensions ? vectors : throw new RemoteFailureException($"{_endpoint.Name} answers with vectors of {dimensions} numbers and of {_model.Dimensions}.");
    }

    private string Sent(string? text) =>
        string.IsNullOrWhiteSpace(text) ? "" : WellFormed.Of(text.Length > _options.MaxCharacters ? text[.._options.MaxCharacters] : text);

    private EmbeddingModel ModelOf(int dimensions)
    {
        var identity = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_options.Address()}\n{_options.Model}\n{dimensions}");
        return new EmbeddingModel($"openai:{_options.Model}", dimensions, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)).AsSpan(0, 16)));
    }
}
