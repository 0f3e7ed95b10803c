using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Operations;

/// <summary>Makes the vectors of the sentence encoder, by which recall looks at its best results again; by one process at a time.</summary>
internal sealed class SentenceUpkeep(IMemoryStore store, EmbeddingSource embeddings, TimeProvider time)
{
    private const int Look = 256;
    private const int Batch = 16;
    private const string LeaseName = "sentences";

    // The encoder takes milliseconds a text, of the processor that answers: it works a quarter of the time, and seldom while others store.
    private const int RestFactor = 3;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WhileStoring = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(2);

    private readonly string _holder = $"{ProcessIdentity.Current}/{Guid.NewGuid():N}";

    /// <summary>Makes the vectors of the encoder that one namespace lacks, now.</summary>
    /// <returns>How many were made.</returns>
    public async Task<int> CompleteAsync(Namespace ns, CancellationToken cancellationToken)
    {
        var made = 0;
        while (embeddings.Encoder is { } encoder)
        {
            var missing = await NotEncodedAsync(ns, encoder, cancellationToken);
            foreach (var batch in missing.Chunk(Batch))
            {
                made += await EncodeAsync(ns, encoder, batch, cancellationToken);
            }

            if (missing.Count < Look)
            {
                break;
            }
        }

        return made;
    }

    /// <summary>Makes some of them, little by little: no namespace waits until a large one is complete.</summary>
    /// <returns>Whether more is to be done at once.</returns>
    public async Task<bool> MakeSomeAsync(Namespace ns, CancellationToken cancellationToken)
    {
        var missing = embeddings.Encoder is { } encoder ? await NotEncodedAsync(ns, encoder, cancellationToken) : [];
        if (missing.Count == 0)
        {
            return false;
        }

        try
        {
            var worked = TimeSpan.Zero;
            foreach (var batch in missing.Chunk(Batch))
            {
                if (!await RestAsync(worked, cancellationToken))
                {
                    // Another process makes them. What it leaves is found with the next look.
                    return false;
                }

                var began = time.GetTimestamp();
                await EncodeAsync(ns, embeddings.Encoder!, batch, cancellationToken);
                worked = time.GetElapsedTime(began);
            }
        }
        finally
        {
            await store.ReleaseLeaseAsync(LeaseName, _holder, CancellationToken.None);
        }

        return missing.Count == Look;
    }

    private Task<IReadOnlyList<Statement>> NotEncodedAsync(Namespace ns, SentenceEncoder encoder, CancellationToken cancellationToken) =>
        store.ReadAsync(ns, r => r.WithoutVector(encoder.Model.ToString(), Look), cancellationToken);

    private Task<int> EncodeAsync(Namespace ns, SentenceEncoder encoder, Statement[] statements, CancellationToken cancellationToken)
    {
        var vectors = Array.ConvertAll(statements, s =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return encoder.VectorOf(s.Content);
        });
        return MissingVectors.WriteAsync(store, ns, encoder.Model, statements, vectors, cancellationToken, areIndexed: false);
    }

    // While somebody stores, the disk and the processors are his: a batch now and then goes on.
    private async Task<bool> RestAsync(TimeSpan worked, CancellationToken cancellationToken)
    {
        var before = await LastSequenceAsync(cancellationToken);
        await Task.Delay(worked == default ? Quiet : RestFactor * worked, time, cancellationToken);
        if (await LastSequenceAsync(cancellationToken) != before)
        {
            await Task.Delay(WhileStoring, time, cancellationToken);
        }

        return (await store.AcquireLeaseAsync(LeaseName, _holder, LeaseTime, cancellationToken)).Holder == _holder;
    }

    private Task<long> LastSequenceAsync(CancellationToken cancellationToken) => store.ReadAsync(Namespace.Default, static r => r.LastSequence(), cancellationToken);
}
