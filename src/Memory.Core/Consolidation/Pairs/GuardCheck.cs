namespace Memory.Core.Consolidation.Pairs;

/// <summary>One thing that speaks against a relation of two statements.</summary>
/// <typeparam name="T">What is looked at.</typeparam>
/// <param name="Reason">What speaks against it, as a verdict tells it.</param>
/// <param name="Applies">Whether it is so.</param>
/// <param name="Yields">Whether it gives way to a model that is sure, and has learned how often the check is right; a difference in facts never does.</param>
internal sealed record GuardCheck<T>(string Reason, Func<T, bool> Applies, bool Yields = false);

/// <summary>What checks have found.</summary>
/// <param name="First">Which of them applies first; <see cref="GuardChecks.None"/> when none does.</param>
/// <param name="Final">Which of those that never yield applies first; <see cref="GuardChecks.None"/> when none does.</param>
internal readonly record struct GuardFinding(int First, int Final)
{
    /// <summary>Whether the relation is allowed.</summary>
    /// <param name="isSure">Whether the model is sure of it, so that some checks yield.</param>
    public bool Allows(bool isSure) => First == GuardChecks.None || (isSure && Final == GuardChecks.None);
}

/// <summary>Asks checks in their order.</summary>
internal static class GuardChecks
{
    /// <summary>Of no check.</summary>
    public const int None = -1;

    /// <summary>Asks the checks.</summary>
    public static GuardFinding Ask<T>(this IReadOnlyList<GuardCheck<T>> checks, T pair)
    {
        var first = None;
        for (var i = 0; i < checks.Count; i++)
        {
            if ((first == None || !checks[i].Yields) && checks[i].Applies(pair))
            {
                first = first == None ? i : first;
                if (!checks[i].Yields)
                {
                    return new GuardFinding(first, i);
                }
            }
        }

        return new GuardFinding(first, None);
    }

    /// <summary>The reason of the check that applies first; <see langword="null"/> when none does.</summary>
    public static string? FirstReason<T>(this IReadOnlyList<GuardCheck<T>> checks, T pair)
    {
        foreach (var check in checks)
        {
            if (check.Applies(pair))
            {
                return check.Reason;
            }
        }

        return null;
    }
}
