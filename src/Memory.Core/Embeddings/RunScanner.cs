using System.Text;
using Memory.Core.Storage;

namespace Memory.Core.Embeddings;

/// <summary>What a run of characters is.</summary>
internal enum RunKind
{
    /// <summary>Letters only, or digits only, in one case or with a capital first: one word.</summary>
    Word,

    /// <summary>Several words joined by signs, a change of case or of letters and digits: <c>e-mail</c>, <c>don't</c>, <c>MemoryStore</c>, <c>v1.2</c>.</summary>
    Compound,

    /// <summary>Characters of a script without spaces, or emoji.</summary>
    Unspaced,
}

/// <summary>
/// Finds the words of a text, which is in Unicode form NFKC, without copying it. A run ends at white space and at any sign
/// that does not stand alone between two letters or digits; one longer than <see cref="MaxRun"/> is cut.
/// </summary>
internal ref struct RunScanner(ReadOnlySpan<char> text)
{
    /// <summary>The longest run, in UTF-16 units. Nothing that is said is longer; a key or a picture in base64 is.</summary>
    public const int MaxRun = 128;

    private readonly ReadOnlySpan<char> _text = text;
    private int _position;

    /// <summary>The characters of the run that was found.</summary>
    public ReadOnlySpan<char> Run { get; private set; }

    /// <summary>What it is.</summary>
    public RunKind Kind { get; private set; }

    /// <summary>Goes to the next run.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Next()
    {
        while (_position < _text.Length)
        {
            var c = _text[_position];
            if (IsUnspaced(_position))
            {
                TakeUnspaced();
                return true;
            }

            if (char.IsLetterOrDigit(c))
            {
                TakeWord();
                return true;
            }

            _position++;
        }

        return false;
    }

    /// <summary>Whether a sign may join words into one compound.</summary>
    public static bool Joins(char c) => c is '-' or '\'' or '\u2019' or '_' or '.' or '/' or ':' or '@' or '\\';

    /// <summary>Whether a word ends between two neighbours inside a run: <c>memory|Store</c>, <c>HTTP|Server</c>, <c>v|1</c>.</summary>
    public static bool IsHump(char before, char after, char next) =>
        (char.IsUpper(after) && (char.IsLower(before) || (char.IsUpper(before) && char.IsLower(next))))
        || (char.IsDigit(before) != char.IsDigit(after) && char.IsLetterOrDigit(before) && char.IsLetterOrDigit(after));

    private void TakeWord()
    {
        var start = _position;
        var compound = false;
        var end = start + 1;
        for (var limit = Math.Min(_text.Length, start + MaxRun); end < limit; end++)
        {
            var c = _text[end];
            if (IsInside(c) && !IsUnspaced(end))
            {
                compound |= IsHump(_text[end - 1], c, end + 1 < _text.Length ? _text[end + 1] : ' ');
            }
            else if (Joins(c) && end + 1 < limit && char.IsLetterOrDigit(_text[end + 1]) && !IsUnspaced(end + 1))
            {
                compound = true;
            }
            else
            {
                break;
            }
        }

        Run = _text[start..end];
        Kind = compound ? RunKind.Compound : RunKind.Word;
        _position = end;
    }

    private void TakeUnspaced()
    {
        var start = _position;
        while (_position < _text.Length && _position - start < MaxRun && IsUnspaced(_position))
        {
            _position += char.IsHighSurrogate(_text[_position]) ? 2 : 1;
        }

        Run = _text[start.._position];
        Kind = RunKind.Unspaced;
    }

    // Marks that NFKC could not put on their letter belong to the word.
    private static bool IsInside(char c) =>
        char.IsLetterOrDigit(c) || (c >= '\u0300' && char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark);

    private readonly bool IsUnspaced(int index)
    {
        var c = _text[index];
        return c >= '\u0E00' && c != '\uFFFD' && Rune.DecodeFromUtf16(_text[index..], out var rune, out _) == System.Buffers.OperationStatus.Done && UnspacedText.Contains(rune)
            || (char.IsHighSurrogate(c) && index + 1 < _text.Length && char.IsLowSurrogate(_text[index + 1]));
    }
}
