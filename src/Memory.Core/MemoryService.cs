using Memory.Core.Confidence;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Recall;
using Memory.Core.Recall.Index;
using Memory.Core.Recall.Packing;
using Memory.Core.Screening;
using Memory.Core.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Memory.Core;

/// <summary>
/// Stores, recalls, updates, judges and forgets: what the tools, the command line and any other front door call.
/// Safe for any number of concurrent callers. Dispose it before its store.
/// </summary>
public sealed partial class MemoryService : IAsyncDisposable
{
    /// <summary>The most statements of one <see cref="StoreAsync"/>.</summary>
    public const int MaxBatch = 100;

    // For fewer another reader costs more than it saves; it bounds the readers where processors are many.
    private const int PreparedApart = 25;

    private readonly IMemoryStore _store;
    private readonly TimeProvider _time;
    private readonly EmbeddingSource _embeddings;
    private readonly StoreOperation _storing;
    private readonly ResemblanceSearch _resembling = new();
    private readonly UpdateOperation _updating;
    private readonly ForgetOperation _forgetting;
    private readonly FeedbackOperation _judging;
    private readonly PairFeedbackOperation _judgingPairs;
    private readonly Recaller _recaller;
    private readonly RecallIndexes _indexes;
    private readonly IndexKeeping _keeping;
    private readonly bool _ownsIndexes;
    private readonly RecallOptions _recall;
    private readonly ConfidenceOptions _confidence;
    private readonly RecallUseBuffer _uses;
    private readonly VectorUpkeep _vectors;
    private readonly MentionUpkeep _mentions;
    private readonly QueryEmbedder _querying;

    /// <summary>Composes the service.</summary>
    /// <param name="store">Where memories live.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">The source of chance for ids.</param>
    /// <param name="recall">The constants of ranking; the defaults when left out.</param>
    /// <param name="confidence">The constants of confidence; the defaults when left out.</param>
    /// <param name="embeddings">Makes the vectors by which meaning is found; recall goes by words only when left out.</param>
    /// <param name="logger">Where unexpected failures are told; nowhere when left out.</param>
    /// <param name="indexes">The indexes in memory, when they are shared with a consolidator; whoever made them disposes of them.</param>
    /// <param name="screen">What every text goes through before it is stored; redacts credentials when left out.</param>
    public MemoryService(
        IMemoryStore store,
        TimeProvider time,
        Random random,
        RecallOptions? recall = null,
        ConfidenceOptions? confidence = null,
        EmbeddingSource? embeddings = null,
        ILogger<MemoryService>? logger = null,
        RecallIndexes? indexes = null,
        Screen? screen = null)
    {
        Screen = screen ?? Screen.Default;
        var ledger = _confidence = confidence ?? ConfidenceOptions.Default;
        _embeddings = embeddings ?? EmbeddingSource.None;
        _store = store ?? throw new ArgumentNullException(nameof(store));
        _time = time ?? throw new ArgumentNullException(nameof(time));
        _storing = new StoreOperation(ledger, random ?? throw new ArgumentNullException(nameof(random)), _embeddings);
        _updating = new UpdateOperation(_storing, ledger);
        _forgetting = new ForgetOperation(ledger);
        _judging = new FeedbackOperation(ledger);
        _judgingPairs = new PairFeedbackOperation(ledger);
        _indexes = indexes ?? new RecallIndexes();
        _ownsIndexes = indexes is null;
        _keeping = new IndexKeeping(store, _indexes, time);
        _recall = recall ?? RecallOptions.Default;
        _recaller = new Recaller(_recall, ledger, _embeddings, _indexes);
        _vectors = new VectorUpkeep(store, _embeddings, time);
        _mentions = new MentionUpkeep(store, time);
        _querying = new QueryEmbedder(_embeddings, _vectors, time);
        _uses = new RecallUseBuffer(store, time, _recall.RememberedQueries, logger ?? NullLogger<MemoryService>.Instance);
    }

    /// <summary>What every text goes through before it is stored.</summary>
    public Screen Screen { get; }

