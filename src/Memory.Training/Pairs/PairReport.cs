using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Memory.Core.Consolidation.Pairs;
using Memory.Core.Consolidation.Pairs.Network;
using Memory.Core.Embeddings;
using Memory.Core.Memories;

namespace Memory.Training.Pairs;

/// <summary>Measures a written model on the test split, as consolidation would use it, and words the report.</summary>
internal sealed class PairReport
{
    private const int Importances = 15;
    private const int SpeedPairs = 20_000;
    private const int ReadPairs = 500;

    private readonly byte[] _data;
    private readonly IReadOnlyList<LabelledPair> _labels;
    private readonly Confusion? _folds;
    private readonly IPairModel _model;
    private readonly StaticEmbedder _embedder;
    private readonly PairReaders _readers;
    private readonly PairNetwork _network;
    private readonly List<ComparedPair> _test;

    public PairReport(byte[] data, IReadOnlyList<LabelledPair> labels, Confusion? folds, Outcome<IPairModel> model, StaticEmbedder embedder, SentenceEncoder encoder, PairNetwork network)
    {
        (_data, _labels, _folds, _embedder, _readers, _network) = (data, labels, folds, embedder, new PairReaders(encoder, network), network);
        _model = model.Value ?? throw new InvalidOperationException(model.Problem!.Message);
        var decision = Decision(null);
        _test = [.. labels.Where(static p => p.Split == "test").AsParallel().AsOrdered().Select(p => new ComparedPair(p, decision, encoder, network))];
    }

    /// <summary>The report in Markdown.</summary>
    public string Write(string kind, long bytes)
    {
        var decision = Decision(_readers);
        var verdicts = _test.ConvertAll(p => (Pair: p, Verdict: decision.Decide(p.One, p.Other)));
        var text = new StringBuilder("# Training report of the pair model\n\nWritten by `memory-training pair-model`; nothing in it is written by hand.\n\n");
        Line(text, $"- Data: `data/pairs/pairs.jsonl`, SHA-256 `{Convert.ToHexStringLower(SHA256.HashData(_data))}`, {_labels.Count(static p => p.Split == "train")} pairs for training and {_test.Count} for the test; the test shares neither topic nor template with the training.");
        Line(text, $"- Model: {kind}, {PairFeatures.Names.Count} features, {bytes} bytes, version `{_model.Version}`; network version `{_network.Version}`.");
        Line(text, $"- Thresholds: duplicate {_model.Thresholds.Duplicate:0.00}, contradiction {_model.Thresholds.Contradiction:0.00}; chosen where topics of the training split were held out in turn, some at a time.");
        Line(text, $"\n## Test split\n\nAs the pair decision decides: the model, the guard, the change verbs, the network and the encoder where in doubt or where something would be done.\n");
        text.Append(Count(verdicts));
        Line(text, $"\nWhich holds the other is right for {Orders(verdicts, PairRelation.Contains)} of the pairs said to contain; which closes the other for {Orders(verdicts, PairRelation.Contradicts)} of the contradictions whose words tell.\n");
        Reliability(text, verdicts);
        Line(text, $"\n## Test split without the pairs that borrow a subject or a value of another attribute\n\nThe pairs of the reports before there were such pairs.\n");
        text.Append(Count(verdicts.Where(static v => !PairMaker.BorrowedCases.Contains(v.Pair.Label.Case))));
        var byWords = Decision(null);
        Line(text, $"\n## Test split by words only: as in a large store\n");
        text.Append(Count(_test.ConvertAll(p => (p, byWords.Decide(p.One, p.Other)))));
        var rules = new PairDecision(new Problem(ProblemCode.ModelUnavailable, "to compare"), _embedder, _readers);
        Line(text, $"\n## Test split by rules only\n");
        text.Append(Count(_test.ConvertAll(p => (p, rules.Decide(p.One, p.Other)))));
        if (_folds is not null)
        {
            Line(text, $"\n## Topics of the training split, held out in turn\n");
            text.Append(_folds);
        }

        Importance(text);
        return text.ToString();
    }

