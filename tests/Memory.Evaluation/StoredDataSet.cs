using Memory.Core;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Recall;
using Memory.Core.Storage.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Memory.Evaluation;

/// <summary>A data set in a real SQLite file in a temporary folder, each conversation in a namespace of its own.</summary>
internal sealed class StoredDataSet : IAsyncDisposable
{
    /// <summary>The questions are asked this long after the last statement.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromHours(1);

    private static readonly EmbeddingSource Embeddings = new(StaticEmbedder.DefaultPath);

    private readonly string _folder = Directory.CreateTempSubdirectory("memory-evaluation-").FullName;
    private readonly Dictionary<(string Conversation, string Id), MemoryId> _ids = [];
    private readonly Dictionary<string, Namespace> _namespaces = [];
    private readonly List<MemoryService> _services = [];
    private readonly FakeTimeProvider _time;
    private StoredDataSet(DataSet data)
    {
        Data = data;
        _time = new FakeTimeProvider(data.Statements.Select(static s => s.SaidAt).DefaultIfEmpty().Max() + Later);
        Store = new SqliteMemoryStore(Path.Combine(_folder, "memory.db"), _time);
    }

    public DataSet Data { get; }

    public SqliteMemoryStore Store { get; }

    public static async Task<StoredDataSet> StoreAsync(DataSet data, CancellationToken cancellationToken)
    {
        var stored = new StoredDataSet(data);
        try
        {
            await stored.StoreAsync(cancellationToken);
            return stored;
        }
        catch
        {
            await stored.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Another service on the same stored data. All live as long as this: only at its end does a service write down what was recalled,
    /// so that no question and no variation changes what the next one finds.
    /// </summary>
    public MemoryService Service(RecallOptions options)
    {
        _services.Add(new MemoryService(Store, _time, new Random(1), options, embeddings: Embeddings));
        return _services[^1];
    }

    /// <summary>The namespace of a conversation; an empty one when nothing was said in it.</summary>
    public Namespace NamespaceOf(string conversation)
    {
        // The names of conversations are the data set's; those of namespaces have rules.
        if (!_namespaces.TryGetValue(conversation, out var ns))
        {
            _ = Namespace.TryParse($"conversation-{_namespaces.Count + 1}", out ns);
            _namespaces.Add(conversation, ns);
        }

        return ns;
    }

    /// <summary>The memory that holds a statement; statements that say the same share one.</summary>
    public MemoryId IdOf(string conversation, string id) => _ids[(conversation, id)];

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services)
        {
            await service.DisposeAsync();
        }

        await Store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        var service = Service(RecallOptions.Default);
        foreach (var conversation in Data.Statements.GroupBy(static s => s.Conversation))
        {
            foreach (var batch in conversation.Chunk(MemoryService.MaxBatch))
            {
                var outcome = await service.StoreAsync(NamespaceOf(conversation.Key), [.. batch.Select(static s => new NewMemory
                {
                    Content = s.Content, Session = s.Session, OccurredAt = s.SaidAt,
                })], cancellationToken);
                var memories = outcome.Succeeded ? outcome.Value : throw new InvalidDataException($"conversation '{conversation.Key}': {outcome.Problem.Message}");
                foreach (var (statement, memory) in batch.Zip(memories))
                {
                    _ids.Add((statement.Conversation, statement.Id), memory.Memory.Id);
                }
            }
        }

        // As a server does a second later: the questions come an hour after the last statement.
        await service.NoteMentionsAsync(cancellationToken);
    }
}