    /// <summary>Stores statements, all or none; when the task completes they are on disk.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="statements">1 to 100 statements.</param>
    /// <param name="cancellationToken">Prevents the write if it has not begun.</param>
    /// <returns>What became of each statement, in order, or what is wrong with one.</returns>
    public async Task<Outcome<IReadOnlyList<StoredMemory>>> StoreAsync(
        Namespace ns, IReadOnlyList<NewMemory> statements, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(statements);
        if (statements.Count is 0 or > MaxBatch)
        {
            return Problem.Invalid($"memories has {statements.Count} entries; 1 to {MaxBatch} are allowed.");
        }

        var (screened, notes) = (statements.ToArray(), new List<string>[statements.Count]);
        for (var i = 0; i < screened.Length; i++)
        {
            var outcome = Screen.Statement(statements[i], notes[i] = []);
            if ((outcome.Problem ?? (screened[i] = outcome.Value!).Check()) is { } problem)
            {
                return statements.Count == 1 ? problem : problem with { Message = $"memories[{i}]: {problem.Message} Nothing was stored." };
            }
        }

        // Read at the first store, and not while others wait for the transaction.
        _ = _embeddings.Table;

        // Likenesses and vectors are made beforehand: neither lengthens the transaction that others wait for.
        var prepared = await PrepareAsync(ns, screened, cancellationToken);
        var now = Now();
        var stored = await _store.WriteAsync(
            ns, writer => Array.ConvertAll(prepared, p => _storing.Store(writer, p.Statement, p.Vector, now)), cancellationToken);
        Stored(ns);
        for (var i = 0; i < stored.Length; i++)
        {
            if (!stored[i].IsNew && StoreOperation.TagsLeftOut(prepared[i].Statement, stored[i].Memory) is { } note)
            {
                notes[i].Add(note);
            }
        }

        return stored.Select((s, i) => new StoredMemory(
            s.Memory, s.IsNew, [.. prepared[i].Alike.Where(a => a.Id != s.Memory.Id).Take(Resemblance.MaxCount)]) { Notes = notes[i] }).ToArray();
    }

    /// <summary>Recalls memories and notes that they were recalled.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public async Task<Outcome<RecallResult>> RecallAsync(Namespace ns, RecallRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Check() is { } problem)
        {
            return problem;
        }

        // What a store cleans its texts of can be in none of them; in a query it would only hide what it stands beside.
        // A query of nothing else finds nothing, rather than being taken for none.
        var visible = VisibleText.Of(request.Query);
        request = request with { Query = string.IsNullOrWhiteSpace(visible) ? request.Query : visible };
        var now = Now();
        var embedded = await _querying.EmbedAsync(ns, request.Query, cancellationToken);
        var all = await _store.ReadAsync(ns, reader => _recaller.Recall(reader, request, embedded, now), cancellationToken);

        // Outside the read: the first count of a process loads a vocabulary, and no reader shall wait for that.
        var result = ResultPacking.Fit(all, request);
        if (result.Memories.Count > 0)
        {
            _uses.Add(ns, result.Memories.Select(static m => m.Memory.Id), now);
            if (_recall.RememberedQueries > 0 && request.CanBeRemembered)
            {
                _uses.Remember(ns, RememberedWords.Of(request, result, _recall, now));
            }
        }

