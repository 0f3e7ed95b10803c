using Memory.Core.Recall.Index;
using Memory.Core.Storage;

namespace Memory.Core.Recall;

/// <summary>
/// Finds what holds a query of which the index knows no word: one of words such as 'and' or 'the', which the index leaves out and the store has,
/// or one without any word ('*', '->'), by the text itself.
/// </summary>
internal static class LiteralText
{
    // As many as are ranked.
    private const int MaxFound = 256;

    /// <summary>The entries that hold one of the words, or else the text as it stands, each with how well it matches, above 0; the best and newest of many.</summary>
    /// <param name="index">The index.</param>
    /// <param name="reader">A reader of the same namespace.</param>
    /// <param name="filter">Which entries are wanted.</param>
    /// <param name="request">Whose query it is.</param>
    public static IReadOnlyDictionary<int, float> Holding(NamespaceIndex index, IMemoryReader reader, IndexFilter filter, RecallRequest request)
    {
        // What was active at an earlier time may be in any state now.
        var wanted = request.AsOf is null ? request.Filter : request.Filter with { States = [] };
        var words = LexicalQuery.Parse(request.Query);
        var found = words.IsEmpty
            ? reader.Containing(QueryText.WithoutQuotes(request.Query), wanted, MaxFound).Select(static id => (Id: id, Score: 1f))
            : reader.Search(words, wanted, MaxFound).Select(static m => (m.Memory.Id, Score: (float)m.Bm25));
        var held = new Dictionary<int, float>();
        foreach (var (id, score) in found)
        {
            var entry = index.Find(id);
            if (entry >= 0 && filter.Passes(index.Entries[entry]))
            {
                held[entry] = score;
            }
        }

        return held;
    }
}
