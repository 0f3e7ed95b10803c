using Memory.Core.Entities;
using Memory.Core.Recall.Index;
using Memory.Core.Storage;

namespace Memory.Core.Recall.Ranking;

/// <summary>
/// Who is asked about by full name is meant by the first name alone too, where nobody else in the namespace has it: 'Where does Mira Ibarra work?'
/// finds 'Mira works for Opal' though it lacks a rare word of the question.
/// </summary>
internal static class ShortNames
{
    // Enough to see that somebody else has the first name.
    private const int Looked = 8;

    /// <summary>Marks the further words of full names as implied by the first.</summary>
    /// <param name="index">The index.</param>
    /// <param name="reader">Knows the names of the namespace.</param>
    /// <param name="query">The query.</param>
    /// <param name="terms">Its words.</param>
    /// <returns>The words, those of surnames with what implies them.</returns>
    public static IReadOnlyList<QueryTerm> Imply(NamespaceIndex index, IMemoryReader reader, string query, IReadOnlyList<QueryTerm> terms)
    {
        QueryTerm[]? implied = null;
        foreach (var name in EntityExtractor.Extract(query, []))
        {
            var space = name.Name.IndexOf(' ', StringComparison.Ordinal);
            if (name.Kind != EntityKind.Name || space < 0 || Words(name.Name) is not [var first, _, ..] words
                || index.Vocabulary.FindTerm(PorterStemmer.Stem(first)) is not (>= 0 and var term)
                || !reader.NamesThatBeginWith(name.Name[..space], Looked).All(n => n.Key == name.Key || n.Key.StartsWith(name.Key + " ", StringComparison.Ordinal)))
            {
                continue;
            }

            implied ??= [.. terms];
            for (var i = 0; i < implied.Length; i++)
            {
                implied[i] = implied[i].Term != term && words.Contains(implied[i].Word) ? implied[i] with { ImpliedBy = term } : implied[i];
            }
        }

        return implied ?? terms;
    }

    private static List<string> Words(string name)
    {
        var words = new List<string>();
        var scanner = new WordScanner(name, stackalloc char[WordScanner.MaxLength]);
        while (scanner.Next())
        {
            words.Add(scanner.Word.ToString());
        }

        return words;
    }
}
