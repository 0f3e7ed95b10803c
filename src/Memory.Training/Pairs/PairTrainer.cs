using Memory.Learning;
using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;

namespace Memory.Training.Pairs;

/// <summary>Trains the model by Microsoft.ML: one thread, one seed, so that the same rows give the same decisions.</summary>
internal static class PairTrainer
{
    private const int Seed = 20;

    /// <summary>What can be trained.</summary>
    public static readonly string[] Kinds = ["trees", "maxent"];

    /// <summary>Trains.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="schema">The columns that the model was trained with.</param>
    public static ITransformer Train(IEnumerable<PairRow> rows, string kind, out DataViewSchema schema)
    {
        var context = new MLContext(Seed);
        var data = context.Data.LoadFromEnumerable(rows, PairRow.Schema());
        schema = data.Schema;
        return kind == "maxent"
            ? context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
            {
                NumberOfThreads = 1,
                L2Regularization = 0.3f,
                L1Regularization = 0.05f,
            }).Fit(data)
            : context.MulticlassClassification.Trainers.OneVersusAll(context.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options
            {
                NumberOfThreads = 1,
                Seed = Seed,
                FeatureSelectionSeed = Seed,
                NumberOfLeaves = 16,
                NumberOfTrees = 400,
                LearningRate = 0.06,
                MinimumExampleCountPerLeaf = 12,
                FeatureFraction = 0.35,
            })).Fit(data);
    }
}
