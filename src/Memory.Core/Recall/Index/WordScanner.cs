using System.Globalization;
using System.Text;
using Memory.Core.Storage;

namespace Memory.Core.Recall.Index;

/// <summary>
/// The words of a text for the index, one after the other, in lower case and without accents: each run of letters and digits, and then its parts
/// when it is written <c>likeThis</c>; of scripts without spaces each character and each pair. The ending after an apostrophe says nothing.
/// </summary>
internal ref struct WordScanner
{
    /// <summary>The longest word; the rest of a longer one is another word.</summary>
    public const int MaxLength = 64;

    private const int MinPart = 3;

    private readonly ReadOnlySpan<char> _text;
    private readonly Span<char> _buffer;
    private int _position;
    private int _partsAt;
    private int _partsEnd;
    private bool _pairTaken;
    private int _runStart;
    private int _runEnd;

    /// <summary>Begins.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="buffer">Room for a word: <see cref="MaxLength"/> characters.</param>
    public WordScanner(ReadOnlySpan<char> text, Span<char> buffer)
    {
        _text = text;
        _buffer = buffer[..MaxLength];
    }

    /// <summary>The word that was found; valid until the next.</summary>
    public ReadOnlySpan<char> Word { get; private set; }

    /// <summary>Whether it is written as a name or an identifier: with a capital inside a sentence, with digits or capitals among its letters, or joined to others as in <c>parse_config</c> and <c>billing/printer.cs</c>.</summary>
    public readonly bool IsName => NamesSomething(_text[_runStart.._runEnd]) || IsJoined(_text, _runStart, _runEnd) || (_runEnd > _runStart && char.IsUpper(_text[_runStart]) && IsWithinSentence(_text[.._runStart]));

    /// <summary>Goes to the next word.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Next()
    {
        if (_partsAt < _partsEnd && NextPart())
        {
            return true;
        }

        while (_position < _text.Length)
        {
            var c = _text[_position];
            if (char.IsAsciiLetterOrDigit(c))
            {
                TakeRun();
                return true;
            }

            if (c < 0x80)
            {
                _position++;
                continue;
            }

            _ = Rune.DecodeFromUtf16(_text[_position..], out var rune, out var consumed);
            if (UnspacedText.Contains(rune))
            {
                TakeUnspaced(consumed);
                return true;
            }

            if (Rune.IsLetterOrDigit(rune))
            {
                TakeRun();
                return true;
            }

            _position += consumed;
        }

        return false;
    }

    private void TakeRun()
    {
        var start = _position;
        var ascii = true;
        var humps = false;
        while (_position < _text.Length && _position - start < MaxLength)
        {
            var c = _text[_position];
            if (char.IsAsciiLetterOrDigit(c))
            {
                humps |= _position > start && char.IsAsciiLetterUpper(c) && char.IsAsciiLetterLower(_text[_position - 1]);
                _position++;
                continue;
            }

            if (c < 0x80)
            {
                break;
            }

            _ = Rune.DecodeFromUtf16(_text[_position..], out var rune, out var consumed);
            if (UnspacedText.Contains(rune) || !(Rune.IsLetterOrDigit(rune) || IsMark(rune)) || _position + consumed - start > MaxLength)
            {
                break;
            }

            ascii = false;
            _position += consumed;
        }

        Word = ascii ? Lowered(_text[start.._position]) : Folded(_text[start.._position]);
        (_runStart, _runEnd) = (start, _position);
        (_partsAt, _partsEnd) = humps && ascii ? (start, _position) : (0, 0);
        SkipEnding();
    }

    private static bool NamesSomething(ReadOnlySpan<char> run)
    {
        var (letters, digits, capitals) = (0, 0, 0);
        foreach (var c in run)
        {
            letters += char.IsAsciiLetter(c) ? 1 : 0;
            digits += char.IsAsciiDigit(c) ? 1 : 0;
            capitals += char.IsAsciiLetterUpper(c) ? 1 : 0;
        }

        return (letters > 0 && digits > 0) || capitals > 1 || (capitals == 1 && letters > 1 && !char.IsAsciiLetterUpper(run[0]));
    }

    // A point or slash ends a sentence or a choice as well, but then no letter follows it at once, or a space stands around.
    private static bool IsJoined(ReadOnlySpan<char> text, int start, int end) =>
        end > start
        && ((start > 1 && text[start - 1] is '_' or '/' or '.' or ':' && char.IsAsciiLetterOrDigit(text[start - 2]))
            || (end + 1 < text.Length && text[end] is '_' or '/' or '.' or ':' && char.IsAsciiLetterOrDigit(text[end + 1])));

    private static bool IsWithinSentence(ReadOnlySpan<char> before)
    {
        var said = before.TrimEnd();
        return said.Length > 0 && said.Length < before.Length && said[^1] is not ('.' or '?' or '!' or ':');
    }

    private bool NextPart()
    {
        while (_partsAt < _partsEnd)
        {
            var end = _partsAt + 1;
            while (end < _partsEnd && !(char.IsAsciiLetterUpper(_text[end]) && char.IsAsciiLetterLower(_text[end - 1])))
            {
                end++;
            }

            var part = _text[_partsAt..end];
            _partsAt = end;
            if (part.Length >= MinPart)
            {
                Word = Lowered(part);
                return true;
            }
        }

        return false;
    }

    // The pair that begins here, on a second visit the character alone.
    private void TakeUnspaced(int length)
    {
        (_runStart, _runEnd) = (0, 0);
        var next = _position + length;
        if (!_pairTaken && next < _text.Length && Rune.DecodeFromUtf16(_text[next..], out var rune, out var more) == System.Buffers.OperationStatus.Done && UnspacedText.Contains(rune))
        {
            _pairTaken = true;
            Word = _text[_position..(next + more)];
            return;
        }

        _pairTaken = false;
        Word = _text[_position..next];
        _position = next;
    }

    private readonly ReadOnlySpan<char> Lowered(ReadOnlySpan<char> run)
    {
        for (var i = 0; i < run.Length; i++)
        {
            _buffer[i] = char.IsAsciiLetterUpper(run[i]) ? (char)(run[i] | 0x20) : run[i];
        }

        return _buffer[..run.Length];
    }

    private static ReadOnlySpan<char> Folded(ReadOnlySpan<char> run)
    {
        var builder = new StringBuilder(run.Length);
        foreach (var rune in run.ToString().Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            // Accents of Latin, Greek and Cyrillic; the vowel signs of Indic scripts are part of the word.
            if (rune.Value is not (>= 0x0300 and <= 0x036F))
            {
                builder.Append(Rune.ToLowerInvariant(rune).ToString());
            }
        }

        return builder.ToString();
    }

    // Of Mara's, don't and we'll the ending is no word of its own.
    private void SkipEnding()
    {
        if (_position + 1 < _text.Length && _text[_position] is '\'' or '\u2019')
        {
            var end = _position + 1;
            while (end < _text.Length && char.IsAsciiLetter(_text[end]))
            {
                end++;
            }

            if (end - _position is 2 or 3 && (end == _text.Length || !char.IsAsciiDigit(_text[end])))
            {
                _position = end;
            }
        }
    }

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
