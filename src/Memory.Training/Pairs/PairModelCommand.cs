using System.CommandLine;
using Memory.Core.Consolidation.Pairs;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Learning;

namespace Memory.Training.Pairs;

/// <summary>The command <c>pair-model</c>: trains the model of pairs, chooses its thresholds without looking at the test split, and writes the report.</summary>
internal static class PairModelCommand
{
    public static Command Create()
    {
        var pairs = new Option<FileInfo>("--pairs") { Description = "The labelled pairs.", DefaultValueFactory = static _ => new FileInfo(Path.Combine("data", "pairs", "pairs.jsonl")) };
        var output = new Option<DirectoryInfo>("--output") { Description = "Where the model and its report go.", DefaultValueFactory = static _ => new DirectoryInfo(Path.Combine("data", "models")) };
        var kind = new Option<string>("--kind") { Description = "What is trained.", DefaultValueFactory = static _ => PairTrainer.Kinds[0] };
        kind.AcceptOnlyFromAmong(PairTrainer.Kinds);
        var folds = new Option<bool>("--folds-only") { Description = "Print what topics that were held out give, topic by topic with the mistakes; write nothing, and leave the test split alone." };
        var chosen = new Option<double[]>("--thresholds") { Description = "The thresholds for duplicates and contradictions that an earlier run chose; no topic is held out then.", Arity = new ArgumentArity(2, 2), AllowMultipleArgumentsPerToken = true };
        var command = new Command("pair-model", "Train data/models/pair-model.bin from data/pairs/pairs.jsonl.") { pairs, output, kind, folds, chosen };
        command.SetAction(parsed => Run(parsed.GetValue(pairs)!, parsed.GetValue(output)!, parsed.GetValue(kind)!, parsed.GetValue(folds), parsed.GetValue(chosen) is [var d, var c] ? new PairThresholds(d, c) : null));
        return command;
    }

    private static void Run(FileInfo file, DirectoryInfo output, string kind, bool foldsOnly, PairThresholds? chosen)
    {
        var embedder = StaticEmbedder.Load(StaticEmbedder.DefaultPath).Value!;
        var encoder = SentenceEncoder.Load(Path.Combine(AppContext.BaseDirectory, "data", "embeddings", "encoder.bin")).Value!;
        var rules = new PairDecision(new Problem(ProblemCode.ModelUnavailable, "in training"), embedder, encoder);
        var labels = LabelledPair.Read(file.FullName);
        var train = Compare(labels, "train", rules, encoder);
        var held = chosen is null ? Folds.Train(train, kind) : [];
        var judged = Folds.Judge(held);
        var thresholds = chosen ?? Folds.Choose(judged);
        Console.WriteLine($"{kind}: thresholds {thresholds}");
        if (foldsOnly)
        {
            Folds.Print(judged, thresholds);
            Console.WriteLine($"As the pair decision decides:\n{Folds.Decide(held, thresholds, embedder, encoder)}");
            return;
        }

        var model = PairTrainer.Train(train, kind);
        var path = Path.Combine(output.FullName, "pair-model.bin");
        File.WriteAllBytes(path, PairModelFile.Write(model.Model, model.Schema, model.Head, thresholds));
        var report = new PairReport(File.ReadAllBytes(file.FullName), labels, chosen is null ? Folds.Decide(held, thresholds, embedder, encoder) : null, PairModelFile.Load(path), embedder, encoder);
        var text = report.Write(kind, new FileInfo(path).Length);
        File.WriteAllText(Path.Combine(output.FullName, "pair-model-report.md"), text);
        Console.WriteLine(text);
        report.MeasureSpeed(Console.Out);
    }

    private static List<ComparedPair> Compare(IEnumerable<LabelledPair> labels, string split, PairDecision decision, SentenceEncoder encoder) =>
        [.. labels.Where(p => p.Split == split).AsParallel().AsOrdered().Select(p => new ComparedPair(p, decision, encoder))];
}
