using System.CommandLine;
using System.Security.Cryptography;
using Memory.Core.Consolidation.Pairs.Network;
using Memory.Training.Pairs;
using Memory.Training.Sources;

namespace Memory.Training.Network;

/// <summary>
/// The command <c>pair-network</c>: trains the network over pairs of texts, and as many more as there are groups of topics, each without one group:
/// what these say of topics that they have not seen is what the trees learn to trust, and what the thresholds are chosen by.
/// </summary>
internal static class PairNetworkCommand
{
    public static Command Create()
    {
        var pairs = new Option<FileInfo>("--pairs") { Description = "The labelled pairs.", DefaultValueFactory = static _ => new FileInfo(Path.Combine("data", "pairs", "pairs.jsonl")) };
        var source = new Option<DirectoryInfo?>("--source") { Description = "A folder with the package's .nupkg file, to fetch nothing." };
        var output = new Option<DirectoryInfo>("--output") { Description = "Where the networks go.", DefaultValueFactory = static _ => new DirectoryInfo(Path.Combine("artifacts", "networks")) };
        var only = new Option<int?>("--only") { Description = "Train one network: that without this group of topics, counted from 0, or with all for the number of groups." };
        var command = new Command("pair-network", "Train the networks that pair-model needs from data/pairs/pairs.jsonl and all-MiniLM-L6-v2.") { pairs, source, output, only };
        command.SetAction((parsed, cancellation) => SourceException.Told(() => RunAsync(parsed.GetValue(pairs)!, parsed.GetValue(source), parsed.GetValue(output)!, parsed.GetValue(only), cancellation)));
        return command;
    }

    private static async Task RunAsync(FileInfo file, DirectoryInfo? source, DirectoryInfo output, int? only, CancellationToken cancellation)
    {
        using var packages = await PackageFolder.OpenAsync(source, [Package.MiniLm], cancellation);
        var model = PackagedModel.Read(packages);
        NetworkFolder.Begin(output, file.FullName);
        var cutter = new PairPieces(PairNetworkWriter.VocabularyFile(model.Vocabulary));
        var labels = LabelledPair.Read(file.FullName).Where(static p => p.Split == "train").ToList();
        var groups = TopicGroups.Of(labels);
        for (var group = 0; group <= TopicGroups.Count; group++)
        {
            if (only is null || only == group)
            {
                var train = labels.Where(p => groups[p.Topic] != group).Select(p => (Read(cutter, p.A, p.B, p), Read(cutter, p.B, p.A, p))).ToList();
                Console.WriteLine(group == TopicGroups.Count ? $"All topics: {train.Count} pairs" : $"Without group {group} of topics: {train.Count} pairs");
                Write(Path.Combine(output.FullName, NetworkFolder.NameOf(group)), PairNetworkWriter.Write(model.Vocabulary, PairNetworkTrainer.Train(model, train, Console.Out)));
            }
        }
    }

    private static ReadPair Read(PairPieces cutter, string one, string other, LabelledPair label)
    {
        var (pieces, secondStart) = cutter.Read(one, other);
        return new ReadPair(pieces, secondStart, (int)label.Relation);
    }

    private static void Write(string path, byte[] file)
    {
        File.WriteAllBytes(path, file);
        Console.WriteLine($"{Convert.ToHexStringLower(SHA256.HashData(file))}  {file.Length,10} bytes  {path}");
    }
}
