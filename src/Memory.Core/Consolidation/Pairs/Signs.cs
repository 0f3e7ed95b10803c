namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Compares the signs of two texts: 'load &gt; 80' is not 'load &lt; 80', '✔ unit, ✘ e2e' not '✘ unit, ✔ e2e', '3-5' not '3 5'. They must agree in kind, order and
/// in what they stand between.
/// </summary>
internal static class Signs
{
    /// <summary>Whether two texts differ in their signs.</summary>
    public static bool Differ(IReadOnlyList<Sign> one, IReadOnlyList<Sign> other)
    {
        if (one.Count == 0 && other.Count == 0)
        {
            return false;
        }

        var (here, there) = (Beside(one, other), Beside(other, one));
        return here.Count != there.Count || here.Zip(there).Any(static p => !p.First.Is(p.Second));
    }

    /// <summary>Whether a text lacks a sign of another, or has one at a word of the other that there has none.</summary>
    /// <param name="holder">Who should say all of the other.</param>
    /// <param name="held">The other.</param>
    public static bool DifferWithin(Writing holder, Writing held)
    {
        if (holder.Signs.Count == 0 && held.Signs.Count == 0)
        {
            return false;
        }

        var (all, some) = (Beside(holder.Signs, held.Signs), Beside(held.Signs, holder.Signs));
        var found = 0;
        foreach (var sign in all)
        {
            if (found < some.Count && sign.Is(some[found]))
            {
                found++;
            }
            else if (Touches(sign, held))
            {
                return true;
            }
        }

        return found < some.Count;
    }

    // What is spelled counts only beside the sign itself.
    private static List<Sign> Beside(IReadOnlyList<Sign> signs, IReadOnlyList<Sign> other) =>
        [.. signs.Where(s => !s.IsSpelled || other.Any(o => !o.IsSpelled && o.Is(s)))];

    private static bool Touches(Sign sign, Writing held) =>
        (sign.Before.Length == 0 && sign.After.Length == 0) || IsIn(held, sign.Before) || IsIn(held, sign.After);

    private static bool IsIn(Writing text, string word) => word.Length > 0 && text.Content.Contains(word, StringComparison.OrdinalIgnoreCase);
}
