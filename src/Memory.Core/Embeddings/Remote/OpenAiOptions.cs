using Memory.Core.Memories;
using Memory.Core.Remote;

namespace Memory.Core.Embeddings.Remote;

/// <summary>Which endpoint to ask, and how patiently. Holds the name of the key's variable, never the key.</summary>
public sealed record OpenAiOptions
{
    /// <summary>
    /// The address, http or https. A path that ends in <c>/embeddings</c> or <c>/api/embed</c> is used as it stands; after any other,
    /// <c>/embeddings</c> is put, and after none, <c>/v1/embeddings</c>.
    /// </summary>
    public required Uri Endpoint { get; init; }

    /// <summary>What the endpoint calls the model, as <c>text-embedding-3-small</c>.</summary>
    public required string Model { get; init; }

    /// <summary>The environment variable that holds the key, or <see langword="null"/> for none. A variable that is not set means no key.</summary>
    public string? ApiKeyVariable { get; init; }

    /// <summary>How many numbers a vector has, asked of the endpoint and enforced; 1 to 8192. <see langword="null"/>: as many as the first answer has.</summary>
    public int? Dimensions { get; init; }

    /// <summary>How long one attempt may take. Default 10 s: a local server may first have to load the model.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a batch may take, with all attempts and the pauses between them. Default 25 s: a client waits for the answer.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>How many texts go into a request, 1 to 2048. Default 64.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>How many characters of a text are sent, at least 100. Default 8000: about 2,000 tokens, which most models take, and what follows moves a vector little.</summary>
    public int MaxCharacters { get; init; } = 8_000;

    /// <summary>How often a request is repeated after a failure that may pass (429, 5xx, no answer), 1 to 10. Default 2.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>The pause before the first repetition; it doubles with each, and is varied at random, so that many clients do not come back together. Default 0.5 s.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>After how many failed attempts within <see cref="FailureWindow"/>, at least as many as succeeded, the endpoint is left alone; at least 2. Default 5.</summary>
    public int FailuresToBreak { get; init; } = 5;

    /// <summary>How long a failed attempt counts. Default 1 min.</summary>
    public TimeSpan FailureWindow { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the endpoint is left alone; then one request tries it. At least 0.5 s; default 30 s.</summary>
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How patiently, in one.</summary>
    internal ServiceLimits Limits => new(Timeout, TotalTimeout, Retries, RetryDelay, FailuresToBreak, FailureWindow, BreakDuration);

    /// <summary>What is wrong with the values, or <see langword="null"/>.</summary>
    internal Problem? Check() =>
        ServiceAddress.Check(Endpoint, Model, "embeddings", "text-embedding-3-small")
        ?? (Dimensions is < 1 or > 8192 ? Problem.Invalid($"The embeddings cannot have {Dimensions} dimensions; allowed is 1 to 8192.")
            : BatchSize is < 1 or > 2048 ? Problem.Invalid($"A batch cannot hold {BatchSize} texts; allowed is 1 to 2048.")
            : MaxCharacters < 100 ? Problem.Invalid($"At least 100 characters of a text must be sent, not {MaxCharacters}.")
            : Limits.Check());

    /// <summary>The address that is posted to.</summary>
    internal Uri Address() => ServiceAddress.Complete(Endpoint, "/embeddings", "/api/embed");

    /// <summary>How the endpoint answers, told from its path.</summary>
    internal EmbeddingApi Api() =>
        Address().AbsolutePath.TrimEnd('/').EndsWith("/api/embed", StringComparison.Ordinal) ? EmbeddingApi.Ollama : EmbeddingApi.OpenAi;
}
