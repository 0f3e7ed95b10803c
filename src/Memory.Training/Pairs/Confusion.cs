using System.Text;
using Memory.Core.Consolidation.Pairs;

namespace Memory.Training.Pairs;

/// <summary>Counts what was said of what.</summary>
internal sealed class Confusion
{
    private static readonly PairRelation[] Relations = Enum.GetValues<PairRelation>();

    private readonly int[,] _counts = new int[Relations.Length, Relations.Length];

    /// <summary>Counts one decision.</summary>
    public void Add(PairRelation truth, PairRelation said) => _counts[(int)truth, (int)said]++;

    /// <summary>Of those said to be of a relation, the share that is.</summary>
    public double Precision(PairRelation relation) => Share(_counts[(int)relation, (int)relation], Relations.Sum(r => _counts[(int)r, (int)relation]));

    /// <summary>Of those of a relation, the share that was said to be.</summary>
    public double Recall(PairRelation relation) => Share(_counts[(int)relation, (int)relation], Relations.Sum(r => _counts[(int)relation, (int)r]));

    /// <summary>The harmonic mean of both.</summary>
    public double F1(PairRelation relation) => Precision(relation) + Recall(relation) is > 0 and var sum ? 2 * Precision(relation) * Recall(relation) / sum : 0;

    /// <summary>The mean over all relations.</summary>
    public double MacroF1 => Relations.Average(F1);

    /// <summary>Two tables in Markdown.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine("| relation | pairs | precision | recall | F1 |").AppendLine("|---|---|---|---|---|");
        foreach (var relation in Relations)
        {
            text.AppendLine(FormattableString.Invariant($"| {relation} | {Relations.Sum(r => _counts[(int)relation, (int)r])} | {Precision(relation):0.000} | {Recall(relation):0.000} | {F1(relation):0.000} |"));
        }

        text.AppendLine().AppendLine(FormattableString.Invariant($"Macro F1: {MacroF1:0.000}")).AppendLine();
        text.AppendLine("| is \\ said | " + string.Join(" | ", Relations) + " |").AppendLine("|---|" + string.Concat(Enumerable.Repeat("---|", Relations.Length)));
        foreach (var truth in Relations)
        {
            text.AppendLine("| " + truth + " | " + string.Join(" | ", Relations.Select(said => _counts[(int)truth, (int)said])) + " |");
        }

        return text.ToString();
    }

    private static double Share(int part, int whole) => whole == 0 ? 1 : (double)part / whole;
}
