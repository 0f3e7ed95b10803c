using Memory.Core.Memories;

namespace Memory.Core.Embeddings;

/// <summary>Where the vectors of texts come from. The table is read at first use: who only asks for the list of tools does not pay for it.</summary>
public sealed class EmbeddingSource
{
    private readonly Lazy<Outcome<StaticEmbedder>> _table;

    /// <summary>Names the table; nothing is read yet.</summary>
    /// <param name="path">The file, usually <see cref="StaticEmbedder.DefaultPath"/>.</param>
    public EmbeddingSource(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        _table = new Lazy<Outcome<StaticEmbedder>>(() => StaticEmbedder.Load(path));
    }

    private EmbeddingSource() =>
        _table = new Lazy<Outcome<StaticEmbedder>>(static () => new Problem(ProblemCode.ModelUnavailable, "No embeddings are configured; recall goes by words only."));

    /// <summary>No vectors: recall goes by words only.</summary>
    public static EmbeddingSource None { get; } = new();

    /// <summary>The table, or <see langword="null"/> when it cannot be used; then <see cref="Problem"/> says why.</summary>
    public StaticEmbedder? Table => _table.Value.Succeeded ? _table.Value.Value : null;

    /// <summary>Why there are no vectors and recall goes by words only, or <see langword="null"/> when there are.</summary>
    public string? Problem => _table.Value.Succeeded ? null : _table.Value.Problem.Message;
}
