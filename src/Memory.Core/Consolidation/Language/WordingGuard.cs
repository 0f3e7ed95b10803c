using System.Collections.Frozen;
using Memory.Core.Consolidation.Pairs;
using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Language;

/// <summary>
/// Decides whether a wording that a language model proposes may stand for the statements it was made of. Over <see cref="FactGuard"/> (no number,
/// date, version, name or negation lost or new) it wants every other word that carries content kept, none added, and nothing exchanged:
/// a model that lies must not be able to say anything that nobody said. Strict on purpose; what it refuses, the rules word.
/// </summary>
internal static class WordingGuard
{
    // They turn what follows around: 'from Oslo to Bergen'.
    private static readonly FrozenSet<string> Directions = Set("from to into onto by before after until since over under per than because if unless");

    private static readonly FrozenSet<string> Modals = Set("must should can could may might will would shall");

    /// <summary>Why a wording cannot stand for the statements, without their content; <see langword="null"/> when it can.</summary>
    /// <param name="inputs">The statements.</param>
    /// <param name="wording">What was proposed, read like them.</param>
    public static string? Refuses(IReadOnlyList<PairStatement> inputs, PairStatement wording) =>
        TextCheck.Content(wording.Content) is not null ? "it is no text that can be stored"
        : wording.Content.Length > inputs.Sum(static i => i.Content.Length + 1) ? "it is longer than all statements together"
        : wording.IsForeign || wording.IsCut || inputs.Any(static i => i.IsForeign || i.IsCut) ? "the texts are in another language or too long to compare word for word"
        : FactGuard.Lost(inputs, [wording]) is [var lost, ..] ? $"it loses a {Name(lost)}"
        : FactGuard.Lost([wording], inputs) is [var added, ..] ? $"it adds a {Name(added)}"
        : inputs.Any(i => !Words(i).IsSubsetOf(Words(wording))) ? "it loses a word"
        : !Words(wording).IsSubsetOf(inputs.SelectMany(Words)) ? "it adds a word"
        : SignsDiffer(inputs, wording) ? "it loses, adds or exchanges a sign or symbol"
        : inputs.Any(i => i.Writing.Code.Any(c => CodeSpans.Lacks(wording.Content, [c]))) ? "it changes text in backticks"
        : (wording.Writing.Questions.Count > 0) != inputs.Any(static i => i.Writing.Questions.Count > 0) ? "it asks what was said, or says what was asked"
        : wording.IsHedged != inputs.All(static i => i.IsHedged) ? "it is surer or less sure than the statements"
        : !Modal(wording).SetEquals(inputs.SelectMany(Modal)) ? "it obliges or permits otherwise"
        : Exchanges(inputs, wording) ? "it exchanges words"
        : null;

    private static string Name(Fact fact) => fact.Kind switch
    {
        FactKind.Number => "number",
        FactKind.Date => "date",
        FactKind.Version => "version",
        FactKind.Name => "name",
        _ => "negation",
    };

    private static HashSet<string> Words(PairStatement statement) => [.. statement.Terms.Select(static t => t.Stem)];

    private static HashSet<string> Modal(PairStatement statement) => [.. statement.Tokens.Select(static t => t.Text).Where(Modals.Contains)];

    // What stands beside a sign may be another sentence in the wording; one of both sides must stay.
    private static bool SignsDiffer(IReadOnlyList<PairStatement> inputs, PairStatement wording)
    {
        Symbol[] said = [.. inputs.SelectMany(static i => i.Writing.Symbols).Where(static s => !s.IsSpelled)];
        Symbol[] proposed = [.. wording.Writing.Symbols.Where(static s => !s.IsSpelled)];
        return said.Any(s => !proposed.Any(s.StandsAs)) || proposed.Any(s => !said.Any(s.StandsAs));
    }

    // Two values, names or conditions stand in an order, and a direction before one, that some statement has: '8080 for tests and 9090 for users'
    // holds the words of '9090 for tests and 8080 for users', but not its facts.
    private static bool Exchanges(IReadOnlyList<PairStatement> inputs, PairStatement wording)
    {
        // What is an anchor in one text is one in all: a capital at the beginning of a sentence hides a name.
        var anchors = inputs.Append(wording).SelectMany(Anchors).ToHashSet(StringComparer.Ordinal);
        var attested = inputs.Select(i => Places(i, anchors)).ToArray();
        var directions = inputs.SelectMany(static i => After(i, Directions)).ToHashSet();
        var proposed = Places(wording, anchors).OrderBy(static a => a.Value).Select(static a => a.Key).ToArray();
        for (var i = 0; i < proposed.Length; i++)
        {
            for (var j = i + 1; j < proposed.Length; j++)
            {
                var together = attested.Where(a => a.ContainsKey(proposed[i]) && a.ContainsKey(proposed[j])).ToArray();
                if (together.Length > 0 && !together.Any(a => a[proposed[i]] < a[proposed[j]]))
                {
                    return true;
                }
            }
        }

        return After(wording, Directions).Any(d => !directions.Contains(d));
    }

    /// <summary>The values, names and conditions of a statement.</summary>
    private static IEnumerable<string> Anchors(PairStatement statement) =>
        statement.Tokens.Where(static t => t.IsValue).Select(static t => t.Stem)
            .Concat(statement.Names.SelectMany(static n => n.Stems))
            .Concat(After(statement, WordLists.Conditions).Select(static a => a.Stem));

    /// <summary>Where each of them first stands.</summary>
    private static Dictionary<string, int> Places(PairStatement statement, HashSet<string> anchors)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (place, token) in statement.Tokens.Index())
        {
            if (anchors.Contains(token.Stem))
            {
                places.TryAdd(token.Stem, place);
            }
        }

        return places;
    }

    /// <summary>Each word that carries content and the one of some grammatical words that it follows, with nothing but grammar between.</summary>
    private static IEnumerable<(string Before, string Stem)> After(PairStatement statement, FrozenSet<string> grammar)
    {
        var before = "";
        foreach (var token in statement.Tokens)
        {
            if (token.IsContent && before.Length > 0)
            {
                yield return (before, token.Stem);
            }

            before = grammar.Contains(token.Text) ? token.Text : token.IsContent || token.StartsSentence ? "" : before;
        }
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
