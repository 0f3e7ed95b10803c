namespace Memory.Core.Consolidation.Pairs;

/// <summary>Reads what a statement quotes in backticks: commands, files, settings.</summary>
internal static class CodeSpans
{
    /// <summary>
    /// Whether both quote code, nothing of it the same, and differ in at least as many words beside it as they share: 'run `make test` after a merge' and
    /// 'run `make format` before a commit' are two instructions and not two values of one.
    /// </summary>
    public static bool AreOfDifferentThings(PairStatement one, PairStatement other, TermAlignment alignment)
    {
        var (here, there) = (Of(one.Content), Of(other.Content));
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

    private static List<string> Of(string text)
    {
        var spans = new List<string>();
        for (var start = text.IndexOf('`', StringComparison.Ordinal); start >= 0;)
        {
            var end = text.IndexOf('`', start + 1);
            if (end < 0)
            {
                break;
            }

            if (end > start + 1)
            {
                spans.Add(text[(start + 1)..end]);
            }

            start = text.IndexOf('`', end + 1);
        }

        return spans;
    }

    private static HashSet<string> Stems(List<string> spans) => [.. spans.SelectMany(static s => StatementScanner.Read(s)).Select(static t => t.Stem)];

    private static int Beside(IReadOnlyList<ContentTerm> left, HashSet<string> code) => left.Count(t => t.Token.Kind == TokenKind.Word && !code.Contains(t.Stem));
}
