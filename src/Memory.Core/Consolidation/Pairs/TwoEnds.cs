using System.Collections.Frozen;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Finds pairs about the two ends of one thing: 'opens at nine' and 'closes at nine', 'joined in 2019' and 'left in 2019'. Their words are opposites, and both can be so.
/// </summary>
internal static class TwoEnds
{
    private static readonly FrozenSet<(string, string)> Ends = "open close;start stop;start end;begin finish;join leave;join quit;arrive leave;arrive depart;enter leave;enter exit;move_in move_out;check_in check_out;log_in log_out;pick_up drop_off;buy sell;hire fire;"
        .Split(';', StringSplitOptions.RemoveEmptyEntries).Select(static p => p.Split(' ')).SelectMany(static p => new[] { (PhrasalVerbs.Stem(p[0]), PhrasalVerbs.Stem(p[1])), (PhrasalVerbs.Stem(p[1]), PhrasalVerbs.Stem(p[0])) }).ToFrozenSet();

    /// <summary>Whether one statement tells of one end and the other of the other, each with a time or a value.</summary>
    public static bool Are(PairStatement one, PairStatement other) =>
        one.Values.Count > 0 && other.Values.Count > 0 && Words(one).Any(o => !Has(other, o) && Words(other).Any(t => !Has(one, t) && Ends.Contains((o, t))));

    // 'is open' and 'is closed' are states, of which one only can be.
    private static IEnumerable<string> Words(PairStatement statement) =>
        statement.Tokens.Where((t, i) => t.Kind == TokenKind.Word && !(i > 0 && VerbTenses.IsAuxiliary(statement.Tokens[i - 1]))).Select(static t => t.Stem).Concat(PhrasalVerbs.Of(statement));

    private static bool Has(PairStatement statement, string word) => Words(statement).Contains(word, StringComparer.Ordinal);
}
