namespace Memory.Core.Consolidation.Pairs;

/// <summary>Compares what statements quote in backticks: commands, files, settings.</summary>
internal static class Commands
{
    /// <summary>
    /// Whether both quote code, nothing of it the same, and differ in at least as many words beside it as they share: 'run `make test` after a merge' and
    /// 'run `make format` before a commit' are two instructions and not two values of one.
    /// </summary>
    public static bool Differ(PairStatement one, PairStatement other, TermAlignment alignment)
    {
        var (here, there) = (CodeSpans.Read(one.Content), CodeSpans.Read(other.Content));
        if (here.Count == 0 || there.Count == 0 || here.Intersect(there, StringComparer.OrdinalIgnoreCase).Any())
        {
            return false;
        }

        var (codeOne, codeOther) = (Stems(here), Stems(there));
        var (leftOne, leftOther) = (Beside(alignment.OnlyOne, codeOne), Beside(alignment.OnlyOther, codeOther));
        var shared = one.Terms.Count(t => t.Token.Kind == TokenKind.Word && other.TermIndex.Contains(t.Stem) && !codeOne.Contains(t.Stem) && !codeOther.Contains(t.Stem)
            && !one.Names.Any(n => n.Stems.Contains(t.Stem, StringComparer.Ordinal)));
        return leftOne > 0 && leftOther > 0 && Math.Max(leftOne, leftOther) >= shared;
    }

    private static HashSet<string> Stems(IReadOnlyList<string> spans) => [.. spans.SelectMany(static s => StatementScanner.Read(s)).Select(static t => t.Stem)];

    private static int Beside(IReadOnlyList<ContentTerm> left, HashSet<string> code) => left.Count(t => t.Token.Kind == TokenKind.Word && !code.Contains(t.Stem));
}
