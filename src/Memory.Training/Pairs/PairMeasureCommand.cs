using System.CommandLine;
using Memory.Core.Consolidation.Pairs;
using Memory.Core.Consolidation.Pairs.Network;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Learning;
using Memory.Training.Network;
using Memory.Training.Sources;

namespace Memory.Training.Pairs;

/// <summary>The command <c>pair-measure</c>: what the model says of pairs that others labelled as paraphrases or not.</summary>
internal static class PairMeasureCommand
{
    private const int Columns = 3;

    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "Tab-separated lines: 1 for a paraphrase or 0, the one text, the other." };
        var model = new Option<FileInfo>("--model") { Description = "The model.", DefaultValueFactory = static _ => new FileInfo(Path.Combine("data", "models", "pair-model.bin")) };
        var command = new Command("pair-measure", "Measure the precision of 'duplicate' on pairs that others labelled.") { file, model };
        command.SetAction(parsed => SourceException.Told(() => Run(parsed.GetValue(file)!, parsed.GetValue(model)!)));
        return command;
    }

    private static void Run(FileInfo file, FileInfo model)
    {
        var decision = new PairDecision(PairModelFile.Load(model.FullName), StaticEmbedder.Load(StaticEmbedder.DefaultPath).Value, new PairReaders(SentenceEncoder.Load(SentenceEncoder.DefaultPath).Value!, NetworkFolder.Load(PairNetwork.DefaultPath)));
        Console.WriteLine(decision.RulesOnlyBecause ?? "the model decides");
        var counts = new int[Enum.GetValues<PairRelation>().Length, 2];
        foreach (var line in File.ReadLines(file.FullName).Select(static l => l.Split('\t')).Where(static l => l.Length == Columns && l[0] is "0" or "1"))
        {
            var (one, other) = (decision.Read(line[1], MemoryKind.Fact, DateTimeOffset.UnixEpoch), decision.Read(line[2], MemoryKind.Fact, DateTimeOffset.UnixEpoch));
            counts[(int)decision.Decide(one, other).Relation, line[0] == "1" ? 1 : 0]++;
        }

        Console.WriteLine("said          paraphrases  others");
        foreach (var relation in Enum.GetValues<PairRelation>())
        {
            Console.WriteLine($"{relation,-12} {counts[(int)relation, 1],12} {counts[(int)relation, 0],7}");
        }
    }
}
