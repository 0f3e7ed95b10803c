// <sample>
using Memory.Core;
using Memory.Core.Consolidation;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Recall;
using Memory.Core.Storage.Sqlite;

/// <summary>Stores, recalls and consolidates: all that an application needs of the library.</summary>
internal static class LibrarySample
{
    public static async Task<string> RunAsync(string database)
    {
        // A store, and what works on it. The built-in table of embeddings lies beside the library.
        await using var store = new SqliteMemoryStore(database, TimeProvider.System);
        using var embeddings = new EmbeddingSource(StaticEmbedder.DefaultPath);
        await using var memories = new MemoryService(store, TimeProvider.System, Random.Shared, embeddings: embeddings);
        var consolidator = new Consolidator(store, TimeProvider.System, Random.Shared, embeddings: embeddings);

        // Expected failures are results, not exceptions.
        var stored = await memories.StoreAsync(Namespace.Default, [new NewMemory { Content = "Mara is vegetarian.", Kind = MemoryKind.Preference, Source = "user" }]);
        if (!stored.Succeeded)
        {
            return stored.Problem.Message;
        }

        await memories.StoreAsync(Namespace.Default, [new NewMemory { Content = "mara is vegetarian", Kind = MemoryKind.Preference, Source = "document:menu" }]);
        await consolidator.RunAsync(new ConsolidationRequest(Namespace.Default));

        var recalled = await memories.RecallAsync(Namespace.Default, new RecallRequest { Query = "what can I cook for Mara?", Limit = 5 });
        return recalled.Succeeded ? string.Join('\n', recalled.Value.Memories.Select(static m => $"{m.Memory.Content} ({m.Memory.Confidence:0.00})")) : recalled.Problem.Message;
    }
}
// </sample>