        return result;
    }

    /// <summary>
    /// Reads the table of embeddings and the index of a namespace now, and runs meanwhile what a recall runs, so that the first recall need not wait for it.
    /// </summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="ready">Called with the number of memories as soon as their index is in memory.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public async Task WarmUpAsync(Namespace ns, Action<int>? ready = null, CancellationToken cancellationToken = default)
    {
        var embedded = await _querying.EmbedAsync(ns, string.Empty, cancellationToken);
        await Task.WhenAll(
            Task.Run(async () => ready?.Invoke(await _store.ReadAsync(ns, reader => _recaller.WarmUp(reader, embedded), cancellationToken)), cancellationToken),
            Task.Run(() => _store.ReadAsync(ns, reader => Rehearsal.Run(reader, _recall, _confidence, _embeddings, q => _querying.ByTable(q), Now()), cancellationToken), cancellationToken));
    }

    /// <summary>Makes the vectors of the built-in table that memories of a namespace lack. Safe to stop and to repeat.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="cancellationToken">Ends it between two small batches.</param>
    /// <returns>How many were made.</returns>
    public Task<int> EmbedMissingAsync(Namespace ns, CancellationToken cancellationToken = default) => _vectors.CompleteTableAsync(ns, cancellationToken);

    /// <summary>Makes the vectors of the sentence encoder that memories of a namespace lack, as <see cref="KeepVectorsAsync"/> does little by little. Safe to stop and to repeat.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="cancellationToken">Ends it between two small batches.</param>
    /// <returns>How many were made.</returns>
    public Task<int> EncodeMissingAsync(Namespace ns, CancellationToken cancellationToken = default) => _vectors.CompleteEncoderAsync(ns, cancellationToken);

    /// <summary>Makes vectors of a namespace anew and compares them with those in the store.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="configured">How many of the configured model.</param>
    /// <param name="repair">Whether those that differ are replaced.</param>
    /// <param name="cancellationToken">Ends it between two batches.</param>
    /// <returns>What is wrong, at most one finding a model.</returns>
    public Task<IReadOnlyList<Finding>> CompareVectorsAsync(Namespace ns, ComparedVectors configured, bool repair, CancellationToken cancellationToken = default) =>
        new VectorComparison(_store, _embeddings).FindAsync(ns, configured, repair, cancellationToken);

    /// <summary>Keeps the vectors of all namespaces complete, those of a configured model too, until it is cancelled.</summary>
    /// <param name="cancellationToken">Ends it between two small batches.</param>
    public Task KeepVectorsAsync(CancellationToken cancellationToken) => _vectors.RunAsync(cancellationToken);

    /// <summary>Keeps large indexes in the store for the next start, now and whenever enough changed, until it is cancelled.</summary>
    /// <param name="cancellationToken">Ends it between two parts of an index.</param>
    public Task KeepIndexesAsync(CancellationToken cancellationToken) => _keeping.RunAsync(cancellationToken);

    /// <summary>Shows one memory with everything that is known of it.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="id">The memory.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public Task<Outcome<MemoryDetails>> ShowAsync(Namespace ns, MemoryId id, CancellationToken cancellationToken = default) =>
        _store.ReadAsync(ns, reader => _recaller.Show(reader, id), cancellationToken);

    /// <summary>Changes a memory. New content becomes a new memory; the old one stays in lineage, superseded.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="id">The memory.</param>
    /// <param name="change">What shall change.</param>
    /// <param name="cancellationToken">Prevents the write if it has not begun.</param>
    public async Task<Outcome<UpdatedMemory>> UpdateAsync(
        Namespace ns, MemoryId id, MemoryChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        var notes = new List<string>();
        var screened = change.Screened(Screen, notes);
        if ((screened.Problem ?? screened.Value!.Check()) is { } problem)
        {
            return problem;
        }

        var updated = await _store.WriteAsync(ns, writer => _updating.Update(writer, id, screened.Value!, Now()), cancellationToken);
        Stored(ns);
        return updated.Succeeded ? updated.Value with { Notes = notes } : updated;
    }

    private void Stored(Namespace ns)
    {
        _vectors.Stored(ns);
        _mentions.Stored();
    }

    // A large batch is prepared by several readers at once, each of which takes the next statement when it is done with one.
    private async Task<Prepared[]> PrepareAsync(Namespace ns, NewMemory[] statements, CancellationToken cancellationToken)
    {
        var (prepared, next) = (new Prepared[statements.Length], -1);
        var readers = Math.Clamp(statements.Length / PreparedApart, 1, Environment.ProcessorCount);
        await (readers == 1 ? SomeAsync() : Task.WhenAll(Enumerable.Range(0, readers).Select(_ => Task.Run(SomeAsync, cancellationToken))));
        return prepared;

        Task SomeAsync() => readers == 1 ? _store.ReadBeforeWriteAsync(ns, Some, cancellationToken) : _store.ReadAsync(ns, Some, cancellationToken);

        Prepared[] Some(IMemoryReader reader)
        {
            while (Interlocked.Increment(ref next) is var i && i < statements.Length)
            {
                cancellationToken.ThrowIfCancellationRequested();
                prepared[i] = new Prepared(statements[i], _storing.VectorOf(statements[i]), _resembling.Find(reader, statements[i].Content));
            }

            return prepared;
        }
    }

    private readonly record struct Prepared(NewMemory Statement, StoredVector? Vector, IReadOnlyList<Resemblance> Alike);

    /// <summary>Writes down the recalls and the mentions that are not yet noted.</summary>
    public async ValueTask DisposeAsync()
    {
        await _uses.DisposeAsync();
        await _mentions.DisposeAsync();
        if (_ownsIndexes)
        {
            _indexes.Dispose();
        }
    }

    private DateTimeOffset Now() => Instant.Whole(_time.GetUtcNow());
}
