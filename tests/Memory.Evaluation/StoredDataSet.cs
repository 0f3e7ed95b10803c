using Memory.Core;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Recall;
using Memory.Core.Storage.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Memory.Evaluation;

/// <summary>A data set in a real SQLite file in a temporary folder, each conversation in a namespace of its own.</summary>
internal sealed class StoredDataSet : IAsyncDisposable
{
    /// <summary>The questions are asked this long after the last statement.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromHours(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("memory-evaluation-").FullName;
    private readonly Dictionary<(string Conversation, string Id), MemoryId> _ids = [];
    private readonly Dictionary<string, Namespace> _namespaces = [];
    private readonly List<MemoryService> _services = [];
    private readonly List<MemoryRecord> _memories = [];
    private readonly EmbeddingSource _embeddings;
    private readonly FakeTimeProvider _time;

    private StoredDataSet(DataSet data, EmbeddingSource embeddings)
    {
        Data = data;
        _embeddings = embeddings;
        _time = new FakeTimeProvider(data.Statements.Select(static s => s.SaidAt).DefaultIfEmpty().Min());
        Store = new SqliteMemoryStore(Path.Combine(_folder, "memory.db"), _time);
    }

    public DataSet Data { get; }

    public SqliteMemoryStore Store { get; }

    /// <summary>Every memory, as it was when it was stored.</summary>
    public IReadOnlyList<MemoryRecord> Memories => _memories;

    /// <summary>Stores a data set, each statement at its own time.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="embeddings">What makes the vectors; a configured model's are complete at the end. Disposed of with the result.</param>
    /// <param name="cancellationToken">Ends the storing.</param>
    public static async Task<StoredDataSet> StoreAsync(DataSet data, EmbeddingSource embeddings, CancellationToken cancellationToken)
    {
        var stored = new StoredDataSet(data, embeddings);
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
        _services.Add(new MemoryService(Store, _time, new Random(1), options, embeddings: _embeddings));
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
        _embeddings.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // Each at its own time, as it would have been: how long ago something was said is one of the signals.
    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        var service = Service(RecallOptions.Default);
        foreach (var statement in Data.Statements.OrderBy(static s => s.SaidAt))
        {
            _time.SetUtcNow(statement.SaidAt);
            var outcome = await service.StoreAsync(
                NamespaceOf(statement.Conversation),
                [new NewMemory { Content = statement.Content, Session = statement.Session, OccurredAt = statement.SaidAt }],
                cancellationToken);
            var memory = outcome.Succeeded ? outcome.Value[0] : throw new InvalidDataException($"conversation '{statement.Conversation}': {outcome.Problem.Message}");
            _ids.Add((statement.Conversation, statement.Id), memory.Memory.Id);
            _memories.Add(memory.Memory);
        }

        _time.Advance(Later);

        // As a server does a second later: the questions come an hour after the last statement.
        await service.NoteMentionsAsync(cancellationToken);
        foreach (var ns in _namespaces.Values)
        {
            await service.EncodeMissingAsync(ns, cancellationToken);
        }

        await ConfiguredVectorsAsync(cancellationToken);
    }

    // By the real clock: what waits between two batches does so for the sake of others.
    private async Task ConfiguredVectorsAsync(CancellationToken cancellationToken)
    {
        await using var service = new MemoryService(Store, TimeProvider.System, new Random(1), embeddings: _embeddings);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var making = service.KeepVectorsAsync(done.Token);
        foreach (var ns in _namespaces.Values)
        {
            for (EmbeddingStatus status; (status = (await service.StatusAsync(ns, cancellationToken)).Embeddings) is not { Missing: 0, Chosen: null, Problem: null };)
            {
                if (status.Problem is { } problem)
                {
                    throw new InvalidDataException(problem);
                }

                await Task.Delay(50, cancellationToken);
            }
        }

        await done.CancelAsync();
        await making.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
