using Memory.Core.Recall.Index;
using Memory.Core.Storage;

namespace Memory.Core.Recall.Ranking;

/// <summary>Finds what a query asks for in the vocabulary of a namespace.</summary>
internal static class QueryTerms
{
    // Every further word of a query changes little, and each costs a walk through its postings.
    private const int MaxTerms = 64;
    private const int MaxGuessed = 4;
    private const int MaxGuessesPerWord = 3;
    private const int ShortestGuessed = 4;
    private const int LongWord = 8;
    private const double OneSlip = 0.8;
    private const double TwoSlips = 0.6;

    /// <summary>The words of a query but those that only ask, each stem once. A word that no memory has is taken for a slip of one that some have.</summary>
    /// <param name="index">The index.</param>
    /// <param name="query">The query.</param>
    /// <param name="nameWeight">What a word weighs that is written as a name or an identifier.</param>
    public static IReadOnlyList<QueryTerm> Parse(NamespaceIndex index, ReadOnlySpan<char> query, double nameWeight = 1)
    {
        var terms = new List<QueryTerm>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var guessed = 0;
        Span<char> buffer = stackalloc char[WordScanner.MaxLength];
        var scanner = new WordScanner(query, buffer);
        // Words that no memory has cost nothing, and leave no room for those that some have.
        for (var known = 0; known < MaxTerms && scanner.Next();)
        {
            if (LexicalQuery.IsStopWord(scanner.Word))
            {
                continue;
            }

            var word = scanner.Word.ToString();
            var stem = PorterStemmer.Stem(word);
            if (!seen.Add(stem))
            {
                continue;
            }

            var term = index.Vocabulary.FindTerm(stem);
            if (term < 0 && guessed < MaxGuessed && word.Length >= ShortestGuessed && char.IsLetter(word[0]))
            {
                guessed++;
                var before = terms.Count;
                terms.AddRange(Guesses(index, word).Where(g => seen.Add(PorterStemmer.Stem(g.Word))));
                if (terms.Count > before)
                {
                    known += terms.Count - before;
                    continue;
                }
            }

            if (term >= 0 || terms.Count < MaxTerms)
            {
                known += term >= 0 ? 1 : 0;
                terms.Add(new QueryTerm(word, term, scanner.IsName ? nameWeight : 1, Rarity(index, term)));
            }
        }

        return terms;
    }

    // Robertson and Sparck Jones, kept above 0 (Lucene's form): ln(1 + (N - n + 0.5) / (n + 0.5)).
    private static double Rarity(NamespaceIndex index, int term)
    {
        var holding = index.Postings.Of(term).Count;
        return Math.Log(1 + ((index.Count - holding + 0.5) / (holding + 0.5)));
    }

    private static IEnumerable<QueryTerm> Guesses(NamespaceIndex index, string word)
    {
        var allowed = word.Length < LongWord ? 1 : 2;
        var found = new List<(int Word, int Slips)>();
        for (var other = 0; other < index.Vocabulary.Count; other++)
        {
            var text = index.Vocabulary.TextOf(other);
            if (Math.Abs(text.Length - word.Length) <= allowed && (text[0] == word[0] || (text.Length > 1 && text[1] == word[1]))
                && !index.Vocabulary.IsStop(other) && EditDistance.AtMost(word, text, allowed) is { } slips)
            {
                found.Add((other, slips));
            }
        }

        return found.OrderBy(static f => f.Slips).Take(MaxGuessesPerWord).Select(f =>
        {
            var term = index.Vocabulary.TermOf(f.Word);
            return new QueryTerm(index.Vocabulary.TextOf(f.Word), term, f.Slips == 1 ? OneSlip : TwoSlips, Rarity(index, term));
        });
    }
}
