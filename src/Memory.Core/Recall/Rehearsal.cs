using Memory.Core.Confidence;
using Memory.Core.Embeddings;
using Memory.Core.Recall.Index;
using Memory.Core.Storage;

namespace Memory.Core.Recall;

/// <summary>
/// Recalls once from an index of the newest few memories alone. What a recall runs is compiled thereby on one processor, while another one reads the index
/// of all: the first who asks waits for neither. The answer is thrown away, and nothing is noted.
/// </summary>
internal static class Rehearsal
{
    private const int Memories = 3;
    private const int Words = 4;
    private const int LongestWord = 32;

    public static int Run(IMemoryReader reader, RecallOptions options, ConfidenceOptions confidence, EmbeddingSource embeddings, Func<string, QueryEmbedding> embed, DateTimeOffset now)
    {
        if (reader.Page(new MemoryFilter(), after: null, Memories) is not [var newest, ..] memories)
        {
            return 0;
        }

        var query = $"What is {string.Join(' ', newest.Content.Split(' ').Where(static w => w.Length <= LongestWord).Take(Words))} today?";
        var embedded = embed(query);
        var index = new NamespaceIndex(embedded.Dimensions);
        index.Add(visit =>
        {
            foreach (var memory in memories)
            {
                visit(new IndexRow
                {
                    Id = memory.Id,
                    Content = memory.Content,
                    Kind = memory.Kind,
                    State = memory.State,
                    Importance = (float)memory.Importance,
                    Confidence = (float)memory.Confidence,
                    CreatedAt = memory.CreatedAt.ToUnixTimeMilliseconds(),
                    When = memory.CreatedAt.ToUnixTimeMilliseconds(),
                    EndedAt = IndexRow.Never,
                    Session = memory.Session ?? string.Empty,
                    Tags = memory.Tags,
                    Scale = embedded.Vector.Scale,
                    Vector = embedded.Vector.Values.Span,
                });
            }

            return newest.Sequence;
        });
        using var indexes = RecallIndexes.Of(reader.Namespace, embedded.Model, index);
        return new Recaller(options, confidence, embeddings, indexes).Recall(reader, new RecallRequest { Query = query }, embedded, now).Memories.Count;
    }
}
