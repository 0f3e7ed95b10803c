using System.CommandLine;
using System.Security.Cryptography;

namespace Memory.Training.Pairs;

/// <summary>The command <c>pairs</c>: makes the labelled pairs of the hand-written material.</summary>
internal static class PairsCommand
{
    public static Command Create()
    {
        var folder = new Option<DirectoryInfo>("--folder") { Description = "Where the folder 'material' is, and the pairs go.", DefaultValueFactory = static _ => new DirectoryInfo(Path.Combine("data", "pairs")) };
        var command = new Command("pairs", "Build data/pairs/pairs.jsonl from data/pairs/material.") { folder };
        command.SetAction(parsed => Run(parsed.GetValue(folder)!));
        return command;
    }

    private static void Run(DirectoryInfo folder)
    {
        var pairs = PairMaker.Make(Material.Read(new DirectoryInfo(Path.Combine(folder.FullName, "material")))).ToList();
        var path = Path.Combine(folder.FullName, "pairs.jsonl");
        File.WriteAllText(path, string.Concat(pairs.Select(static p => p.ToLine() + "\n")));
        Console.WriteLine($"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))}  {pairs.Count} pairs  {path}");
        foreach (var group in pairs.GroupBy(static p => (p.Split, p.Relation)).OrderBy(static g => g.Key.Split, StringComparer.Ordinal).ThenBy(static g => g.Key.Relation))
        {
            Console.WriteLine($"{group.Key.Split,-6} {group.Key.Relation,-12} {group.Count(),5}");
        }
    }
}
