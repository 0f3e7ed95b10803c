namespace Memory.Core.Recall.Time;

/// <summary>Cuts a query into the words, numbers and signs that expressions of time are made of, in one pass.</summary>
internal ref struct TimeLexer(ReadOnlySpan<char> text, Span<TimeToken> tokens)
{
    private readonly ReadOnlySpan<char> _text = text;
    private readonly Span<TimeToken> _tokens = tokens;
    private int _count;

    /// <summary>Reads the text.</summary>
    /// <param name="text">The query.</param>
    /// <param name="tokens">Room for as many tokens as the text has characters.</param>
    /// <returns>How many tokens there are.</returns>
    public static int Read(ReadOnlySpan<char> text, Span<TimeToken> tokens)
    {
        var lexer = new TimeLexer(text, tokens);
        for (var i = 0; i < text.Length;)
        {
            i = lexer.ReadAt(i);
        }

        return lexer._count;
    }

    private int ReadAt(int at)
    {
        var c = _text[at];
        switch (c)
        {
            case >= '0' and <= '9':
                return ReadNumber(at);
            case '-' or '–' or '—':
                return Add(TimeTokenKind.Dash, at, at + 1);
            case ',':
                return Add(TimeTokenKind.Comma, at, at + 1);
            case '\'' or '’' or '‘':
                return at + 1;
        }

        return char.IsWhiteSpace(c) ? at + 1
            : TimeDigits.IsWordPart(c) ? ReadWord(at)
            : Add(TimeTokenKind.Break, at, at + 1);
    }

    private int ReadWord(int at)
    {
        var end = at;
        var plain = true;
        while (end < _text.Length && TimeDigits.IsWordPart(_text[end]))
        {
            plain &= char.IsLetter(_text[end]);
            end++;
        }

        var marks = char.IsUpper(_text[at]) ? TimeTokenMarks.Capital : TimeTokenMarks.None;
        if (end + 1 < _text.Length && _text[end] is '\'' or '’' && char.IsLetter(_text[end + 1]))
        {
            var tail = end + 1;
            while (tail < _text.Length && TimeDigits.IsWordPart(_text[tail]))
            {
                tail++;
            }

            if (tail != end + 2 || _text[end + 1] is not ('s' or 'S'))
            {
                return Add(TimeTokenKind.Word, at, tail);
            }

            Known(at, end, plain, marks | TimeTokenMarks.Possessive);
            return tail;
        }

        // A dot that a letter or digit follows makes a name of it: 'may.txt', 'e.g'.
        if (end + 1 < _text.Length && _text[end] == '.' && char.IsLetterOrDigit(_text[end + 1]))
        {
            return Add(TimeTokenKind.Word, at, TimeDigits.EndOfBlob(_text, end));
        }

        Known(at, end, plain && !InPath(at, end), marks);

        // 'Sept. 2023': the dot belongs to the abbreviation.
        return _tokens[_count - 1].IsShort && end + 1 < _text.Length && _text[end] == '.' && _text[end + 1] == ' ' ? end + 1 : end;
    }

    private void Known(int at, int end, bool plain, TimeTokenMarks marks)
    {
        var word = _text[at..end];
        if (plain && TimeWords.TryGet(word, out var meaning))
        {
            Add(meaning.Kind, at, end, meaning.Value, meaning.Short ? marks | TimeTokenMarks.Short : marks);
        }
        else if (word.Length == 2 && word[0] is 'Q' && word[1] is >= '1' and <= '4')
        {
            Add(TimeTokenKind.QuarterName, at, end, word[1] - '0', marks);
        }
        else
        {
            Add(TimeTokenKind.Word, at, end, 0, marks);
        }
    }

    // 'src/may/x', '@may', 'may@example.com' name things and no times.
    private readonly bool InPath(int at, int end) =>
        (at > 0 && _text[at - 1] is '/' or '\\' or '@' or '#' or '$' or '.')
        || (end < _text.Length && (_text[end] is '/' or '\\' or '@' || (_text[end] == ':' && end + 1 < _text.Length && _text[end + 1] is '/' or '\\' or ':')));

    private int ReadNumber(int at)
    {
        var end = TimeDigits.EndOfDigits(_text, at);
        if (at > 0 && (TimeDigits.IsWordPart(_text[at - 1]) || _text[at - 1] is '.' or '/' or '\\' or ':' or '#' or '$' or '€' or '£' or '@' or '=' or '+' or '~' or '^' or '*'))
        {
            return Add(TimeTokenKind.Word, at, TimeDigits.EndOfBlob(_text, end));
        }

        if (TimeDigits.TryReadDate(_text, at, out var dateEnd, out var date, out var ambiguous))
        {
            return Add(TimeTokenKind.Date, at, dateEnd, date, ambiguous ? TimeTokenMarks.Ambiguous : TimeTokenMarks.None);
        }

        var next = end < _text.Length ? _text[end] : ' ';
        if (TimeDigits.IsWordPart(next))
        {
            return ReadSuffix(at, end);
        }

        var more = end + 1 < _text.Length && char.IsAsciiDigit(_text[end + 1]);
        if (next is '%' or '\\' or '/' || (next is '.' or ',' or ':' && more) || end - at > 4)
        {
            return Add(TimeTokenKind.Word, at, TimeDigits.EndOfBlob(_text, end));
        }

        return Add(TimeTokenKind.Number, at, end, TimeDigits.Value(_text[at..end]));
    }

    // '3rd', '1990s', '90s'; '5pm', '3x' and '2023a' are only words.
    private int ReadSuffix(int at, int digits)
    {
        var end = digits;
        while (end < _text.Length && TimeDigits.IsWordPart(_text[end]))
        {
            end++;
        }

        var suffix = _text[digits..end];
        var length = digits - at;
        var value = length <= 4 ? TimeDigits.Value(_text[at..digits]) : 0;
        if (length <= 2 && (suffix is "st" or "nd" or "rd" or "th"))
        {
            return Add(TimeTokenKind.Ordinal, at, end, value);
        }

        if (suffix is "s" && value % 10 == 0 && (length == 2 || (length == 4 && TimeDigits.IsYear(value))))
        {
            return Add(TimeTokenKind.Decade, at, end, value, length == 2 ? TimeTokenMarks.Short : TimeTokenMarks.None);
        }

        return Add(TimeTokenKind.Word, at, TimeDigits.EndOfBlob(_text, end));
    }

    private int Add(TimeTokenKind kind, int start, int end, int value = 0, TimeTokenMarks marks = TimeTokenMarks.None)
    {
        if (start > 0 && !char.IsWhiteSpace(_text[start - 1]))
        {
            marks |= TimeTokenMarks.Glued;
        }

        _tokens[_count++] = new TimeToken(kind, marks, value, start, end - start);
        return end;
    }
}
