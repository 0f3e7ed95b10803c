using System.Globalization;
using System.Text;

namespace Memory.Core.Storage;

/// <summary>
/// The terms of a text for the word index, one after the other, as they are written: each run of letters, digits and their marks, and each run of
/// text that has no spaces. Everything else only separates.
/// </summary>
internal ref struct TermScanner(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _position;

    /// <summary>The term that was found.</summary>
    public ReadOnlySpan<char> Term { get; private set; }

    /// <summary>Whether it is a run of text without spaces, and not a word.</summary>
    public bool IsUnspaced { get; private set; }

    /// <summary>Goes to the next term.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Next()
    {
        while (_position < _text.Length)
        {
            var start = _position;
            var (isTerm, isUnspaced) = At(isInside: false, out var length);
            _position += length;
            if (isTerm)
            {
                while (_position < _text.Length && At(isInside: !isUnspaced, out length) is (true, var same) && same == isUnspaced)
                {
                    _position += length;
                }

                Term = _text[start.._position];
                IsUnspaced = isUnspaced;
                return true;
            }
        }

        return false;
    }

    // A mark belongs to the letter before it. By itself (the variation selector of an emoji) it is no word: the index knows none such.
    private readonly (bool IsTerm, bool IsUnspaced) At(bool isInside, out int length)
    {
        var c = _text[_position];
        if (c < 0x80)
        {
            length = 1;
            return (char.IsAsciiLetterOrDigit(c), false);
        }

        _ = Rune.DecodeFromUtf16(_text[_position..], out var rune, out length);
        return UnspacedText.Contains(rune) ? (true, true) : (IsWordPart(rune, isInside), false);
    }

    private static bool IsWordPart(Rune rune, bool isInside) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
            or UnicodeCategory.PrivateUse => true,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => isInside,
        _ => false,
    };
}
