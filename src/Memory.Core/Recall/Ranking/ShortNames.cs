using Memory.Core.Entities;
using Memory.Core.Recall.Index;
using Memory.Core.Storage;

namespace Memory.Core.Recall.Ranking;

/// <summary>
/// Who is asked about by a full name that the namespace knows is meant by the first name alone too, where it is used alone and nobody else has it:
/// 'Where does Mira Ibarra work?' finds 'Mira works for Opal' though it lacks a rare word of the question.
/// </summary>
internal static class ShortNames
{
    // Enough to see that somebody else has the first name.
    private const int Looked = 8;
    private const int ShortestName = 2;

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
            if (name.Kind != EntityKind.Name || space < ShortestName || Words(name.Name[..space]) is not [var first] || index.Vocabulary.Find(first) is not (>= 0 and var word)
                || !IsOnlyOne(reader, name, name.Name[..space]))
            {
                continue;
            }

            var words = Words(name.Name);
            implied ??= [.. terms];
            for (var i = 0; i < implied.Length; i++)
            {
                implied[i] = implied[i].Word != first && words.Contains(implied[i].Word) ? implied[i] with { ImpliedBy = word } : implied[i];
            }
        }

        return implied ?? terms;
    }

    // Known by this name, called by the first alone, and nobody else is.
    private static bool IsOnlyOne(IMemoryReader reader, Entity name, string first) =>
        reader.FindEntity(first) is { Kind: EntityKind.Name } && reader.NamesThatBeginWith(first, Looked) is { Count: > 0 } known
        && known.All(n => n.Key == name.Key || n.Key.StartsWith(name.Key + " ", StringComparison.Ordinal));

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
