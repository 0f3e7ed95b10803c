using System.Text;
using Memory.Core.Consolidation.Pairs;

namespace Memory.Core.Consolidation.Clusters;

/// <summary>Tells which of several texts that say the same reads best.</summary>
internal static class Wording
{
    /// <summary>
    /// The texts in plain characters first, then those that are not shouted, have their articles, end as a sentence does, begin with a capital and
    /// have the most words; texts that are equal in all that stay in their order.
    /// </summary>
    /// <typeparam name="T">What has a text.</typeparam>
    /// <param name="items">What is ordered.</param>
    /// <param name="textOf">Its text.</param>
    public static IOrderedEnumerable<T> BestFirst<T>(IEnumerable<T> items, Func<T, string> textOf) => items
        .OrderByDescending(i => textOf(i).IsNormalized(NormalizationForm.FormKC))
        .ThenBy(i => textOf(i).All(static c => !char.IsLower(c)))
        .ThenByDescending(i => NamingArticles.Read(textOf(i)).Count)
        .ThenByDescending(i => textOf(i).TrimEnd() is [.., '.' or '!' or '。'])
        .ThenByDescending(i => char.IsUpper(textOf(i).TrimStart()[0]))
        .ThenByDescending(i => textOf(i).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length);
}
