using Memory.Core.Memories;

namespace Memory.Core.Confidence;

/// <summary>The arithmetic behind one confidence, ready to be shown.</summary>
/// <param name="Value">The probability that the statement is true, in [0, 1].</param>
/// <param name="LogOdds">The bounded sum of the prior and all contributions.</param>
/// <param name="Prior">The log-odds before any evidence.</param>
/// <param name="Terms">What each row of evidence contributed, in the order of the ledger.</param>
public sealed record ConfidenceCalculation(double Value, double LogOdds, double Prior, IReadOnlyList<ConfidenceTerm> Terms)
{
    /// <summary>
    /// Calculates the confidence of a memory: a pure function of its evidence, its kind and the time.
    /// <c>p = 1 / (1 + e^-L)</c> with <c>L = prior + sum(weight * diminishing^k * 2^(-age / half-life))</c>,
    /// where k is the rank of a supporting, or contradicting, voice, the weightiest first. A voice is a source in a session: repeating oneself
    /// adds no weight, but keeps the weight fresh; a hedged statement weighs <see cref="ConfidenceOptions.HedgedShare"/> of a plain one. Of a source's feedback only the last verdict counts: a changed mind is a changed mind.
    /// </summary>
    /// <param name="evidence">The ledger, in any order.</param>
    /// <param name="kind">The kind of the memory, which sets the half-life.</param>
    /// <param name="now">The time for which it is calculated. Evidence from after it counts as new.</param>
    /// <param name="options">The constants.</param>
    public static ConfidenceCalculation Of(IReadOnlyList<Evidence> evidence, MemoryKind kind, DateTimeOffset now, ConfidenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(options);
        var weights = Weights(evidence, options);
        var halfLife = options.HalfLife(kind);
        var sum = options.Prior;
        var terms = new List<ConfidenceTerm>(evidence.Count);
        foreach (var row in evidence)
        {
            var weight = weights.GetValueOrDefault(row);
            var age = now - row.At;
            var freshness = age <= TimeSpan.Zero ? 1 : Math.Pow(2, -(age / halfLife));
            sum += weight * freshness;
            terms.Add(new ConfidenceTerm(row, weight, freshness, weight * freshness));
        }

        var logOdds = Math.Clamp(sum, -options.Bound, options.Bound);
        return new ConfidenceCalculation(1 / (1 + Math.Exp(-logOdds)), logOdds, options.Prior, terms);
    }

    // The rows that count, with their weight when new. Ranking by weight makes the result independent of the order of simultaneous rows.
    private static Dictionary<Evidence, double> Weights(IReadOnlyList<Evidence> evidence, ConfidenceOptions options)
    {
        var weights = new Dictionary<Evidence, double>(ReferenceEqualityComparer.Instance);
        // Most memories were said once: a store need not group that.
        if (evidence is [var only])
        {
            weights[only] = Weight(only, options);
            return weights;
        }

        foreach (var side in new[] { evidence.Where(static e => e.Kind is EvidenceKind.Asserted or EvidenceKind.Corroborated), evidence.Where(static e => e.Kind == EvidenceKind.Contradicted) })
        {
            foreach (var (rank, row) in Voices(side, options).Index())
            {
                weights[row] = Weight(row, options) * Math.Pow(options.Diminishing, rank);
            }
        }

        foreach (var source in evidence.Where(static e => e.Kind is EvidenceKind.Confirmed or EvidenceKind.Refuted).GroupBy(static e => e.Source))
        {
            var verdict = Last(source);
            weights[verdict] = Weight(verdict, options);
        }

        return weights;
    }

    // Of a row that nobody of more weight said before.
    private static double Weight(Evidence row, ConfidenceOptions options) => row.Kind switch
    {
        EvidenceKind.Confirmed => options.ConfirmedWeight,
        EvidenceKind.Refuted => options.RefutedWeight,
        EvidenceKind.Contradicted => -options.ContradictedShare * options.StatementWeight(row),
        _ => options.StatementWeight(row),
    };

    // The last plain row of each source in a session, the weightiest first: who hedges later what he said plainly has not taken it back.
    private static IEnumerable<Evidence> Voices(IEnumerable<Evidence> rows, ConfidenceOptions options) => rows
        .GroupBy(static e => (e.Source, e.Session))
        .Select(Last)
        .OrderByDescending(e => options.StatementWeight(e))
        .ThenBy(static e => e.At);

    // Of rows of the same instant the weightier doubt counts as the later (refuted comes after confirmed): so their order does not matter.
    private static Evidence Last(IEnumerable<Evidence> rows) => rows.MaxBy(static e => (!e.IsHedged, e.At, e.Kind))!;
}

/// <summary>What one row of evidence contributes.</summary>
/// <param name="Evidence">The row.</param>
/// <param name="Weight">Its weight when new, in log-odds; 0 when the same voice had already said it.</param>
/// <param name="Freshness">The share of the weight that time has left, in (0, 1].</param>
/// <param name="Contribution">The product of the two.</param>
public sealed record ConfidenceTerm(Evidence Evidence, double Weight, double Freshness, double Contribution);
