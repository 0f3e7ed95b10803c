using Memory.Core.Memories;
using Microsoft.Extensions.AI;

namespace Memory.Core.Consolidation.Language;

/// <summary>Where the language model comes from. It is made when a run first has a question for it: start-up and recall do not pay for it.</summary>
public sealed class LanguageModelSource : IDisposable
{
    private readonly Lazy<Outcome<IChatClient>>? _client;

    /// <summary>Names a model; nothing is called yet.</summary>
    /// <param name="make">Makes the client, which this disposes of.</param>
    /// <param name="options">How much it may do; the defaults when left out.</param>
    public LanguageModelSource(Func<Outcome<IChatClient>> make, LanguageModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(make);
        _client = new Lazy<Outcome<IChatClient>>(make);
        Options = options ?? LanguageModelOptions.Default;
    }

    private LanguageModelSource() => Options = LanguageModelOptions.Default;

    /// <summary>No language model: the rules decide alone. The default.</summary>
    public static LanguageModelSource None { get; } = new();

    /// <summary>Whether a model is configured.</summary>
    public bool IsConfigured => _client is not null;

    /// <summary>How much the model may do in a run.</summary>
    public LanguageModelOptions Options { get; }

    /// <summary>The client, or why there is none.</summary>
    internal Outcome<IChatClient> Client => _client?.Value ?? new Problem(ProblemCode.ModelUnavailable, "No language model is configured.");

    /// <summary>Disposes of the client.</summary>
    public void Dispose()
    {
        if (_client is { IsValueCreated: true, Value: { Succeeded: true } made })
        {
            made.Value.Dispose();
        }
    }
}
