using Memory.Core.Memories;
using Memory.Core.Remote;

namespace Memory.Core.Consolidation.Language.Remote;

/// <summary>Which endpoint to ask, and how patiently. Holds the name of the key's variable, never the key.</summary>
public sealed record ChatEndpointOptions
{
    /// <summary>
    /// The address, http or https. A path that ends in <c>/chat/completions</c> or <c>/api/chat</c> is used as it stands; after any other,
    /// <c>/chat/completions</c> is put, and after none, <c>/v1/chat/completions</c>.
    /// </summary>
    public required Uri Endpoint { get; init; }

    /// <summary>What the endpoint calls the model, as <c>llama3.2</c>.</summary>
    public required string Model { get; init; }

    /// <summary>The environment variable that holds the key, or <see langword="null"/> for none. A variable that is not set means no key.</summary>
    public string? ApiKeyVariable { get; init; }

    /// <summary>How long one attempt may take. Default 25 s: a local server may first have to load the model.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>How long all attempts may take, with the pauses between them. Default 60 s; the limit of consolidation itself is usually shorter.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a request is repeated after a failure that may pass (429, 5xx, no answer), 1 to 10. Default 1.</summary>
    public int Retries { get; init; } = 1;

    /// <summary>The pause before the first repetition; it doubles with each, and is varied at random. Default 0.5 s.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How patiently, in one. Whoever failed so often within a minute is left alone for as long.</summary>
    internal ServiceLimits Limits => new(Timeout, TotalTimeout, Retries, RetryDelay, FailuresToBreak: 5, FailureWindow: TimeSpan.FromMinutes(1), BreakDuration: TimeSpan.FromMinutes(1));

    /// <summary>What is wrong with the values, or <see langword="null"/>.</summary>
    internal Problem? Check() => ServiceAddress.Check(Endpoint, Model, "language model", "llama3.2") ?? Limits.Check();

    /// <summary>The address that is posted to.</summary>
    internal Uri Address() => ServiceAddress.Complete(Endpoint, "/chat/completions", "/api/chat");

    /// <summary>Whether it is Ollama's own interface, told from its path.</summary>
    internal bool IsOllama() => Address().AbsolutePath.TrimEnd('/').EndsWith("/api/chat", StringComparison.Ordinal);
}
