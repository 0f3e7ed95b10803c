using System.Collections.Frozen;
using Memory.Core.Storage;

namespace Memory.Core.Recall.Index;

/// <summary>
/// The words of one namespace by number, each with the number of its term: the stem that it shares with its other forms.
/// </summary>
internal sealed class Vocabulary
{
    // Who says these speaks to somebody: the text is a turn of a conversation. 'I live in Ghent' is a note as well.
    private static readonly FrozenSet<string> SecondPerson = FrozenSet.ToFrozenSet("you your yours yourself".Split(' '));

    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _find;
    private readonly Dictionary<string, int> _terms = new(StringComparer.Ordinal);
    private readonly List<Entry> _entries = [];

    public Vocabulary() => _find = _words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>How many words there are.</summary>
    public int Count => _entries.Count;

    /// <summary>What is known of a word.</summary>
    public Entry this[int word] => _entries[word];

    /// <summary>The number of a word in the form of <see cref="WordScanner"/>, or -1.</summary>
    public int Find(ReadOnlySpan<char> word) => _find.TryGetValue(word, out var number) ? number : -1;

    /// <summary>The number of a word, a new one when it was not known.</summary>
    public int Add(ReadOnlySpan<char> word)
    {
        if (_find.TryGetValue(word, out var known))
        {
            return known;
        }

        var text = word.ToString();
        var stem = PorterStemmer.Stem(text);
        if (!_terms.TryGetValue(stem, out var term))
        {
            term = _terms.Count;
            _terms.Add(stem, term);
        }

        _words.Add(text, _entries.Count);
        _entries.Add(new Entry(text, term, LexicalQuery.IsStopWord(word), SecondPerson.Contains(text)));
        return _entries.Count - 1;
    }

    /// <summary>The number of a stem, or -1.</summary>
    public int FindTerm(string stem) => _terms.GetValueOrDefault(stem, -1);

    /// <param name="Text">The word in lower case without accents.</param>
    /// <param name="Term">The number of its stem.</param>
    /// <param name="IsStop">Whether it says nothing of the subject.</param>
    /// <param name="IsSecondPerson">Whether it is of the second person.</param>
    internal readonly record struct Entry(string Text, int Term, bool IsStop, bool IsSecondPerson);
}
