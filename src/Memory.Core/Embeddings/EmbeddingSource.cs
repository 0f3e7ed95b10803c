using Memory.Core.Memories;
using Microsoft.Extensions.AI;

namespace Memory.Core.Embeddings;

/// <summary>
/// Where the vectors of texts come from: the built-in table, which always works offline, and, when one is configured, another model.
/// Both are loaded at first use: who only asks for the list of tools does not pay for them.
/// </summary>
public sealed class EmbeddingSource : IDisposable
{
    private readonly Lazy<Outcome<StaticEmbedder>> _table;
    private readonly Lazy<Outcome<ChosenEmbedder>>? _chosen;
    private readonly Lazy<Outcome<SentenceEncoder>>? _encoder;

    /// <summary>Names the table; nothing is read yet.</summary>
    /// <param name="tablePath">The file, usually <see cref="StaticEmbedder.DefaultPath"/>.</param>
    /// <param name="chosen">Makes the configured generator, of which the vectors have length 1; the table alone is used when left out.</param>
    /// <param name="encoderPath">The file of the sentence encoder, usually <see cref="SentenceEncoder.DefaultPath"/>; recall has no second look when left out.</param>
    public EmbeddingSource(string tablePath, Func<Outcome<IEmbeddingGenerator<string, Embedding<float>>>>? chosen = null, string? encoderPath = null)
    {
        ArgumentNullException.ThrowIfNull(tablePath);
        _table = new Lazy<Outcome<StaticEmbedder>>(() => StaticEmbedder.Load(tablePath));
        _encoder = encoderPath is null ? null : new Lazy<Outcome<SentenceEncoder>>(() => SentenceEncoder.Load(encoderPath));
        _chosen = chosen is null ? null : new Lazy<Outcome<ChosenEmbedder>>(() =>
        {
            var made = chosen();
            return made.Succeeded ? new ChosenEmbedder(made.Value) : made.Problem;
        });
    }

    private EmbeddingSource() =>
        _table = new Lazy<Outcome<StaticEmbedder>>(static () => new Problem(ProblemCode.ModelUnavailable, "No embeddings are configured; recall goes by words only."));

    /// <summary>No vectors: recall goes by words only.</summary>
    public static EmbeddingSource None { get; } = new();

    /// <summary>The table, or <see langword="null"/> when it cannot be used; then <see cref="TableProblem"/> says why.</summary>
    public StaticEmbedder? Table => _table.Value.Succeeded ? _table.Value.Value : null;

    /// <summary>Why the table cannot be used, or <see langword="null"/> when it can.</summary>
    public string? TableProblem => _table.Value.Succeeded ? null : _table.Value.Problem.Message;

    /// <summary>
    /// What takes a second look at what recall found, or <see langword="null"/> when it cannot be used; then <see cref="EncoderProblem"/> says why.
    /// A configured model reads whole sentences itself: beside one there is none.
    /// </summary>
    public SentenceEncoder? Encoder => _chosen is null && _encoder is { Value: { Succeeded: true } loaded } ? loaded.Value : null;

    /// <summary>Why the encoder cannot be used, or <see langword="null"/> when it can or none is wanted.</summary>
    public string? EncoderProblem => _chosen is null && _encoder is { Value: { Succeeded: false } failed } ? failed.Problem!.Message : null;

    /// <summary>The encoder, also where recall has no use for it: consolidation asks it about pairs that are in doubt.</summary>
    /// <returns>The encoder, or a problem with <see cref="ProblemCode.ModelUnavailable"/>.</returns>
    public Outcome<SentenceEncoder> LoadEncoder() => _encoder?.Value ?? new Problem(ProblemCode.ModelUnavailable, "No sentence encoder is configured.");

    /// <summary>Whether an encoder is wanted; it is not read for that.</summary>
    internal bool WantsEncoder => _chosen is null && _encoder is not null;

    /// <summary>The configured model, or <see langword="null"/> when there is none or it cannot be used; then <see cref="ChosenProblem"/> says why.</summary>
    internal ChosenEmbedder? Chosen => _chosen is { Value: { Succeeded: true } made } ? made.Value : null;

    /// <summary>Why the configured model cannot be used at all, or <see langword="null"/> when it can or none is configured.</summary>
    internal string? ChosenProblem => _chosen is { Value: { Succeeded: false } failed } ? failed.Problem!.Message : null;

    /// <summary>Disposes of the configured generator.</summary>
    public void Dispose()
    {
        if (_chosen is { IsValueCreated: true, Value: { Succeeded: true } made })
        {
            made.Value.Dispose();
        }
    }
}
