using System.Collections.Frozen;
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

    /// <summary>Keeps the first of each group and names the others of it.</summary>
    /// <typeparam name="T">What is ranked.</typeparam>
    /// <param name="index">The index.</param>
    /// <param name="ranked">The results, best first.</param>
    /// <param name="entryOf">The entry of a result.</param>
    /// <param name="textOf">The text of a result.</param>
    public static List<(T Result, List<MemoryId> Alike)> Fold<T>(NamespaceIndex index, IEnumerable<T> ranked, Func<T, int> entryOf, Func<T, string> textOf)
    {
        var kept = new List<(T Result, List<MemoryId> Alike)>();
        var placeOf = new Dictionary<int, List<int>>();
        foreach (var result in ranked)
        {
            var entry = entryOf(result);
            var words = index.WordsOf(entry);
            var hash = new HashCode();
            foreach (var word in words)
            {
                hash.Add(word);
            }

            var key = hash.ToHashCode();
            if (!placeOf.TryGetValue(key, out var places))
            {
                placeOf[key] = places = [];
            }

            var same = words.IsEmpty ? -1 : places.FindIndex(p => Same(index, entry, entryOf(kept[p].Result)) && Bare(textOf(kept[p].Result)) == Bare(textOf(result)));
            if (same < 0)
            {
                places.Add(kept.Count);
                kept.Add((result, []));
            }
            else
            {
                kept[places[same]].Alike.Add(MemoryId.FromBits(index.Entries[entry].Id));
            }
        }

        return kept;
    }

    private static bool Same(NamespaceIndex index, int a, int b) =>
        index.Entries[a].Kind == index.Entries[b].Kind
        && (index.Entries[a].Kind != MemoryKind.Event || index.Entries[a].When == index.Entries[b].When)
        && index.WordsOf(a).SequenceEqual(index.WordsOf(b));

    private static string Bare(string text) => string.Join(' ', Folding.Statement(text).Split(' ').Where(static w => !CarryNothing.Contains(w)));
}
