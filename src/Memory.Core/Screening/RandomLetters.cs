namespace Memory.Core.Screening;

/// <summary>
/// Tells letters drawn at random from words that were strung together: <c>your-token-goes-here</c>, <c>YourTokenGoesHere</c> and <c>xxxxxxxx</c> stand in
/// documents in place of a credential. Most credentials have a digit and are not asked; of those of 30 characters one in two hundred has none.
/// </summary>
internal static class RandomLetters
{
    private const int LongestOfConsonants = 5;
    private const int FewestDifferent = 8;

    /// <summary>Whether letters between two separators look drawn: one small letter between two capitals, or more consonants in a row than words have.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fewestSmall">How many such small letters there are at least: 'OfTheBoard' has one and can be read.</param>
    public static bool Occur(ReadOnlySpan<char> text, int fewestSmall = 1)
    {
        var (consonants, small) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            consonants = IsConsonant(text[i]) ? consonants + 1 : 0;
            small += i >= 2 && char.IsAsciiLetterUpper(text[i]) && char.IsAsciiLetterLower(text[i - 1]) && char.IsAsciiLetterUpper(text[i - 2]) ? 1 : 0;
            if ((consonants > LongestOfConsonants || small >= fewestSmall) && Vary(text))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether there are more letters than somebody types who means 'anything': <c>XXXXXXXXXXXXXXXX</c>, <c>abcabcabcabc</c>.</summary>
    public static bool Vary(ReadOnlySpan<char> text)
    {
        ulong seen = 0;
        foreach (var c in text)
        {
            seen |= 1UL << (c & 63);
        }

        return System.Numerics.BitOperations.PopCount(seen) >= FewestDifferent;
    }

    private static bool IsConsonant(char c) => char.IsAsciiLetter(c) && (c | 0x20) is not ('a' or 'e' or 'i' or 'o' or 'u' or 'y');
}
