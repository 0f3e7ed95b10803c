using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Operations;

/// <summary>
/// Makes vectors anew and compares them with those in the store. A vector of another text finds the wrong memory by meaning, and nothing else notices.
/// </summary>
internal sealed class VectorComparison(IMemoryStore store, EmbeddingSource embeddings)
{
    private const int TablePage = 500;
    private const int ConfiguredPage = 32;
    private const int SampleSize = 1_000;
    private const int EncoderPage = 100;

    // Milliseconds each.
    private const int EncoderSampleSize = 200;

    // Below 1 for what rounding to bytes and another processor's order of adding change; two texts that differ are nowhere near.
    private const double SameFrom = 0.98;

    public async Task<IReadOnlyList<Finding>> FindAsync(Namespace ns, ComparedVectors configured, bool repair, CancellationToken cancellationToken)
    {
        var findings = new List<Finding?>();
        if (embeddings.Table is { } table)
        {
            findings.Add(await CompareAsync(
                ns, table.Model, TablePage, step: 1, texts => Task.FromResult(Outcome.Of<IReadOnlyList<StoredVector>>([.. texts.Select(t => table.VectorOf(t))])), repair, cancellationToken));
        }

        if (embeddings.Encoder is { } encoder)
        {
            var step = configured == ComparedVectors.All ? 1 : await StepAsync(ns, encoder.Model, EncoderSampleSize, cancellationToken);
            findings.Add(await CompareAsync(
                ns, encoder.Model, EncoderPage * step, step, texts => Task.FromResult(Outcome.Of<IReadOnlyList<StoredVector>>([.. texts.Select(encoder.VectorOf)])), repair, cancellationToken,
                areIndexed: false));
        }

        if (configured != ComparedVectors.None && embeddings.ChosenProblem is { } unusable)
        {
            findings.Add(new Finding("vectors", $"The vectors of the configured model in namespace {ns} could not be compared: {unusable}", CanRepair: false));
        }
        else if (configured != ComparedVectors.None && embeddings.Chosen is { Model: { } model } chosen)
        {
            var step = configured == ComparedVectors.All ? 1 : await StepAsync(ns, model, SampleSize, cancellationToken);
            findings.Add(await CompareAsync(ns, model, ConfiguredPage * step, step, texts => chosen.EmbedAsync(texts, cancellationToken), repair, cancellationToken));
        }

        return [.. findings.OfType<Finding>()];
    }

    private async Task<int> StepAsync(Namespace ns, EmbeddingModel model, int sample, CancellationToken cancellationToken) =>
        Math.Max(1, (await store.ReadAsync(ns, r => r.VectorCounts(model.ToString()), cancellationToken)).With / sample);

    private async Task<Finding?> CompareAsync(
        Namespace ns, EmbeddingModel model, int page, int step, Func<IReadOnlyList<string>, Task<Outcome<IReadOnlyList<StoredVector>>>> embed, bool repair, CancellationToken cancellationToken,
        bool areIndexed = true)
    {
        var (name, last, wrong, repaired) = (model.ToString(), 0L, 0, 0);
        while (await ReadAsync(last) is { Count: > 0 } embedded)
        {
            last = embedded[^1].Place;
            // One of another length is no vector of this model at all: the store itself finds that.
            var compared = embedded.Where((e, i) => i % step == 0 && e.Vector.Values.Length == model.Dimensions).ToArray();
            var made = await embed([.. compared.Select(static e => e.Statement.Content)]);
            if (!made.Succeeded)
            {
                return new Finding("vectors", $"The vectors of {name} in namespace {ns} could not be compared: {made.Problem.Message}", CanRepair: false);
            }

            var others = compared.Zip(made.Value, static (e, vector) => (e.Statement, Old: e.Vector, New: vector)).Where(static p => !IsSame(p.Old, p.New)).ToArray();
            wrong += others.Length;
            repaired += repair && others.Length > 0 ? await ReplaceAsync(ns, name, others, areIndexed, cancellationToken) : 0;
        }

        return wrong == 0 ? null : new Finding(
            "vectors", $"{wrong} memories of namespace {ns} have a vector of {name} that is not of their text.", CanRepair: true, IsRepaired: repaired == wrong);

        Task<IReadOnlyList<EmbeddedStatement>> ReadAsync(long after) => store.ReadAsync(ns, r => r.EmbeddedAfter(after, name, page), cancellationToken);
    }

    private Task<int> ReplaceAsync(Namespace ns, string model, (Statement Statement, StoredVector Old, StoredVector New)[] others, bool areIndexed, CancellationToken cancellationToken) =>
        store.WriteAsync(
            ns,
            writer =>
            {
                foreach (var (statement, _, vector) in others)
                {
                    // It may have been forgotten since it was read: nothing of it may come back.
                    if (writer.Find(statement.Id) is { State: not MemoryState.Forgotten })
                    {
                        writer.SetVector(statement.Id, model, vector, areIndexed);
                    }
                }

                return others.Length;
            },
            cancellationToken);

    private static bool IsSame(StoredVector one, StoredVector other)
    {
        var a = one.Values.Span;
        var b = other.Values.Span;
        var (dot, squareA, squareB) = (0L, 0L, 0L);
        for (var i = 0; i < a.Length; i++)
        {
            (dot, squareA, squareB) = (dot + (a[i] * b[i]), squareA + (a[i] * a[i]), squareB + (b[i] * b[i]));
        }

        // The byte of largest size is 127, so only the zero vector has no length.
        return squareA == 0 || squareB == 0 ? squareA == squareB
            : Math.Abs(one.Scale - other.Scale) <= (1 - SameFrom) * other.Scale && dot >= SameFrom * Math.Sqrt((double)squareA * squareB);
    }
}
