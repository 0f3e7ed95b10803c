using Memory.Core.Consolidation.Pairs;
using Memory.Core.Consolidation.Pairs.Network;
using Memory.Core.Embeddings;

namespace Memory.Training.Pairs;

/// <summary>A pair with the probabilities that a model gave which has seen nothing of its topic.</summary>
internal sealed record JudgedPair(ComparedPair Pair, float[] Probabilities, float[] ByWords, PairFeatures Features)
{
    /// <summary>The decision at some thresholds.</summary>
    public PairVerdict Verdict(PairThresholds thresholds) => Pair.IsTurned
        ? PairModelVerdict.Of(thresholds, Probabilities, ByWords, Pair.Other, Pair.One, Features)
        : PairModelVerdict.Of(thresholds, Probabilities, ByWords, Pair.One, Pair.Other, Features);
}

/// <summary>Pairs of some topics, and a model that has seen none of these.</summary>
/// <param name="Model">The model.</param>
/// <param name="Network">The network that has seen none of them either.</param>
/// <param name="Pairs">The pairs.</param>
internal sealed record HeldOut(TrainedModel Model, PairNetwork Network, IReadOnlyList<ComparedPair> Pairs);

/// <summary>Holds out some topics of the training split after the others: the thresholds, and every choice, are made on these.</summary>
internal static class Folds
{
    // More than is asked of the test split: a wrong merge is worse than a missed one, and in a store most pairs that come near a contradiction are of two attributes.
    private const double DuplicatePrecision = 0.99;
    private const double ContradictionPrecision = 0.96;

    /// <summary>Trains as many models as groups of topics; each has seen no topic of the pairs beside it.</summary>
    /// <param name="train">The pairs of the training split.</param>
    /// <param name="networks">For each group of topics the network that has not seen it.</param>
    /// <param name="kind">What is trained.</param>
    public static IReadOnlyList<HeldOut> Train(IReadOnlyList<ComparedPair> train, IReadOnlyList<PairNetwork> networks, string kind)
    {
        var groups = TopicGroups.Of(train.Select(static p => p.Label));
        return [.. Enumerable.Range(0, TopicGroups.Count).AsParallel().AsOrdered().Select(g => new HeldOut(
            PairTrainer.Train([.. train.Where(p => groups[p.Label.Topic] != g)], kind), networks[g], [.. train.Where(p => groups[p.Label.Topic] == g)]))];
    }

    /// <summary>Judges every pair by the model that has not seen its topic.</summary>
    public static IReadOnlyList<JudgedPair> Judge(IReadOnlyList<HeldOut> held) =>
        [.. held.AsParallel().AsOrdered().SelectMany(static h => Judge(h.Model.ToModel(default), h.Pairs).ToList())];

    /// <summary>Decides every pair as consolidation does, sentence by sentence where there are several, by the model that has not seen its topic.</summary>
    public static Confusion Decide(IReadOnlyList<HeldOut> held, PairThresholds thresholds, StaticEmbedder embedder, SentenceEncoder encoder)
    {
        var confusion = new Confusion();
        foreach (var (relation, said) in held.AsParallel().SelectMany(h =>
        {
            var decision = new PairDecision(h.Model.ToModel(thresholds), embedder, new PairReaders(encoder, h.Network));
            return h.Pairs.Select(p => (p.Label.Relation, decision.Decide(p.One, p.Other).Relation)).ToList();
        }))
        {
            confusion.Add(relation, said);
        }

        return confusion;
    }

    /// <summary>Judges pairs as the decision does: the texts are read when the model is in doubt or would act.</summary>
    public static IEnumerable<JudgedPair> Judge(IPairModel model, IEnumerable<ComparedPair> pairs)
    {
        foreach (var pair in pairs)
        {
            var probabilities = new float[PairModelVerdict.Classes];
            var features = pair.Plain;
            model.Judge(features.Values, probabilities);
            var byWords = (float[])probabilities.Clone();
            if (PairDecision.AsksReaders(probabilities))
            {
                features = pair.Read;
                model.Judge(features.Values, probabilities);
            }

            yield return new JudgedPair(pair, probabilities, byWords, features);
        }
    }

    /// <summary>The lowest thresholds that are precise enough.</summary>
    public static PairThresholds Choose(IReadOnlyList<JudgedPair> judged)
    {
        // 'comes to work by bike' beside 'the company he works for is bike' is learned from, but no store has as many of such pairs as there are here.
        var likely = judged.Where(static p => p.Pair.Label.Case != PairMaker.SameValue).ToList();
        var duplicate = Lowest(t => Measure(likely, new PairThresholds(t, 0)).Precision(PairRelation.Duplicate) >= DuplicatePrecision);
        return new PairThresholds(duplicate, Lowest(t => Measure(likely, new PairThresholds(duplicate, t)).Precision(PairRelation.Contradicts) >= ContradictionPrecision));
    }

    /// <summary>What decisions at some thresholds are worth.</summary>
    public static Confusion Measure(IEnumerable<JudgedPair> judged, PairThresholds thresholds)
    {
        var confusion = new Confusion();
        foreach (var pair in judged)
        {
            confusion.Add(pair.Pair.Label.Relation, pair.Verdict(thresholds).Relation);
        }

        return confusion;
    }

    /// <summary>Prints the mistakes.</summary>
    public static void Print(IReadOnlyList<JudgedPair> judged, PairThresholds thresholds)
    {
        foreach (var pair in judged.Where(p => p.Verdict(default).Relation != p.Pair.Label.Relation).OrderBy(static p => p.Verdict(default).Relation).ThenByDescending(static p => p.Probabilities.Max()))
        {
            var label = pair.Pair.Label;
            Console.WriteLine($"{label.Relation} said {pair.Verdict(default).Relation} [{string.Join(' ', pair.Probabilities.Select(static p => FormattableString.Invariant($"{p:0.00}")))}] {label.Topic}/{label.Template} {label.Case}: {label.A} || {label.B}");
        }

        for (var step = 0; step < 20; step++)
        {
            var at = Measure(judged, new PairThresholds(step / 20.0, step / 20.0));
            Console.WriteLine($"at {step / 20.0:0.00}: duplicates {at.Precision(PairRelation.Duplicate):0.000} / {at.Recall(PairRelation.Duplicate):0.000}, contradictions {at.Precision(PairRelation.Contradicts):0.000} / {at.Recall(PairRelation.Contradicts):0.000}, macro F1 {at.MacroF1:0.000}");
        }

        Console.WriteLine(Measure(judged, thresholds));
        foreach (var group in judged.GroupBy(static p => p.Pair.Label.Topic))
        {
            var confusion = Measure(group, thresholds);
            Console.WriteLine($"{group.Key,-12} macro F1 {confusion.MacroF1:0.000}, duplicates {confusion.Precision(PairRelation.Duplicate):0.000} / {confusion.Recall(PairRelation.Duplicate):0.000}, contradictions {confusion.Precision(PairRelation.Contradicts):0.000} / {confusion.Recall(PairRelation.Contradicts):0.000}");
        }
    }

    private static double Lowest(Func<double, bool> isEnough)
    {
        for (var step = 20; step < 99; step++)
        {
            if (isEnough(step / 100.0))
            {
                return step / 100.0;
            }
        }

        return 0.99;
    }
}
