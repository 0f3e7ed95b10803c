using Memory.Core.Consolidation;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Recall;
using Memory.Core.Storage;
using Memory.Core.Storage.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Memory.Core.Tests;

/// <summary>The library on a real SQLite file in a folder of its own, with a clock that is turned by hand.</summary>
internal sealed class ServiceFixture : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    // Read once for all tests: it is never changed.
    private static readonly EmbeddingSource Embeddings = new(StaticEmbedder.DefaultPath);

    private readonly TemporaryFolder _folder = new();
    private readonly Random _random;

    public ServiceFixture(int seed = 1)
    {
        _random = new Random(seed);
        (Store, Memories, Consolidator) = Open();
    }

    public static Namespace Ns => Namespace.Default;

    public FakeTimeProvider Time { get; } = new(Start);

    public string Database => _folder.File("memory.db");

    public string Folder => _folder.Path;

    public SqliteMemoryStore Store { get; private set; }

    public MemoryService Memories { get; private set; }

    public Consolidator Consolidator { get; private set; }

    /// <summary>Another process on the same file, as far as one process can be two.</summary>
    public SqliteMemoryStore AnotherStore() => new(Database, Time);

    public async Task ReopenAsync()
    {
        await Memories.DisposeAsync();
        await Store.DisposeAsync();
        (Store, Memories, Consolidator) = Open();
    }

    public async Task<StoredMemory> StoreAsync(
        string content, MemoryKind kind = MemoryKind.Fact, string source = "agent", string? session = null, Namespace? ns = null,
        string[]? tags = null, double? importance = null, DateTimeOffset? occurredAt = null)
    {
        var outcome = await Memories.StoreAsync(ns ?? Ns, [new NewMemory
        {
            Content = content, Kind = kind, Source = source, Session = session, Tags = tags ?? [], Importance = importance, OccurredAt = occurredAt,
        }]);
        return outcome.Succeeded ? outcome.Value[0] : throw new InvalidOperationException(outcome.Problem.Message);
    }

    /// <summary>What a query recalls, with what says the same and gave way.</summary>
    public async Task<string[]> RecallAsync(string query, MemoryFilter? filter = null, int limit = 50)
    {
        var found = (await RecallAsync(new RecallRequest { Query = query, Limit = limit, Filter = filter ?? new() })).Memories;
        var alike = await Store.ReadAsync(Ns, r => r.FindMany([.. found.SelectMany(static m => m.Alike)]).ToDictionary(static m => m.Id, static m => m.Content));
        return [.. found.SelectMany(m => m.Alike.Select(id => alike[id]).Prepend(m.Memory.Content))];
    }

    public async Task<RecallResult> RecallAsync(RecallRequest request)
    {
        var outcome = await Memories.RecallAsync(Ns, request);
        return outcome.Succeeded ? outcome.Value : throw new InvalidOperationException(outcome.Problem.Message);
    }

    public async Task<MemoryDetails> ShowAsync(MemoryId id)
    {
        var outcome = await Memories.ShowAsync(Ns, id);
        return outcome.Succeeded ? outcome.Value : throw new InvalidOperationException(outcome.Problem.Message);
    }

    public Task<ConsolidationReport> ConsolidateAsync(RunScope scope = RunScope.Full, bool dryRun = false) => ConsolidateAsync(new ConsolidationRequest(Ns, scope, dryRun));

    public async Task<ConsolidationReport> ConsolidateAsync(ConsolidationRequest request)
    {
        var outcome = await Consolidator.RunAsync(request);
        return outcome.Succeeded ? outcome.Value : throw new InvalidOperationException(outcome.Problem.Message);
    }

    /// <summary>The statements in a state, in the order they were stored.</summary>
    public Task<string[]> InStateAsync(MemoryState state) =>
        Store.ReadAsync(Ns, reader => reader.ChangedAfter(0, int.MaxValue).Where(m => m.State == state).OrderBy(static m => m.CreatedAt).Select(static m => m.Content).ToArray());

    /// <summary>Everything that is known of every memory, one line each, for comparing two moments.</summary>
    public Task<string[]> DumpAsync(IMemoryStore? store = null) => (store ?? Store).ReadAsync(Ns, static reader =>
    {
        var memories = reader.ChangedAfter(0, int.MaxValue);
        MemoryId[] ids = [.. memories.Select(static m => m.Id)];
        var ledgers = reader.EvidenceOf(ids);
        var links = reader.LinksOf(ids);
        return memories.OrderBy(static m => m.Id.Value, StringComparer.Ordinal).Select(m => string.Join(" | ",
            m with { Sequence = 0, Tags = [] },
            string.Join(',', m.Tags),
            string.Join(';', ledgers[m.Id]),
            string.Join(';', links.Where(l => l.From == m.Id).OrderBy(static l => l.To.Value, StringComparer.Ordinal)))).ToArray();
    });

    public async ValueTask DisposeAsync()
    {
        await Memories.DisposeAsync();
        await Store.DisposeAsync();
        _folder.Dispose();
    }

    private (SqliteMemoryStore, MemoryService, Consolidator) Open()
    {
        var store = new SqliteMemoryStore(Database, Time);
        return (store, new MemoryService(store, Time, _random, embeddings: Embeddings), new Consolidator(store, Time, _random, embeddings: Embeddings));
    }
}
