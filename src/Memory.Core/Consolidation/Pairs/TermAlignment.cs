using Memory.Core.Recall.Ranking;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Lays the words of two statements beside each other: which both have, which stand for each other by meaning, and which are left over.
/// At most <see cref="MaxLeft"/> words a side are compared by meaning.
/// </summary>
internal sealed class TermAlignment
{
    /// <summary>The most words of a side that are compared by meaning.</summary>
    public const int MaxLeft = 24;

    private const int SharedPrefix = 5;
    private const float PrefixSimilarity = 0.9f;
    private const float Rare = 0.7f;
    private const float Stranger = 0.3f;

    private TermAlignment(PairStatement one, PairStatement other, WordVectors? vectors)
    {
        var (left, right) = (Left(one, other, out var weightLeft), Left(other, one, out var weightRight));
        (WeightOne, WeightOther) = (Weight(one), Weight(other));
        (SharedOne, SharedOther) = (WeightOne - weightLeft, WeightOther - weightRight);
        Shared = one.Terms.Count(t => other.TermIndex.Contains(t.Stem));
        (OnlyOne, OnlyOther) = Match(one, other, left, right, vectors);
    }

    /// <summary>The sum of the weights of all words.</summary>
    public float WeightOne { get; }

    /// <inheritdoc cref="WeightOne"/>
    public float WeightOther { get; }

    /// <summary>The sum of the weights of the words that the other has too.</summary>
    public float SharedOne { get; }

    /// <inheritdoc cref="SharedOne"/>
    public float SharedOther { get; }

    /// <summary>How many words both have.</summary>
    public int Shared { get; }

    /// <summary>The sum, over words that only one has, of weight times likeness to the closest of the other's.</summary>
    public float SoftOne { get; private set; }

    /// <inheritdoc cref="SoftOne"/>
    public float SoftOther { get; private set; }

    /// <summary>The words of the first that have no counterpart.</summary>
    public IReadOnlyList<ContentTerm> OnlyOne { get; }

    /// <summary>The words of the second that have no counterpart.</summary>
    public IReadOnlyList<ContentTerm> OnlyOther { get; }

    /// <summary>The greatest likeness between two words that are left over.</summary>
    public float ClosestLeft { get; private set; }

    /// <summary>The likeness of that word, of those that only one has, which is least like any of the other's; 1 when there is none.</summary>
    public float FarthestLeft { get; private set; } = 1;

    /// <summary>The likeness of that word which only the first has, and which is no name and no value, that is least like any of the second's; 1 when there is none.</summary>
    public float FarthestOne { get; private set; } = 1;

    /// <inheritdoc cref="FarthestOne"/>
    public float FarthestOther { get; private set; } = 1;

    /// <summary>Whether the first has a rare word that nothing left of the other resembles.</summary>
    public bool HasStrangerOne { get; private set; }

    /// <inheritdoc cref="HasStrangerOne"/>
    public bool HasStrangerOther { get; private set; }

    /// <summary>Aligns two statements.</summary>
    /// <param name="one">The first.</param>
    /// <param name="other">The second.</param>
    /// <param name="vectors">What words mean; without it only forms of one word stand for each other.</param>
    public static TermAlignment Of(PairStatement one, PairStatement other, WordVectors? vectors) => new(one, other, vectors);

    /// <summary>From which likeness on two words stand for each other.</summary>
    public const float Counterpart = 0.7f;

    private static float Weight(PairStatement statement)
    {
        var sum = 0f;
        foreach (var term in statement.Terms)
        {
            sum += term.Weight;
        }

        return sum;
    }

    private static List<ContentTerm> Left(PairStatement one, PairStatement other, out float weight)
    {
        var left = new List<ContentTerm>();
        weight = 0;
        foreach (var term in one.Terms)
        {
            if (!other.TermIndex.Contains(term.Stem))
            {
                weight += term.Weight;
                left.Add(term);
            }
        }

        return left;
    }

    private (List<ContentTerm> One, List<ContentTerm> Other) Match(
        PairStatement one, PairStatement other, List<ContentTerm> left, List<ContentTerm> right, WordVectors? vectors)
    {
        var (rows, columns) = (Math.Min(left.Count, MaxLeft), Math.Min(right.Count, MaxLeft));
        Span<float> best = stackalloc float[MaxLeft];
        Span<bool> taken = stackalloc bool[MaxLeft];
        Span<bool> matched = stackalloc bool[MaxLeft];
        for (var i = 0; i < rows; i++)
        {
            var (likest, at) = (0f, -1);
            for (var j = 0; j < columns; j++)
            {
                var likeness = Likeness(left[i].Token, right[j].Token, vectors);
                best[j] = Math.Max(best[j], likeness);
                if (likeness > likest)
                {
                    (likest, at) = (likeness, j);
                }
            }

            SoftOne += left[i].Weight * likest;
            FarthestLeft = Math.Min(FarthestLeft, likest);
            FarthestOne = IsWord(left[i]) ? Math.Min(FarthestOne, likest) : FarthestOne;
            ClosestLeft = Math.Max(ClosestLeft, likest);
            HasStrangerOne |= vectors is not null && IsStranger(one, left[i], likest);
            if (likest >= Counterpart && !taken[at])
            {
                taken[at] = matched[i] = true;
            }
        }

        for (var j = 0; j < columns; j++)
        {
            SoftOther += right[j].Weight * best[j];
            FarthestLeft = Math.Min(FarthestLeft, best[j]);
            FarthestOther = IsWord(right[j]) ? Math.Min(FarthestOther, best[j]) : FarthestOther;
            HasStrangerOther |= vectors is not null && IsStranger(other, right[j], best[j]);
        }

        return (Unmatched(left, matched), Unmatched(right, taken));
    }

    private static bool IsWord(ContentTerm term) => term.Token.Kind == TokenKind.Word && !(term.Token.IsCapital && !term.Token.StartsSentence);

    // A noun: 'the tortoise', 'the storage unit'.
    private static bool IsStranger(PairStatement of, ContentTerm term, float likest) =>
        likest < Stranger && term.Weight >= Rare && term.Token.Kind == TokenKind.Word && MinimalPair.StandsBehindArticle(of, term.Stem);

    private static List<ContentTerm> Unmatched(List<ContentTerm> terms, Span<bool> matched)
    {
        var kept = new List<ContentTerm>(terms.Count);
        for (var i = 0; i < terms.Count; i++)
        {
            if (i >= MaxLeft || !matched[i])
            {
                kept.Add(terms[i]);
            }
        }

        return kept;
    }

    // Values and names stand for nothing but themselves, and opposites are near each other in meaning.
    private static float Likeness(StatementToken one, StatementToken other, WordVectors? vectors)
    {
        if (one.Kind != TokenKind.Word || other.Kind != TokenKind.Word || (one.IsCapital && !one.StartsSentence) || (other.IsCapital && !other.StartsSentence) || WordLists.AreOpposites(one.Stem, other.Stem))
        {
            return 0;
        }

        var prefix = one.Text.AsSpan().CommonPrefixLength(other.Text);
        if (prefix >= SharedPrefix && prefix * 5 >= 3 * Math.Max(one.Text.Length, other.Text.Length))
        {
            return PrefixSimilarity;
        }

        return vectors is null ? 0 : Math.Clamp(vectors.Of(one.Text).Cosine(vectors.Of(other.Text)), 0, 1);
    }
}