    /// <summary>Prints how many pairs a second are decided.</summary>
    public void MeasureSpeed(TextWriter output)
    {
        var contents = _labels.SelectMany(static p => new[] { p.A, p.B }).Distinct(StringComparer.Ordinal).ToList();
        var decision = Decision(null);
        var watch = Stopwatch.StartNew();
        var statements = contents.ConvertAll(c => decision.Read(c, MemoryKind.Fact, DateTimeOffset.UnixEpoch));
        output.WriteLine($"statements read: {statements.Count / watch.Elapsed.TotalSeconds:0} a second");
        foreach (var (count, readers, name) in new[] { (SpeedPairs, null, "by words only"), (ReadPairs, _readers, "with texts read where in doubt") })
        {
            decision = Decision(readers);
            decision.Decide(statements[0], statements[1]);
            var random = new Random(1);
            watch.Restart();
            for (var i = 0; i < count; i++)
            {
                // Neighbours in the file are alike, as candidates are.
                var at = random.Next(statements.Count - 3);
                decision.Decide(statements[at], statements[at + 1 + random.Next(2)]);
            }

            output.WriteLine($"pairs decided {name}: {count / watch.Elapsed.TotalSeconds:0} a second");
        }
    }

    private PairDecision Decision(PairReaders? readers) => new(Outcome.Of(_model), _embedder, readers);

    private static Confusion Count(IEnumerable<(ComparedPair Pair, PairVerdict Verdict)> verdicts)
    {
        var confusion = new Confusion();
        foreach (var (pair, verdict) in verdicts)
        {
            confusion.Add(pair.Label.Relation, verdict.Relation);
        }

        return confusion;
    }

    private static string Orders(IEnumerable<(ComparedPair Pair, PairVerdict Verdict)> verdicts, PairRelation relation)
    {
        var told = verdicts.Where(v => v.Pair.Label.Relation == relation && v.Verdict.Relation == relation && v.Pair.Label.Order is not null).ToList();
        return FormattableString.Invariant($"{told.Count(static v => v.Verdict.Order == (v.Pair.Label.Order == "a" ? PairOrder.First : PairOrder.Second))} of {told.Count}");
    }

    private static void Reliability(StringBuilder text, IEnumerable<(ComparedPair Pair, PairVerdict Verdict)> verdicts)
    {
        Line(text, $"### Reliability\n\n| probability said | pairs | mean | right |\n|---|---|---|---|");
        foreach (var bin in verdicts.GroupBy(static v => Math.Min(9, (int)(v.Verdict.Probability * 10))).OrderBy(static g => g.Key))
        {
            Line(text, $"| {bin.Key / 10.0:0.0} to {(bin.Key + 1) / 10.0:0.0} | {bin.Count()} | {bin.Average(static v => v.Verdict.Probability):0.000} | {bin.Average(static v => v.Pair.Label.Relation == v.Verdict.Relation ? 1.0 : 0):0.000} |");
        }
    }

    // How much is lost when the values of one feature are dealt out among the pairs at random.
    private void Importance(StringBuilder text)
    {
        var rows = _test.ConvertAll(static p => p.Read.Values.ToArray());
        var all = Accuracy(rows);
        var random = new Random(1);
        var lost = new List<(string Name, double Share)>();
        for (var f = 0; f < PairFeatures.Names.Count; f++)
        {
            var dealt = rows.ConvertAll(r => r[f]).ToArray();
            random.Shuffle(dealt);
            lost.Add((PairFeatures.Names[f], all - Accuracy([.. rows.Select((r, i) => (float[])[.. r[..f], dealt[i], .. r[(f + 1)..]])])));
        }

        Line(text, $"\n## Features\n\nShare of the test split that the model alone gets right: {all:0.000}. What is lost of it when one feature's values are dealt out at random, the greatest:\n\n| feature | lost |\n|---|---|");
        foreach (var (name, share) in lost.OrderByDescending(static l => l.Share).ThenBy(static l => l.Name, StringComparer.Ordinal).Take(Importances))
        {
            Line(text, $"| {name} | {share:0.000} |");
        }
    }

    private double Accuracy(List<float[]> rows)
    {
        var probabilities = new float[PairModelVerdict.Classes];
        var right = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            _model.Judge(rows[i], probabilities);
            right += Array.IndexOf(probabilities, probabilities.Max()) == (int)_test[i].Label.Relation ? 1 : 0;
        }

        return (double)right / rows.Count;
    }

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(FormattableString.Invariant(line));
}
