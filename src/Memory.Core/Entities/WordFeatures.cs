namespace Memory.Core.Entities;

/// <summary>What a word is written with, gathered in one pass.</summary>
/// <param name="IsLetters">Letters (and marks) only.</param>
/// <param name="FirstIsUpper">It begins with a capital.</param>
/// <param name="HasLower">It has a small letter.</param>
/// <param name="HasDigit">It has a digit.</param>
/// <param name="HasUnderscore">It has an underscore between other characters.</param>
/// <param name="HasHyphen">It has a hyphen.</param>
/// <param name="HasDot">It has a dot.</param>
/// <param name="Humps">How often a capital follows a small letter.</param>
/// <param name="IsNameSigns">Besides letters only hyphens, apostrophes and ampersands.</param>
internal readonly record struct WordFeatures(
    bool IsLetters, bool FirstIsUpper, bool HasLower, bool HasDigit, bool HasUnderscore, bool HasHyphen, bool HasDot, int Humps, bool IsNameSigns)
{
    public static WordFeatures Of(ReadOnlySpan<char> word)
    {
        bool letters = true, lower = false, digit = false, underscore = false, hyphen = false, dot = false, signs = true;
        var humps = 0;
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i];
            if (char.IsLetter(c) || (c >= '\u0300' && c != '’'))
            {
                lower |= char.IsLower(c);
                humps += i > 0 && char.IsUpper(c) && char.IsLower(word[i - 1]) ? 1 : 0;
                continue;
            }

            letters = false;
            digit |= char.IsAsciiDigit(c);
            underscore |= c == '_' && i > 0 && i < word.Length - 1;
            hyphen |= c == '-';
            dot |= c == '.';
            signs &= c is '-' or '\'' or '’' or '&' || char.IsAsciiDigit(c);
        }

        return new WordFeatures(letters, char.IsUpper(word[0]), lower, digit, underscore, hyphen, dot, humps, signs);
    }
}
