using System.Runtime.CompilerServices;
using System.Text.Json;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Remote;
using Microsoft.Extensions.AI;

namespace Memory.Core.Consolidation.Language.Remote;

/// <summary>
/// Asks a language model at an OpenAI-compatible <c>/v1/chat/completions</c> endpoint or Ollama's <c>/api/chat</c>: messages of text, one answer of text,
/// in the form of a JSON schema where one is wanted. What is asked leaves the machine for the endpoint, and for nowhere else.
/// Failures that may pass are repeated; when that does not help, the endpoint is left alone for a while.
/// Whatever goes wrong is a <see cref="LanguageModelException"/>. Nothing is logged. Thread-safe.
/// </summary>
public sealed class OpenAiChatClient : IChatClient
{
    private const int MaxAnswerBytes = 1 << 20;

    private readonly ServiceAddress _address;
    private readonly bool _isOllama;
    private readonly RemoteService _service;
    private readonly ServiceGuard<string> _guard;
    private readonly ChatClientMetadata _metadata;

    private OpenAiChatClient(ChatEndpointOptions options, string key, TimeProvider time, Func<double> randomness, HttpMessageHandler? handler)
    {
        _address = new ServiceAddress(options.Address(), options.Model, options.ApiKeyVariable, key);
        _isOllama = options.IsOllama();
        _service = new RemoteService(_address, MaxAnswerBytes, handler, time);
        _guard = new ServiceGuard<string>(options.Limits, _address.Name, time, randomness);
        _metadata = new ChatClientMetadata(_isOllama ? "ollama" : "openai", _address.Address, options.Model);
    }

    /// <summary>Makes a client. Does not call the endpoint.</summary>
    /// <param name="options">Which endpoint, and how patiently.</param>
    /// <param name="environment">Yields an environment variable; asked once, for the key.</param>
    /// <param name="time">The clock of limits, pauses and the circuit.</param>
    /// <param name="randomness">Yields numbers in [0, 1) that vary the pauses; thread-safe.</param>
    /// <param name="handler">What carries requests, not disposed of; <see langword="null"/> for the usual.</param>
    /// <returns>The client, or a problem with <see cref="ProblemCode.Invalid"/> that names the wrong option.</returns>
    public static Outcome<OpenAiChatClient> Create(
        ChatEndpointOptions options, Func<string, string?> environment, TimeProvider time, Func<double> randomness, HttpMessageHandler? handler = null)
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
        return key.Succeeded ? new OpenAiChatClient(options, key.Value, time, randomness, handler) : key.Problem;
    }

    /// <summary>Asks.</summary>
    /// <param name="messages">Messages of text.</param>
    /// <param name="options">The form of the answer; nothing else of it is used: there is one model, and its own settings hold.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LanguageModelException">The endpoint does not answer, refuses, or answers with something else.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var form = options?.ResponseFormat as ChatResponseFormatJson;
        var question = JsonSerializer.SerializeToUtf8Bytes(
            new ChatQuestion(
                _address.Model,
                [.. messages.Select(static m => new ChatTurn(m.Role.Value, WellFormed.Of(m.Text)))],
                Stream: false,
                !_isOllama && form?.Schema is { } schema ? new ChatForm("json_schema", new ChatSchema(form.SchemaName ?? "answer", schema, Strict: true)) : null,
                _isOllama ? form?.Schema : null),
            ChatJson.Default.ChatQuestion);
        var answer = await _guard.RunAsync(async cancellation => Read(await _service.PostAsync(question, cancellation).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);
        return answer.Succeeded
            ? new ChatResponse(new ChatMessage(ChatRole.Assistant, answer.Value)) { ModelId = _address.Model }
            : throw new LanguageModelException(answer.Problem);
    }

    /// <summary>Asks; the answer comes in one piece.</summary>
    /// <param name="messages">Messages of text.</param>
    /// <param name="options">The form of the answer.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LanguageModelException">The endpoint does not answer, refuses, or answers with something else.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    /// <summary>Gives the metadata, or this object.</summary>
    /// <param name="serviceType">The type wanted.</param>
    /// <param name="serviceKey">Must be <see langword="null"/> to find anything.</param>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _service.Dispose();

    // Under guard, so that an endpoint that answers nonsense is left alone like one that answers nothing.
    private string Read(byte[] body)
    {
        try
        {
            var text = _isOllama
                ? JsonSerializer.Deserialize(body, ChatJson.Default.OllamaChatAnswer)?.Message?.Content
                : JsonSerializer.Deserialize(body, ChatJson.Default.ChatAnswer)?.Choices is [var only, ..] ? only?.Message?.Content : null;
            return text ?? throw new RemoteFailureException($"{_address.Name} answered without a text.");
        }
        catch (JsonException)
        {
            throw new RemoteFailureException($"{_address.Name} answered with something that is no answer of a chat.");
        }
    }
}
