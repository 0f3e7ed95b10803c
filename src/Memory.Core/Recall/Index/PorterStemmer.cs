namespace Memory.Core.Recall.Index;

/// <summary>
/// Brings the forms of an English word to one stem: <c>reviews, reviewing, reviewed</c> to <c>review</c>
/// (M. F. Porter, "An algorithm for suffix stripping", <i>Program</i> 14(3), 1980). Words with anything but a to z stay as they are.
/// </summary>
internal static class PorterStemmer
{
    private const int MaxLength = 48;

    private static readonly (string Suffix, string By)[] Second =
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("bli", "ble"), ("alli", "al"), ("entli", "ent"),
        ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"),
        ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"), ("logi", "log"),
    ];

    private static readonly (string Suffix, string By)[] Third =
        [("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", "")];

    // Longer ones before those that end them.
    private static readonly string[] Fourth =
        ["ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ion", "ism", "ate", "iti", "ous", "ive", "ize", "al", "er", "ic", "ou"];

    /// <summary>The stem of a word in lower case.</summary>
    public static string Stem(string word)
    {
        if (word.Length is < 3 or > MaxLength || word.AsSpan().ContainsAnyExceptInRange('a', 'z'))
        {
            return word;
        }

        Span<char> buffer = stackalloc char[MaxLength + 1];
        word.CopyTo(buffer);
        var stem = new Word(buffer, word.Length);
        Plurals(ref stem);
        PastAndProgressive(ref stem);
        if (stem.EndsWith("y") && HasVowel(stem.Before(1)))
        {
            stem.Replace(1, "i");
        }

        ReplaceFirst(ref stem, Second);
        ReplaceFirst(ref stem, Third);
        RemoveFirst(ref stem);
        FinalE(ref stem);
        return stem.Text.SequenceEqual(word) ? word : stem.Text.ToString();
    }

    private static void Plurals(ref Word stem)
    {
        if (stem.EndsWith("sses") || stem.EndsWith("ies"))
        {
            stem.Replace(2, "");
        }
        else if (stem.EndsWith("s") && !stem.EndsWith("ss"))
        {
            stem.Replace(1, "");
        }
    }

    private static void PastAndProgressive(ref Word stem)
    {
        if (stem.EndsWith("eed"))
        {
            if (Measure(stem.Before(3)) > 0)
            {
                stem.Replace(1, "");
            }

            return;
        }

        var length = stem.EndsWith("ed") ? 2 : stem.EndsWith("ing") ? 3 : 0;
        if (length == 0 || !HasVowel(stem.Before(length)))
        {
            return;
        }

        stem.Replace(length, "");
        if (stem.EndsWith("at") || stem.EndsWith("bl") || stem.EndsWith("iz"))
        {
            stem.Replace(0, "e");
        }
        else if (EndsInDoubleConsonant(stem.Text) && stem.Text[^1] is not ('l' or 's' or 'z'))
        {
            stem.Replace(1, "");
        }
        else if (Measure(stem.Text) == 1 && EndsInShortSyllable(stem.Text))
        {
            stem.Replace(0, "e");
        }
    }

    private static void ReplaceFirst(ref Word stem, (string Suffix, string By)[] rules)
    {
        foreach (var (suffix, by) in rules)
        {
            if (stem.EndsWith(suffix))
            {
                if (Measure(stem.Before(suffix.Length)) > 0)
                {
                    stem.Replace(suffix.Length, by);
                }

                return;
            }
        }
    }

    private static void RemoveFirst(ref Word stem)
    {
        foreach (var suffix in Fourth)
        {
            if (stem.EndsWith(suffix))
            {
                var before = stem.Before(suffix.Length);
                if (Measure(before) > 1 && (suffix != "ion" || before[^1] is 's' or 't'))
                {
                    stem.Replace(suffix.Length, "");
                }

                return;
            }
        }
    }

    private static void FinalE(ref Word stem)
    {
        if (stem.EndsWith("e") && Measure(stem.Before(1)) is var measure && (measure > 1 || (measure == 1 && !EndsInShortSyllable(stem.Before(1)))))
        {
            stem.Replace(1, "");
        }

        if (stem.EndsWith("ll") && Measure(stem.Text) > 1)
        {
            stem.Replace(1, "");
        }
    }

    private static bool IsConsonant(ReadOnlySpan<char> text, int at) => text[at] switch
    {
        'a' or 'e' or 'i' or 'o' or 'u' => false,
        'y' => at == 0 || !IsConsonant(text, at - 1),
        _ => true,
    };

    // How often a consonant follows a vowel: the m of the paper.
    private static int Measure(ReadOnlySpan<char> text)
    {
        var measure = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (IsConsonant(text, i) && !IsConsonant(text, i - 1))
            {
                measure++;
            }
        }

        return measure;
    }

    private static bool HasVowel(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsConsonant(text, i))
            {
                return true;
            }
        }

        return false;
    }

    private static bool EndsInDoubleConsonant(ReadOnlySpan<char> text) =>
        text.Length > 1 && text[^1] == text[^2] && IsConsonant(text, text.Length - 1);

    private static bool EndsInShortSyllable(ReadOnlySpan<char> text) =>
        text.Length > 2 && IsConsonant(text, text.Length - 1) && !IsConsonant(text, text.Length - 2) && IsConsonant(text, text.Length - 3)
        && text[^1] is not ('w' or 'x' or 'y');

    private ref struct Word(Span<char> buffer, int length)
    {
        private readonly Span<char> _buffer = buffer;
        private int _length = length;

        public readonly ReadOnlySpan<char> Text => _buffer[.._length];

        public readonly ReadOnlySpan<char> Before(int suffixLength) => _buffer[..(_length - suffixLength)];

        public readonly bool EndsWith(string suffix) => Text.EndsWith(suffix, StringComparison.Ordinal);

        public void Replace(int suffixLength, string by)
        {
            _length -= suffixLength;
            by.CopyTo(_buffer[_length..]);
            _length += by.Length;
        }
    }
}
