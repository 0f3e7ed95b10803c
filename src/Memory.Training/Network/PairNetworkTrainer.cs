namespace Memory.Training.Network;

/// <summary>
/// Trains the network further with labelled pairs: cross-entropy, the rate rising and then falling in a straight line (Devlin et al. 2018, appendix A.2).
/// The halves of each batch are learned side by side and added in one order: the same pairs give the same weights on processors of one kind.
/// </summary>
internal static class PairNetworkTrainer
{
    private const int Seed = 20;
    private const int Epochs = 2;
    private const int Batch = 32;
    private const float Rate = 6e-5f;
    private const float FreshRate = 1e-3f;
    private const float Rising = 0.06f;

    // Batches are cut from so many pairs ordered by length, so that little is filled up and yet each epoch mixes.
    private const int BatchesTogether = 50;
    private const int Told = 100;

    /// <summary>Trains.</summary>
    /// <param name="model">What the network begins from.</param>
    /// <param name="pairs">The pairs; both orders of each.</param>
    /// <param name="output">Where progress is told.</param>
    public static NetworkParameters Train(MiniLm model, IReadOnlyList<(ReadPair Pair, ReadPair Turned)> pairs, TextWriter output)
    {
        var random = new Random(Seed);
        var network = NetworkParameters.From(model, random);
        var adam = new Adam(network.Learned);
        NetworkPass[] halves = [new(network, 0), new(network, 1)];
        var (step, steps, running, started) = (0, Epochs * ((pairs.Count + Batch - 1) / Batch), 0.0, TimeProvider.System.GetTimestamp());
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            foreach (var batch in Batches(pairs, random))
            {
                var losses = new double[halves.Length];
                Parallel.For(0, halves.Length, h => losses[h] = halves[h].Learn([.. batch.Where((_, i) => i % halves.Length == h)], batch.Length));
                var share = MathF.Min((step + 1) / (Rising * steps), (steps - step) / ((1 - Rising) * steps));
                adam.Step(Rate * share, FreshRate * share);
                running += (losses.Sum() / batch.Length - running) / Math.Min(++step, Told);
                if (step % Told == 0 || step == steps)
                {
                    output.WriteLine(FormattableString.Invariant($"step {step} of {steps}, loss {running:0.000}, {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s"));
                }
            }
        }

        return network;
    }

    private static ReadPair[][] Batches(IReadOnlyList<(ReadPair Pair, ReadPair Turned)> pairs, Random random)
    {
        var order = Enumerable.Range(0, pairs.Count).ToArray();
        random.Shuffle(order);
        var batches = order.Select(i => random.Next(2) == 0 ? pairs[i].Pair : pairs[i].Turned)
            .Chunk(Batch * BatchesTogether).SelectMany(static c => c.OrderBy(static p => p.Pieces.Length).Chunk(Batch)).ToArray();
        random.Shuffle(batches);
        return batches;
    }
}
