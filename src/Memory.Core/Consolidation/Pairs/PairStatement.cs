using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// What a memory is compared by: computed once, used in every pair it is in. Made by <see cref="StatementReader"/>. Of a long text the first
/// <see cref="MaxTokens"/> words are compared; its facts are all here. Thread-safe.
/// </summary>
internal sealed class PairStatement
{
    /// <summary>The most words that are compared.</summary>
    public const int MaxTokens = 512;

    private float[]? _encoded;

    /// <summary>The text.</summary>
    public required string Content { get; init; }

    /// <summary>The kind of the memory.</summary>
    public required MemoryKind Kind { get; init; }

    /// <summary>When it was said.</summary>
    public required DateTimeOffset SaidAt { get; init; }

    /// <summary>When it happened, if that was said.</summary>
    public required DateTimeOffset? OccurredAt { get; init; }

    /// <summary>A hash of the text after folding case, spacing, punctuation and articles. Equal hashes call for a comparison of the texts.</summary>
    public required long FoldedHash { get; init; }

    /// <summary>What of the whole text no comparison of words sees.</summary>
    public required Writing Writing { get; init; }

    /// <summary>Its words in order, grammar included; at most <see cref="MaxTokens"/>.</summary>
    public required IReadOnlyList<StatementToken> Tokens { get; init; }

    /// <summary>The words that carry content, each stem once, in order.</summary>
    public required IReadOnlyList<ContentTerm> Terms { get; init; }

    /// <summary>Where a stem stands in <see cref="Terms"/>.</summary>
    public required StemIndex TermIndex { get; init; }

    /// <summary>The hashes of all runs of three characters of the beginning, ascending, each once.</summary>
    public required uint[] Trigrams { get; init; }

    /// <summary>The numbers, dates and versions of the whole text.</summary>
    public required IReadOnlyList<Fact> Values { get; init; }

    /// <summary>The canonical values of <see cref="Values"/>.</summary>
    public required StemIndex ValueIndex { get; init; }

    /// <summary>The names of the whole text.</summary>
    public required IReadOnlyList<StatementName> Names { get; init; }

    /// <summary>The words that are denied, one for each negation of the whole text, in order; empty where nothing follows.</summary>
    public required IReadOnlyList<string> Denied { get; init; }

    /// <summary>What it says has changed; <see langword="null"/> when nothing.</summary>
    public required Change? Change { get; init; }

    /// <summary>Whether it weakens what it says.</summary>
    public required bool IsHedged { get; init; }

    /// <summary>Whether it is in a language that the rules do not read, as far as its words tell.</summary>
    public required bool IsForeign { get; init; }

    /// <summary>Whether the text has more words than are compared.</summary>
    public required bool IsCut { get; init; }

    /// <summary>The vector of the text by the table of words; a scale of 0 for none.</summary>
    public required StoredVector Vector { get; init; }

    /// <summary>Every stem of the whole text, grammar included.</summary>
    public required StemIndex AllStems { get; init; }

    /// <summary>The vector of the sentence encoder, made when first asked for.</summary>
    public float[] Encoded(Embeddings.SentenceEncoder encoder)
    {
        if (_encoded is { } known)
        {
            return known;
        }

        var vector = new float[Embeddings.SentenceEncoder.Dimensions];
        encoder.Encode(Content, vector);
        return Interlocked.CompareExchange(ref _encoded, vector, null) ?? vector;
    }

    /// <summary>Whether two texts are one but for case, spacing, punctuation and articles.</summary>
    public static bool HaveSameText(PairStatement one, PairStatement other) =>
        one.FoldedHash == other.FoldedHash && Folding.Statement(one.Content) == Folding.Statement(other.Content);
}

/// <summary>A word that carries content.</summary>
/// <param name="Token">The word where it first stands.</param>
/// <param name="Weight">How rare it is, 0.1 to 1.</param>
/// <param name="InCondition">Whether a preposition stands before it: 'in the evening', 'for tests', 'at work'.</param>
internal readonly record struct ContentTerm(StatementToken Token, float Weight, bool InCondition)
{
    /// <summary>What all its forms share.</summary>
    public string Stem => Token.Stem;
}
