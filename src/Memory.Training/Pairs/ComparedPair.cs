using Memory.Core.Consolidation.Pairs;
using Memory.Learning;

namespace Memory.Training.Pairs;

/// <summary>A labelled pair and what the model sees of it, without and with the encoder.</summary>
internal sealed class ComparedPair
{
    private static readonly DateTimeOffset First = new(2025, 1, 1, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Compares a pair.</summary>
    public ComparedPair(LabelledPair label, PairDecision decision)
    {
        Label = label;
        (One, Other) = (decision.Read(label.A, label.Kind, First), decision.Read(label.B, label.Kind, First.AddDays(label.Days)));
        (IsTurned, var a, var b) = string.CompareOrdinal(label.A, label.B) > 0 ? (true, Other, One) : (false, One, Other);
        (Plain, Full) = (decision.Compare(a, b, withEncoder: false), decision.Compare(a, b, withEncoder: true));
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

    /// <summary>With the encoder.</summary>
    public PairFeatures Full { get; }

    /// <summary>What the model is trained with.</summary>
    public IEnumerable<PairRow> Rows() => new[] { Plain, Full }.Select(f => new PairRow { Features = f.Values.ToArray(), Label = (uint)Label.Relation });
}
