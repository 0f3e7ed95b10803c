using System.CommandLine;
using Memory.Core.Consolidation.Pairs;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Learning;
using Memory.Training.Network;
using Memory.Training.Sources;

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
        var networks = new Option<DirectoryInfo>("--networks") { Description = "Where pair-network wrote the networks.", DefaultValueFactory = static _ => new DirectoryInfo(Path.Combine("artifacts", "networks")) };
        var command = new Command("pair-model", "Train data/models/pair-model.bin from data/pairs/pairs.jsonl and what pair-network wrote; take its network too.") { pairs, networks, output, kind, folds, chosen };
        command.SetAction(parsed => SourceException.Told(() => Run(
            parsed.GetValue(pairs)!, parsed.GetValue(networks)!, parsed.GetValue(output)!, parsed.GetValue(kind)!, parsed.GetValue(folds), parsed.GetValue(chosen) is [var d, var c] ? new PairThresholds(d, c) : null)));
        return command;
    }

    private static void Run(FileInfo file, DirectoryInfo networkFolder, DirectoryInfo output, string kind, bool foldsOnly, PairThresholds? chosen)
    {
        var embedder = StaticEmbedder.Load(StaticEmbedder.DefaultPath).Value!;
        var encoder = SentenceEncoder.Load(SentenceEncoder.DefaultPath).Value!;
        var networkFiles = NetworkFolder.Files(networkFolder.FullName, file.FullName);
        var networks = networkFiles.Select(NetworkFolder.Load).ToList();
        var rules = new PairDecision(new Problem(ProblemCode.ModelUnavailable, "in training"), embedder, readers: null);
        var labels = LabelledPair.Read(file.FullName);
        var groups = TopicGroups.Of(labels.Where(static p => p.Split == "train"));
        List<ComparedPair> train = [.. labels.Where(static p => p.Split == "train").AsParallel().AsOrdered().Select(p => new ComparedPair(p, rules, encoder, networks[groups[p.Topic]]))];
        var held = chosen is null ? Folds.Train(train, networks, kind) : [];
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
        File.WriteAllBytes(path, PairModelFile.Write(model.Model, model.Schema, networks[^1].Version, thresholds));
        File.Copy(networkFiles[^1], Path.Combine(output.FullName, NetworkFolder.NameOf(TopicGroups.Count)), overwrite: true);
        var report = new PairReport(File.ReadAllBytes(file.FullName), labels, chosen is null ? Folds.Decide(held, thresholds, embedder, encoder) : null, PairModelFile.Load(path), embedder, encoder, networks[^1]);
        var text = report.Write(kind, new FileInfo(path).Length);
        File.WriteAllText(Path.Combine(output.FullName, "pair-model-report.md"), text);
        Console.WriteLine(text);
        report.MeasureSpeed(Console.Out);
    }
}
