using System.Globalization;
using System.Runtime.InteropServices;
using Memory.Core.Memories;
using Memory.Core.Recall.Index;

namespace Memory.Core.Recall;

/// <summary>
/// Folds results that say the same word for word, so that eight results are eight facts. Only the words that carry nothing (articles, 'of', 'is')
/// may differ: another number, name, negation, sign or order of words is another fact.
/// </summary>
internal static class NearIdentical
{
    /// <summary>Groups results that say the same, in the order of the first of each.</summary>
    /// <typeparam name="T">What is ranked.</typeparam>
    /// <param name="index">The index.</param>
    /// <param name="ranked">The results, best first.</param>
    /// <param name="entryOf">The entry of a result.</param>
    /// <param name="textOf">The text of a result: the index does not keep signs.</param>
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
            var group = words.IsEmpty ? null : alike.Find(g =>
                Same(index, entryOf(result), entryOf(g[0])) && Signs(textOf(result)).SequenceEqual(Signs(textOf(g[0]))));
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

    // 'C++' is not 'C', '> 5' is not '< 5', '-5' is not '5', '!ready' is not 'ready', and a question is no statement.
    private static IEnumerable<char> Signs(string text) => text.Where((c, i) => c switch
    {
        '?' or '#' or '%' or '&' or '@' or '*' or '/' or '\\' => true,
        '-' or '\u2212' or '!' => i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1]) && (i == 0 || !char.IsLetterOrDigit(text[i - 1])),
        '`' or '\u00B4' => false,
        _ => char.IsSymbol(c) || char.GetUnicodeCategory(c) == UnicodeCategory.OtherNumber,
    });

    private static bool Same(NamespaceIndex index, int a, int b) =>
        index.Entries[a].Kind == index.Entries[b].Kind
        && (index.Entries[a].Kind != MemoryKind.Event || index.Entries[a].When == index.Entries[b].When)
        && index.WordsOf(a).SequenceEqual(index.WordsOf(b));
}
