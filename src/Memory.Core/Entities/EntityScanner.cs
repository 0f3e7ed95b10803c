namespace Memory.Core.Entities;

/// <summary>Cuts a text into quotations and words, tells sentences apart, and hands each word to the rules.</summary>
internal ref struct EntityScanner(ReadOnlySpan<char> text, EntityCollector collector)
{
    private const int MaxQuoteLength = 80;
    private const int MaxQuoteWords = 6;

    private readonly ReadOnlySpan<char> _text = text;
    private readonly EntityCollector _collector = collector;
    private NameSequence _name = new(collector);

    /// <summary>Reads the whole text.</summary>
    public void Scan()
    {
        _name.StartSentence();
        for (var i = 0; i < _text.Length && !_collector.IsFull;)
        {
            i = ScanAt(i);
        }

        _name.Flush(_text);
    }

    private int ScanAt(int at)
    {
        var c = _text[at];
        if (char.IsWhiteSpace(c))
        {
            if (c is '\n' or '\r' or '\u2028' or '\u2029')
            {
                _name.Flush(_text);
                _name.StartSentence();
            }

            return at + 1;
        }

        if (Closing(c) is var closing and not '\0' && IsBoundary(at - 1))
        {
            _name.Flush(_text);
            TryQuote(at, closing);

            // Inside quotation marks a capital says as little as at the start of a sentence.
            _name.StartSentence();
            return at + 1;
        }

        var end = EntityTokens.End(_text, at);
        if (end > at)
        {
            Word(at, end);
            return end;
        }

        _name.Flush(_text);
        if (c is '!' or '?' or ':' or '…' or '。')
        {
            _name.StartSentence();
        }

        return at + 1;
    }

    private void Word(int start, int end)
    {
        EntityTokens.Trim(_text, ref start, ref end, out var stopped);
        if (start >= end)
        {
            return;
        }

        var word = _text[start..end];
        var shape = EntityShape.Of(word);
        if (shape.Kind is not null && !shape.IsName && !(shape.Kind == EntityKind.Version && IsAmount(start, end)))
        {
            _name.Flush(_text);
            _collector.Add(shape.Kind.Value, word);
            _name.PassOver();
        }
        else if (shape.IsName)
        {
            _name.Add(_text, start, end, shape.Kind is not null);
        }
        else
        {
            _name.Pass(_text, start, end);
        }

        if (stopped && !_name.EndsWithInitial(_text, start, end))
        {
            _name.Flush(_text);
            _name.StartSentence();
        }
    }

    // '2.5 hours', '$2.50', '99.9%' are amounts and no versions.
    private readonly bool IsAmount(int start, int end)
    {
        if (_text[start] is 'v' or 'V' || (start > 0 && _text[start - 1] is '$' or '€' or '£' or '~'))
        {
            return _text[start] is not ('v' or 'V');
        }

        if (_text[start..end].Count('.') > 1 || !char.IsAsciiDigit(_text[start]))
        {
            return false;
        }

        var next = end;
        while (next < _text.Length && next < end + 2 && _text[next] is ' ' or '-')
        {
            next++;
        }

        var stop = next;
        while (stop < _text.Length && stop < next + 16 && char.IsLetter(_text[stop]))
        {
            stop++;
        }

        return (next < _text.Length && _text[next] == '%') || EntityWords.Of(_text[next..stop]) is EntityWord.Measure;
    }

    private readonly void TryQuote(int at, char closing)
    {
        var window = _text.Slice(at + 1, Math.Min(MaxQuoteLength, _text.Length - at - 1));
        for (var from = 0; from < window.Length;)
        {
            var found = window[from..].IndexOfAny(closing, '\n');
            if (found < 0 || window[from + found] == '\n')
            {
                return;
            }

            from += found;

            // An apostrophe inside a word does not close: 'Ana's house'.
            if (closing is not ('\'' or '’') || IsBoundary(at + 1 + from + 1))
            {
                AddQuote(window[..from], closing == '`');
                return;
            }

            from++;
        }
    }

    private readonly void AddQuote(ReadOnlySpan<char> quote, bool code)
    {
        quote = quote.Trim();
        if (quote.Length < 2 || quote.Count(' ') >= MaxQuoteWords)
        {
            return;
        }

        // Whole sentences are speech. A single word in quotation marks is what it looks like.
        var shape = quote.Contains(' ') ? default : EntityShape.Of(quote);
        if (code || quote[^1] is not ('.' or '!' or '?' or ','))
        {
            _collector.Add(shape is { Kind: { } kind, IsName: false } ? kind : EntityKind.Quote, quote);
        }
    }

    private static char Closing(char c) => c switch
    {
        '"' => '"',
        '“' or '„' => '”',
        '«' => '»',
        '‘' => '’',
        '\'' => '\'',
        '`' => '`',
        _ => '\0',
    };

    private readonly bool IsBoundary(int at) => (uint)at >= (uint)_text.Length || !(char.IsLetterOrDigit(_text[at]) || _text[at] == '_');
}
