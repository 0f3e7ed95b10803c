using System.Collections.Concurrent;
using System.Threading.Channels;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Operations;

/// <summary>
/// Makes, in the background, the vectors that memories lack: those stored before there was a table, and for a configured model all, little by little.
/// Until a namespace is complete those of the table serve. Stopping loses nothing; the next start goes on.
/// </summary>
internal sealed class VectorUpkeep(IMemoryStore store, EmbeddingSource embeddings, TimeProvider time)
{
    private const int ChosenBatch = 32;
    private const string LeaseName = "embedding";

    // A remote model costs its owner time or money: it gets a pause after each batch, and a longer one after a failure.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Namespace, bool> _complete = [];
    private readonly ConcurrentDictionary<Namespace, bool> _cleared = [];
    private readonly Channel<Namespace> _changed = Channel.CreateBounded<Namespace>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly SentenceUpkeep _sentences = new(store, embeddings, time);
    private readonly string _holder = $"{ProcessIdentity.Current}/{Guid.NewGuid():N}";

    /// <summary>Whether every memory of a namespace had a vector of the configured model when that was last looked at.</summary>
    public bool IsComplete(Namespace ns) => _complete.GetValueOrDefault(ns);

    /// <summary>Whether this process makes what is missing, and so asks the model by itself.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Whether every memory of a namespace has a vector of a model; looked at now where nothing here keeps them complete.</summary>
    public async ValueTask<bool> IsCompleteAsync(Namespace ns, EmbeddingModel model, CancellationToken cancellationToken)
    {
        if (!IsComplete(ns) && !IsRunning)
        {
            _complete[ns] = (await store.ReadAsync(ns, r => r.WithoutVector(model.ToString(), 1), cancellationToken)).Count == 0;
        }

        return IsComplete(ns);
    }

    /// <summary>Why the configured model failed the last time it was asked, or <see langword="null"/>.</summary>
    public string? Failure { get; set; }

    /// <summary>Tells that memories were stored, of which neither the configured model nor the encoder has seen any.</summary>
    public void Stored(Namespace ns)
    {
        if (embeddings.WantsEncoder || embeddings.Chosen is not null)
        {
            _changed.Writer.TryWrite(ns);
        }
    }

    /// <summary>Makes the vectors of the table that one namespace lacks, now.</summary>
    /// <returns>How many were made.</returns>
    public Task<int> CompleteTableAsync(Namespace ns, CancellationToken cancellationToken) => MissingVectors.MakeAsync(store, ns, embeddings.Table, cancellationToken);

    /// <summary>Makes the vectors of the encoder that one namespace lacks, now.</summary>
    /// <returns>How many were made.</returns>
    public Task<int> CompleteEncoderAsync(Namespace ns, CancellationToken cancellationToken) => _sentences.CompleteAsync(ns, cancellationToken);

    /// <summary>Goes through all namespaces, then through each in which something is stored and now and then through all again, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        IsRunning = true;
        // The table's first, and of all: a configured model that does not answer holds up nobody's fallback.
        foreach (var ns in await store.NamespacesAsync(cancellationToken))
        {
            await CompleteTableAsync(ns, cancellationToken);
        }

        while (embeddings.WantsEncoder || embeddings.Chosen is not null)
        {
            var goesOn = false;
            foreach (var ns in await store.NamespacesAsync(cancellationToken))
            {
                goesOn |= await CompleteAsync(ns, cancellationToken);
            }

            if (!goesOn)
            {
                await ChangesUntilLookAsync(cancellationToken);
            }
        }
    }

    // What another process or a consolidation stores is not told here, so all are looked at again now and then.
    private async Task ChangesUntilLookAsync(CancellationToken cancellationToken)
    {
        using var look = new CancellationTokenSource(LookAgain, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(look.Token, cancellationToken);
        try
        {
            while (true)
            {
                if (await CompleteAsync(await _changed.Reader.ReadAsync(either.Token), cancellationToken))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }

    // Tells whether more is to be done at once.
    private async Task<bool> CompleteAsync(Namespace ns, CancellationToken cancellationToken)
    {
        if (embeddings.WantsEncoder)
        {
            return await _sentences.MakeSomeAsync(ns, cancellationToken);
        }

        await CompleteChosenAsync(ns, cancellationToken);
        return false;
    }

    private async Task CompleteChosenAsync(Namespace ns, CancellationToken cancellationToken)
    {
        while (embeddings.Chosen is { } chosen)
        {
            if (chosen.Model is null && await ConnectAsync(chosen, cancellationToken) is not null)
            {
                await Task.Delay(AfterFailure, time, cancellationToken);
                continue;
            }

            var missing = await store.ReadAsync(ns, r => r.WithoutVector(chosen.Model!.ToString(), ChosenBatch), cancellationToken);
            if (missing.Count == 0)
            {
                await FinishAsync(ns, chosen.Model!, cancellationToken);
                return;
            }

            // One process at a time: two would pay twice for the same vectors.
            var lease = await store.AcquireLeaseAsync(LeaseName, _holder, LeaseTime, cancellationToken);
            var mine = lease.Holder == _holder;
            var made = mine && await MakeAsync(ns, chosen, missing, cancellationToken);
            await Task.Delay(made ? Pause : AfterFailure, time, cancellationToken);
        }
    }

    private async Task<bool> MakeAsync(Namespace ns, ChosenEmbedder chosen, IReadOnlyList<Statement> missing, CancellationToken cancellationToken)
    {
        var outcome = await chosen.EmbedAsync([.. missing.Select(static s => s.Content)], cancellationToken);
        Failure = outcome.Succeeded ? null : outcome.Problem.Message;
        if (outcome.Succeeded)
        {
            await MissingVectors.WriteAsync(store, ns, chosen.Model!, missing, outcome.Value, cancellationToken);
        }

        return outcome.Succeeded;
    }

    private async Task<Problem?> ConnectAsync(ChosenEmbedder chosen, CancellationToken cancellationToken)
    {
        var answer = await chosen.EmbedAsync(["."], cancellationToken);
        Failure = answer.Succeeded ? null : answer.Problem.Message;
        return answer.Succeeded ? null : answer.Problem;
    }

    private async Task FinishAsync(Namespace ns, EmbeddingModel model, CancellationToken cancellationToken)
    {
        await store.ReleaseLeaseAsync(LeaseName, _holder, cancellationToken);
        _complete[ns] = true;
        if (_cleared.TryAdd(ns, true))
        {
            // Those of the model before this one; the table's stay, for when this one does not answer.
            string[] kept = embeddings.Table is { } table ? [model.ToString(), table.Model.ToString()] : [model.ToString()];
            await store.WriteAsync(
                ns,
                writer =>
                {
                    writer.RemoveVectorsExcept(kept);
                    return true;
                },
                cancellationToken);
        }
    }
}
