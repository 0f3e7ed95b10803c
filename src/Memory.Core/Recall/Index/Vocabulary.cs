using System.Collections.Frozen;
using System.Runtime.InteropServices;
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
    private readonly List<string> _texts = [];
    private readonly List<Facts> _facts = [];

    // Those that were kept have the first numbers.
    private KeptTexts _keptWords = KeptTexts.None;
    private KeptTexts _keptTerms = KeptTexts.None;

    public Vocabulary() => _find = _words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>How many words there are.</summary>
    public int Count => _facts.Count;

    /// <summary>How many terms there are.</summary>
    public int TermCount => _keptTerms.Count + _terms.Count;

    /// <summary>A word in lower case without accents.</summary>
    public string TextOf(int word) => word < _keptWords.Count ? _keptWords[word] : _texts[word - _keptWords.Count];

    /// <summary>The number of a word's stem.</summary>
    public int TermOf(int word) => _facts[word].Term;

    /// <summary>Whether a word says nothing of the subject.</summary>
    public bool IsStop(int word) => _facts[word].IsStop;

    /// <summary>Whether a word is of the second person.</summary>
    public bool IsSecondPerson(int word) => _facts[word].IsSecondPerson;

    /// <summary>The number of a word in the form of <see cref="WordScanner"/>, or -1.</summary>
    public int Find(ReadOnlySpan<char> word) =>
        _keptWords.Find(word) is >= 0 and var kept ? kept : _find.TryGetValue(word, out var number) ? number : -1;

    /// <summary>The number of a stem, or -1.</summary>
    public int FindTerm(string stem) => _keptTerms.Find(stem) is >= 0 and var kept ? kept : _terms.GetValueOrDefault(stem, -1);

    /// <summary>The number of a word, a new one when it was not known.</summary>
    public int Add(ReadOnlySpan<char> word)
    {
        if (Find(word) is >= 0 and var known)
        {
            return known;
        }

        var text = word.ToString();
        var stem = PorterStemmer.Stem(text);
        var term = FindTerm(stem);
        if (term < 0)
        {
            term = TermCount;
            _terms.Add(stem, term);
        }

        _words.Add(text, Count);
        _texts.Add(text);
        _facts.Add(new Facts(term, LexicalQuery.IsStopWord(word), SecondPerson.Contains(text)));
        return Count - 1;
    }

    /// <summary>Writes what is kept of some words and terms.</summary>
    /// <param name="part">Where to.</param>
    /// <param name="words">The new numbers of the words.</param>
    /// <param name="terms">The new numbers of their terms.</param>
    public void Write(PartWriter part, Renumbering words, Renumbering terms)
    {
        var stems = _terms.Keys.ToArray();
        KeptTexts.Write(part, [.. terms.Used.Select(t => t < _keptTerms.Count ? _keptTerms[t] : stems[t - _keptTerms.Count])]);
        KeptTexts.Write(part, [.. words.Used.Select(TextOf)]);
        part.Write<Facts>([.. words.Used.Select(w => _facts[w] with { Term = terms[_facts[w].Term] })]);
    }

    /// <summary>Reads what was kept, before any word is added.</summary>
    public void Read(PartReader part)
    {
        _keptTerms = KeptTexts.Read(part);
        _keptWords = KeptTexts.Read(part);
        CollectionsMarshal.SetCount(_facts, _keptWords.Count);
        part.Read(CollectionsMarshal.AsSpan(_facts));
    }

    private readonly record struct Facts(int Term, bool IsStop, bool IsSecondPerson);
}
