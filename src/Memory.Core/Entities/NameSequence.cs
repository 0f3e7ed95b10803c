namespace Memory.Core.Entities;

/// <summary>
/// Gathers capitalised words that stand together into names: 'Ana Costa', 'Bank of America', 'J. K. Rowling'.
/// A capital at the start of a sentence counts only for a word that is not common in English; a common one is a name where its capital means something.
/// </summary>
internal struct NameSequence(EntityCollector collector)
{
    private const int MaxWords = 6;

    // As many capitals in a row are shouting.
    private const int MaxShouted = 4;

    private readonly EntityCollector _collector = collector;
    private int _start;
    private int _end;
    private int _words;
    private int _shouted;
    private int _capitals;
    private bool _full;
    private bool _isCode;
    private bool _particle;
    private bool _initial;
    private bool _atStart;
    private bool _title;
    private EntityWord _previous;

    /// <summary>The next word begins a sentence.</summary>
    public void StartSentence()
    {
        _atStart = true;
        _capitals = 0;
        _previous = EntityWord.Unknown;
    }

    /// <summary>Ends the name that is being gathered and keeps it.</summary>
    public void Flush(ReadOnlySpan<char> text)
    {
        // 'THIS IS GREAT NEWS' is no name, nor is an initial alone.
        if (_words > 0 && _full && !(_shouted == _words && _capitals >= MaxShouted))
        {
            _collector.Add(_words == 1 && _isCode ? EntityKind.Identifier : EntityKind.Name, text[_start.._end]);
        }

        _words = _shouted = 0;
        _full = _isCode = _particle = _initial = false;
    }

    /// <summary>A word that is something else by itself has been read.</summary>
    public void PassOver()
    {
        _atStart = _title = false;
        _previous = EntityWord.Unknown;
    }

    /// <summary>Reads a word without a capital, or one that is no word.</summary>
    public void Pass(ReadOnlySpan<char> text, int start, int end)
    {
        var word = text[start..end];
        var kind = EntityWords.Of(word);
        if (_words > 0 && kind == EntityWord.Particle && !_initial)
        {
            _particle = true;
        }
        else if (!(_particle && word is "the"))
        {
            Flush(text);
        }

        PassOver();
        _capitals = 0;
        _previous = kind;
    }

    /// <summary>Reads a word that begins with a capital.</summary>
    public void Add(ReadOnlySpan<char> text, int start, int end, bool isCode)
    {
        var written = text[start..end];
        var word = EntityKey.WithoutPossessive(written);
        var kind = isCode || (word.Length == 1 && word[0] is not ('I' or 'A')) ? EntityWord.Unknown : EntityWords.Of(word);
        var previous = _previous;
        var (atStart, title) = (_atStart, _title);
        PassOver();
        _previous = kind;
        if (word.IsEmpty)
        {
            return;
        }

        // The words that are no part of a name shout as well.
        var shouted = word.Length > 1 && !word.ContainsAnyInRange('a', 'z');
        _capitals = shouted ? _capitals + 1 : 0;

        // 'Plan B. Deploy it': the sentence ended at what looked like an initial.
        if (_initial && kind is not (EntityWord.Unknown or EntityWord.Title))
        {
            Flush(text);
            return;
        }

        if (kind == EntityWord.Title)
        {
            Flush(text);
            _title = true;
            return;
        }

        if (_words > 0 && kind == EntityWord.Particle)
        {
            _particle = true;
            return;
        }

        if (_words == 0 ? !(title || Begins(text, word, end, kind, previous, atStart, isCode)) : IsAlone(kind) || IsTime(text, end, kind, previous))
        {
            Flush(text);
            return;
        }

        Extend(start, start + word.Length, isCode, shouted);
        if (word.Length != written.Length || _words == MaxWords)
        {
            Flush(text);
        }
    }

    /// <summary>Whether the full stop after a word belongs to it: 'J.', 'Dr.'.</summary>
    public bool EndsWithInitial(ReadOnlySpan<char> text, int start, int end)
    {
        if (_title)
        {
            return true;
        }

        _initial = end - start == 1 && char.IsUpper(text[start]) && _words > 0 && _end == end;
        return _initial;
    }

    private static bool Begins(ReadOnlySpan<char> text, ReadOnlySpan<char> word, int end, EntityWord kind, EntityWord previous, bool atStart, bool isCode) =>
        isCode || (!(atStart && EntityWords.IsCommon(word)) && !IsAlone(kind) && !IsTime(text, end, kind, previous));

    // Words that are never a name nor go on with one.
    private static bool IsAlone(EntityWord kind) => kind is EntityWord.Function or EntityWord.Calendar or EntityWord.Particle or EntityWord.TimePreposition or EntityWord.Measure;

    // 'in May', 'May 2023', '8 May': a time. 'told May': a person.
    private static bool IsTime(ReadOnlySpan<char> text, int end, EntityWord kind, EntityWord previous) => kind == EntityWord.DoubtfulMonth
        && (previous == EntityWord.TimePreposition || (end + 1 < text.Length && text[end] is ' ' or ',' && char.IsAsciiDigit(text[end + 1])) || EndsNumber(text, end));

    private static bool EndsNumber(ReadOnlySpan<char> text, int end)
    {
        var start = end - 1;
        while (start > 0 && char.IsLetter(text[start]))
        {
            start--;
        }

        return start > 0 && text[start] == ' ' && char.IsAsciiDigit(text[start - 1]);
    }

    private void Extend(int start, int end, bool isCode, bool shouted)
    {
        if (_words == 0)
        {
            _start = start;
        }

        _end = end;
        _words++;
        _shouted += shouted ? 1 : 0;
        _full |= end - start > 1;
        _isCode = isCode;
        _particle = _initial = false;
    }
}
