using System.Collections.Frozen;
using System.Runtime.InteropServices;
using Memory.Core.Memories;
using Memory.Core.Recall.Index;

namespace Memory.Core.Recall;

/// <summary>
/// Folds results that say the same word for word, so that eight results are eight facts. Only the words that carry nothing (articles, 'of', 'is')
/// may differ: another number, name, negation or order of words is another fact. So are 'from Paris to Rome' and 'to Paris from Rome',
/// 'can' and 'can't', 'C#' and 'C++', a statement and a question, which the index does not tell apart: their texts decide.
/// </summary>
internal static class NearIdentical
{
    private static readonly FrozenSet<string> CarryNothing = FrozenSet.ToFrozenSet(["of", "is", "are"]);

    /// <summary>Groups results that say the same, in the order of the first of each.</summary>
    /// <typeparam name="T">What is ranked.</typeparam>
    /// <param name="index">The index.</param>
    /// <param name="ranked">The results, best first.</param>
    /// <param name="entryOf">The entry of a result.</param>
    /// <param name="textOf">The text of a result.</param>
    public static List<List<T>> Fold<T>(NamespaceIndex index, IEnumerable<T> ranked, Func<T, int> entryOf, Func<T, string> textOf)
    {
        var groups = new List<List<T>>();
        var withHash = new Dictionary<int, List<List<T>>>();
        foreach (var result in ranked)
        {
            var words = index.WordsOf(entryOf(result));
            var hash = new HashCode();
            foreach (var word in words)
            {
                hash.Add(word);
            }

            var alike = CollectionsMarshal.GetValueRefOrAddDefault(withHash, hash.ToHashCode(), out _) ??= [];
            var group = words.IsEmpty ? null : alike.Find(g => Same(index, entryOf(result), entryOf(g[0])) && Bare(textOf(g[0])) == Bare(textOf(result)));
            if (group is null)
            {
                group = [];
                groups.Add(group);
                alike.Add(group);
            }

            group.Add(result);
        }

        return groups;
    }

    private static bool Same(NamespaceIndex index, int a, int b) =>
        index.Entries[a].Kind == index.Entries[b].Kind
        && (index.Entries[a].Kind != MemoryKind.Event || index.Entries[a].When == index.Entries[b].When)
        && index.WordsOf(a).SequenceEqual(index.WordsOf(b));

    private static string Bare(string text) => string.Join(' ', Folding.Statement(text).Split(' ').Where(static w => !CarryNothing.Contains(w)));
}
