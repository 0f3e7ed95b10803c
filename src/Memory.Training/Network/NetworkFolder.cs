using System.Security.Cryptography;
using Memory.Core.Consolidation.Pairs.Network;
using Memory.Training.Pairs;
using Memory.Training.Sources;

namespace Memory.Training.Network;

/// <summary>
/// Where <c>pair-network</c> leaves its networks for <c>pair-model</c>, with the SHA-256 of the pairs that they were trained with: of other pairs the topics
/// fall into other groups, and a network would be taken for one that has not seen what it has.
/// </summary>
internal static class NetworkFolder
{
    private const string PairsHash = "pairs.sha256";

    /// <summary>The file of the network that has not seen a group of topics, or, for the number of groups, of the one that has seen all.</summary>
    public static string NameOf(int group) => group == TopicGroups.Count ? "pair-network.bin" : $"pair-network-without-{group}.bin";

    /// <summary>Makes a folder ready for networks trained with some pairs.</summary>
    /// <exception cref="SourceException">It holds networks trained with others.</exception>
    public static void Begin(DirectoryInfo folder, string pairs)
    {
        folder.Create();
        if (File.Exists(Path.Combine(folder.FullName, PairsHash)))
        {
            Check(folder.FullName, pairs);
        }

        File.WriteAllText(Path.Combine(folder.FullName, PairsHash), HashOf(pairs));
    }

    /// <summary>The files of the networks: first those that have not seen a group, then that of all.</summary>
    /// <exception cref="SourceException">They were trained with other pairs, or are not there.</exception>
    public static IReadOnlyList<string> Files(string folder, string pairs)
    {
        Check(folder, pairs);
        return [.. Enumerable.Range(0, TopicGroups.Count + 1).Select(g => Path.Combine(folder, NameOf(g)))];
    }

    /// <summary>Loads a network.</summary>
    /// <exception cref="SourceException">It cannot be loaded.</exception>
    public static PairNetwork Load(string path)
    {
        var loaded = PairNetwork.Load(path);
        return loaded.Value ?? throw new SourceException(loaded.Problem!.Message);
    }

    private static void Check(string folder, string pairs)
    {
        var path = Path.Combine(folder, PairsHash);
        if (!File.Exists(path) || File.ReadAllText(path).Trim() != HashOf(pairs))
        {
            throw new SourceException($"{folder} holds no networks trained with {pairs}. Empty it, and let 'memory-training pair-network' write them.");
        }
    }

    private static string HashOf(string pairs) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(pairs)));
}
