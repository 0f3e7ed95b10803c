using Memory.Core.Consolidation.Pairs;
using Memory.Core.Embeddings;
using Memory.Learning;

namespace Memory.Training.Pairs;

/// <summary>A labelled pair and what the model sees of it.</summary>
internal sealed class ComparedPair
{
    private static readonly DateTimeOffset First = new(2025, 1, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly float _cosine;

    /// <summary>Compares a pair.</summary>
    public ComparedPair(LabelledPair label, PairDecision decision, SentenceEncoder encoder)
    {
        Label = label;
        (One, Other) = (decision.Read(label.A, label.Kind, First), decision.Read(label.B, label.Kind, First.AddDays(label.Days)));
        IsTurned = string.CompareOrdinal(label.A, label.B) > 0;
        Plain = IsTurned ? decision.Compare(Other, One) : decision.Compare(One, Other);
        (VectorOne, VectorOther) = (One.Encoded(encoder), Other.Encoded(encoder));
        _cosine = Vectors.Dot(VectorOne, VectorOther);
    }

    /// <summary>The pair.</summary>
    public LabelledPair Label { get; }

    /// <summary>The first statement.</summary>
    public PairStatement One { get; }

    /// <summary>The second statement.</summary>
    public PairStatement Other { get; }

    /// <summary>Whether the statements are compared the other way round.</summary>
    public bool IsTurned { get; }

    /// <summary>Without the encoder.</summary>
    public PairFeatures Plain { get; }

    /// <summary>The first statement by the sentence encoder.</summary>
    public float[] VectorOne { get; }

    /// <summary>The second statement by the sentence encoder.</summary>
    public float[] VectorOther { get; }

    /// <summary>What the two vectors tell.</summary>
    public float[] ScoresOf(VectorHead head)
    {
        var scores = new float[PairModelVerdict.Classes];
        head.JudgeVectors(VectorOne, VectorOther, scores);
        return scores;
    }

    /// <summary>With the encoder.</summary>
    /// <param name="scores">What the two vectors tell.</param>
    public PairFeatures WithEncoder(ReadOnlySpan<float> scores) => Plain.WithEncoder(_cosine, scores);
}
