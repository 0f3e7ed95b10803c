using System.Diagnostics;
using Memory.Core;
using Memory.Core.Consolidation;
using Memory.Core.Consolidation.Pairs.Network;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Recall;
using Memory.Core.Recall.Index;
using Memory.Core.Storage.Sqlite;
using Memory.Learning;
using Microsoft.Extensions.Time.Testing;

namespace Memory.Evaluation.World;

/// <summary>A real SQLite file in a temporary folder in which the statements of a world were stored, day by day, with or without the nights' consolidation.</summary>
internal sealed class WorldStore : IAsyncDisposable
{
    private static readonly EmbeddingSource Embeddings = new(StaticEmbedder.DefaultPath, encoderPath: SentenceEncoder.DefaultPath);

    private static readonly PairModels Models = new(static () => PairModelFile.Load(PairModelFile.DefaultPath), static () => Embeddings.LoadEncoder(), static () => PairNetwork.Load(PairNetwork.DefaultPath));

    // The owner's night: three in the morning.
    private static readonly TimeSpan NightHour = TimeSpan.FromHours(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("memory-world-").FullName;
    private readonly FakeTimeProvider _time = new(SimulatedWorld.Start);
    private readonly SqliteMemoryStore _store;
    private readonly RecallIndexes _indexes = new();
    private readonly MemoryService _service;
    private readonly Consolidator _consolidator;
    private readonly List<HeldStatement> _held = [];

    private WorldStore(int seed, bool rulesOnly)
    {
        _store = new SqliteMemoryStore(Path.Combine(_folder, "memory.db"), _time);
        _service = new MemoryService(_store, _time, new Random(seed), embeddings: Embeddings, indexes: _indexes);
        _consolidator = new Consolidator(_store, _time, new Random(seed + 1), embeddings: Embeddings, indexes: _indexes, models: rulesOnly ? PairModels.RulesOnly : Models);
    }

    /// <summary>How long the consolidation of all nights took.</summary>
    public TimeSpan NightsTook { get; private set; }

    /// <summary>What the last run said of how pairs were judged: why the learned model was not used; <see langword="null"/> when it was.</summary>
    public string? Note { get; private set; }

    public static async Task<WorldStore> ReplayAsync(SimulatedWorld world, bool consolidated, bool rulesOnly, CancellationToken cancellationToken)
    {
        var store = new WorldStore(world.Seed, rulesOnly);
        try
        {
            for (var day = 1; day <= world.Days; day++)
            {
                var night = SimulatedWorld.Start.AddDays(day) + NightHour;
                await store.StoreAsync(world.Statements.Where(s => s.At < night && s.At >= night.AddDays(-1)), cancellationToken);
                store._time.SetUtcNow(night);
                if (consolidated)
                {
                    await store.ConsolidateNightAsync(night, cancellationToken);
                }
            }

            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    public async Task<IReadOnlyList<RecalledMemory>> AskAsync(string query, CancellationToken cancellationToken)
    {
        await _service.NoteMentionsAsync(cancellationToken);
        await _service.EncodeMissingAsync(Namespace.Default, cancellationToken);
        return Value(await _service.RecallAsync(Namespace.Default, new RecallRequest { Query = query }, cancellationToken)).Memories;
    }

    public async Task RunAsync(RunScope scope, CancellationToken cancellationToken) =>
        Value(await _consolidator.RunAsync(new ConsolidationRequest(Namespace.Default, scope), cancellationToken: cancellationToken));

    /// <summary>Everything that the store holds now.</summary>
    public async Task<Holdings> HoldingsAsync(CancellationToken cancellationToken) => await _store.ReadAsync(
        Namespace.Default,
        reader =>
        {
            var memories = reader.ChangedAfter(0, int.MaxValue);
            MemoryId[] ids = [.. memories.Select(static m => m.Id)];
            return new Holdings(memories, reader.LinksOf(ids), reader.EvidenceOf(ids), _held);
        },
        cancellationToken);

    public async Task<long> SizeAsync(CancellationToken cancellationToken) => (await _store.HealthAsync(cancellationToken)).SizeBytes;

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _indexes.Dispose();
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StoreAsync(IEnumerable<WorldStatement> statements, CancellationToken cancellationToken)
    {
        foreach (var batch in statements.GroupBy(static s => s.Session).SelectMany(static s => s.Chunk(MemoryService.MaxBatch)))
        {
            _time.SetUtcNow(batch[^1].At);
            var stored = Value(await _service.StoreAsync(Namespace.Default, [.. batch.Select(static s => new NewMemory
            {
                Content = s.Content, Kind = s.Kind, Source = s.Source, Session = s.Session, OccurredAt = s.OccurredAt,
            })], cancellationToken));
            _held.AddRange(batch.Zip(stored, static (statement, memory) => new HeldStatement(memory.Memory.Id, statement)));
        }
    }

    private async Task ConsolidateNightAsync(DateTimeOffset night, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var reports = Value(await _consolidator.RunNightAsync(night, cancellationToken: cancellationToken));
        NightsTook += Stopwatch.GetElapsedTime(began);
        Note = reports.Count > 0 ? reports[^1].Note : Note;
    }

    private static T Value<T>(Outcome<T> outcome) => outcome.Succeeded ? outcome.Value : throw new InvalidDataException(outcome.Problem.Message);
}
