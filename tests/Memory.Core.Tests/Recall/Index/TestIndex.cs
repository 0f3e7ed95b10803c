using System.Runtime.InteropServices;
using Memory.Core.Memories;
using Memory.Core.Recall.Index;
using Memory.Core.Storage;
using Memory.Core.Tests.Embeddings;

namespace Memory.Core.Tests.Recall.Index;

/// <summary>Indexes of what a store holds, with the vectors of the table.</summary>
internal static class TestIndex
{
    public static string Model => EmbeddingFiles.Static.Model.ToString();

    public static int Dimensions => EmbeddingFiles.Static.Model.Dimensions;

    public static NamespaceIndex Of(IMemoryReader reader)
    {
        var index = new NamespaceIndex(Dimensions);
        index.CatchUp(reader, Model);
        return index;
    }

    public static Task<NamespaceIndex> OfAsync(ServiceFixture f) => f.Store.ReadAsync(ServiceFixture.Ns, Of);

    public static async Task CatchUpAsync(NamespaceIndex index, IMemoryStore store) => await store.ReadAsync(ServiceFixture.Ns, reader =>
    {
        index.CatchUp(reader, Model);
        return true;
    });

    public static IndexEntry Entry(NamespaceIndex index, MemoryId id) => index.Entries[index.Find(id)];

    public static string[] Words(NamespaceIndex index, int entry) => [.. index.WordsOf(entry).ToArray().Select(w => index.Vocabulary.TextOf(w))];

    /// <summary>Everything that can be asked of an index, one line for each entry, for comparing two.</summary>
    public static string[] Dump(NamespaceIndex index)
    {
        var (lines, tags) = (new List<string>(), index.TagNames());
        for (var i = 0; i < index.Count; i++)
        {
            var entry = index.Entries[i];
            lines.Add(string.Join('|',
                MemoryId.FromBits(entry.Id), entry.State, entry.Kind, entry.CreatedAt, entry.When, entry.EndedAt, entry.Confidence, entry.Importance, entry.Length,
                entry.IsTurn, entry.Position, index.Vectors.ScaleOf(i), index.Vectors.Has(i) ? MemoryMarshal.AsBytes(index.Vectors.Of(i)).ToArray().Aggregate(17, static (hash, b) => (hash * 31) + b).ToString() : "",
                string.Join(' ', Words(index, i)), string.Join(' ', index.TagsOf(entry).ToArray().Select(t => tags[t]).Order(StringComparer.Ordinal)), index.Find(MemoryId.FromBits(entry.Id)) == i,
                string.Join(' ', index.SessionOf(i)?.Entries.Select(e => MemoryId.FromBits(index.Entries[e].Id).Value) ?? [])));
        }

        return [.. lines];
    }

    /// <summary>Who holds each word, and how often; of what is not forgotten.</summary>
    public static string[] DumpWords(NamespaceIndex index) =>
    [
        .. Enumerable.Range(0, index.Vocabulary.Count)
            .Select(w =>
            {
                var postings = index.Postings.Of(index.Vocabulary.TermOf(w));
                return (Text: index.Vocabulary.TextOf(w), Of: postings.Entries.ToArray().Zip(postings.Counts.ToArray()).Where(p => index.Entries[p.First].State != MemoryState.Forgotten).ToArray());
            })
            .Where(static w => w.Of.Length > 0)
            .Select(static w => $"{w.Text}: {string.Join(' ', w.Of.Select(static p => $"{p.First}x{p.Second}"))}")
            .Order(StringComparer.Ordinal),
        $"{index.AverageLength}",
    ];
}
