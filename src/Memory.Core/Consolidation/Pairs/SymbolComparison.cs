namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Compares the symbols of two texts: 'load &gt; 80' is not 'load &lt; 80', '✔ unit, ✘ e2e' not '✘ unit, ✔ e2e', '3-5' not '3 5'. They must agree in kind, order and
/// in what they stand between.
/// </summary>
internal static class SymbolComparison
{
    /// <summary>Whether two texts differ in their symbols.</summary>
    public static bool Differ(IReadOnlyList<Symbol> one, IReadOnlyList<Symbol> other)
    {
        if (one.Count == 0 && other.Count == 0)
        {
            return false;
        }

        var (here, there) = (Beside(one, other), Beside(other, one));
        return here.Count != there.Count || here.Zip(there).Any(static p => !p.First.Is(p.Second));
    }

    /// <summary>Whether a text lacks a symbol of another, or has one at a word of the other that there has none.</summary>
    /// <param name="holder">Who should say all of the other.</param>
    /// <param name="held">The other.</param>
    public static bool DifferWithin(Writing holder, Writing held)
    {
        if (holder.Symbols.Count == 0 && held.Symbols.Count == 0)
        {
            return false;
        }

        var (all, some) = (Beside(holder.Symbols, held.Symbols), Beside(held.Symbols, holder.Symbols));
        var found = 0;
        foreach (var symbol in all)
        {
            if (found < some.Count && symbol.Is(some[found]))
            {
                found++;
            }
            else if (Touches(symbol, held))
            {
                return true;
            }
        }

        return found < some.Count;
    }

    // What is spelled counts only beside the symbol itself.
    private static List<Symbol> Beside(IReadOnlyList<Symbol> symbols, IReadOnlyList<Symbol> other) =>
        [.. symbols.Where(s => !s.IsSpelled || other.Any(o => !o.IsSpelled && o.Is(s)))];

    private static bool Touches(Symbol symbol, Writing held) =>
        (symbol.Before.Length == 0 && symbol.After.Length == 0) || IsIn(held, symbol.Before) || IsIn(held, symbol.After);

    private static bool IsIn(Writing text, string word) => word.Length > 0 && text.Content.Contains(word, StringComparison.OrdinalIgnoreCase);
}
