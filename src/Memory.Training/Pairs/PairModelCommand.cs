using System.CommandLine;
using Memory.Core.Consolidation.Pairs;
using Memory.Core.Embeddings;
using Memory.Core.Memories;

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
        var command = new Command("pair-model", "Train data/models/pair-model.bin from data/pairs/pairs.jsonl.") { pairs, output, kind, folds };
        command.SetAction(parsed => Run(parsed.GetValue(pairs)!, parsed.GetValue(output)!, parsed.GetValue(kind)!, parsed.GetValue(folds)));
        return command;
    }

    private static void Run(FileInfo file, DirectoryInfo output, string kind, bool foldsOnly)
    {
        var decision = new PairDecision(new Problem(ProblemCode.ModelUnavailable, "in training"), StaticEmbedder.Load(StaticEmbedder.DefaultPath).Value!, SentenceEncoder.Load(Path.Combine(AppContext.BaseDirectory, "data", "embeddings", "encoder.bin")).Value!);
        var all = LabelledPair.Read(file.FullName).Where(p => !foldsOnly || p.Split == "train").AsParallel().AsOrdered().Select(p => new ComparedPair(p, decision)).ToList();
        var train = all.Where(static p => p.Label.Split == "train").ToList();
        var judged = Folds.Judge(train, kind);
        var thresholds = Folds.Choose(judged);
        Console.WriteLine($"{kind}: thresholds {thresholds}");
        if (foldsOnly)
        {
            Folds.Print(judged, thresholds);
        }
    }
}
