namespace Memory.Core.Recall.Packing;

/// <summary>
/// A part of a text that is counted by itself. The tokenizer cuts a text into words and merges the bytes of each in a time that grows with
/// the square of its length: 32,768 Chinese characters without punctuation, one word to it, take seconds. And whoever only asks whether a long text
/// is above a bound need not count all of it. So long words are torn, and long texts counted part by part.
/// </summary>
/// <param name="Length">How many characters it has.</param>
/// <param name="IsTorn">Whether its end may lie inside a word of the tokenizer.</param>
internal readonly record struct CountablePart(int Length, bool IsTorn)
{
    /// <summary>The longest stretch without a certain boundary: long enough that prose has none, short enough that the square does not matter.</summary>
    public const int LongestStretch = 64;

    /// <summary>From here on a part ends at the next boundary where parts add up exactly.</summary>
    public const int EnoughLength = 1024;

    private enum Sort
    {
        /// <summary>May stand inside a word of the tokenizer beside anything: line breaks and slashes (which it adds to punctuation), and all that is not ASCII.</summary>
        Any,
        Space,
        Letter,
        Digit,
        Mark,
    }

    /// <summary>The part that begins at a place.</summary>
    public static CountablePart From(string text, int start)
    {
        var stretch = 0;
        var before = Sort.Any;
        for (var i = start; i < text.Length; i++)
        {
            var sort = SortOf(text[i]);
            // Digits go by threes, so each may count as a boundary.
            var boundary = sort == Sort.Digit || (sort != before && sort != Sort.Any && before != Sort.Any);
            stretch = boundary ? 1 : stretch + 1;
            before = sort;
            if (stretch > LongestStretch && !char.IsLowSurrogate(text[i]))
            {
                return new CountablePart(i - start, IsTorn: true);
            }

            // A word takes the space before it along, and never one behind it.
            if (i - start >= EnoughLength && sort == Sort.Space && char.IsAsciiLetter(text[i - 1]) && i + 1 < text.Length && char.IsAsciiLetter(text[i + 1]))
            {
                return new CountablePart(i - start, IsTorn: false);
            }
        }

        return new CountablePart(text.Length - start, IsTorn: false);
    }

    private static Sort SortOf(char c) => c switch
    {
        '\r' or '\n' or '/' or > '\x7f' => Sort.Any,
        _ when char.IsAsciiLetter(c) => Sort.Letter,
        _ when char.IsAsciiDigit(c) => Sort.Digit,
        _ when char.IsWhiteSpace(c) => Sort.Space,
        _ => Sort.Mark,
    };
}
