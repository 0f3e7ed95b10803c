using Memory.Core.Consolidation.Pairs;
using Memory.Learning;
using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;

namespace Memory.Training.Pairs;

/// <summary>A model fresh from training.</summary>
/// <param name="Model">What Microsoft.ML has learned.</param>
/// <param name="Schema">The columns that it was trained with.</param>
internal sealed record TrainedModel(ITransformer Model, DataViewSchema Schema)
{
    /// <summary>The model, for measuring.</summary>
    public PairModel ToModel(PairThresholds thresholds) => new(Model, "fold", "fold", thresholds);
}

/// <summary>Trains the model by Microsoft.ML: one thread, one seed, so that the same rows give the same decisions.</summary>
internal static class PairTrainer
{
    private const int Seed = 20;

    /// <summary>What can be trained.</summary>
    public static readonly string[] Kinds = ["trees", "maxent"];

    /// <summary>Trains on some pairs.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    public static TrainedModel Train(IReadOnlyList<ComparedPair> pairs, string kind)
    {
        var rows = pairs.SelectMany(static p => new[] { p.Plain, p.Read }.Select(f => new PairRow { Features = f.Values.ToArray(), Label = (uint)p.Label.Relation }));
        var model = Train([.. rows], kind, out var schema);
        return new TrainedModel(model, schema);
    }

    private static ITransformer Train(IReadOnlyList<PairRow> rows, string kind, out DataViewSchema schema)
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
