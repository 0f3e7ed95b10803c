namespace Memory.Core.Screening;

/// <summary>
/// Tells a password that has spaces (<c>correct horse battery</c>, <c>Xk39 sPq2 vv</c>) from what is said in the place of one (<c>the one on page 4</c>,
/// <c>Enter your password</c>). Only the quotes around it tell where it ends.
/// </summary>
internal static class QuotedWords
{
    private const int FewestWords = 3;
    private const int ShortestDrawn = 4;
    private const int FewestTurns = 3;

    private static readonly string[] Labels = ["password", "passphrase", "character", "digit", "at least", "must "];

    // What joins the words of a sentence, and nobody puts between the words of a password that are drawn from a list.
    private static readonly string[] Joining =
    [
        "a", "an", "the", "in", "on", "of", "at", "to", "by", "from", "for", "with", "is", "are", "was", "be", "not", "no", "none", "and", "or", "as", "same", "see", "ask", "use", "your", "our", "this", "that",
        "only", "when", "if", "please", "stored", "kept", "required", "set", "changed", "expires", "unknown",
    ];


    /// <summary>Whether words say something of a password, as a sentence or a label does.</summary>
    public static bool SaySomething(ReadOnlySpan<char> value)
    {
        foreach (var range in value.Split(' '))
        {
            if (IsAny(value[range].Trim(".,;:!?()"), Joining))
            {
                return true;
            }
        }

        return AreLabel(value);
    }

    /// <summary>Whether words label the field of a form, or say what is allowed in it.</summary>
    public static bool AreLabel(ReadOnlySpan<char> value)
    {
        foreach (var label in Labels)
        {
            if (value.Contains(label, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether it is three words or more and no more than letters, as those that are drawn from a list.</summary>
    public static bool AreDrawnFromList(ReadOnlySpan<char> value)
    {
        var words = 0;
        foreach (var range in value.Split(' '))
        {
            if (!IsLetters(value[range]))
            {
                return false;
            }

            words++;
        }

        return words >= FewestWords;
    }

    /// <summary>Whether one of the words was drawn: letters of both cases or digits take turns in it as in no name (<c>sPq2</c>, <c>Tr0ub4dor</c>; not <c>Room12</c>).</summary>
    public static bool HaveDrawn(ReadOnlySpan<char> value)
    {
        foreach (var range in value.Split(' '))
        {
            var word = value[range];
            if (word.Length >= ShortestDrawn && word.ContainsAnyInRange('0', '9') && (ReadableWords.Turns(word) >= FewestTurns || HasHump(word)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasHump(ReadOnlySpan<char> word)
    {
        for (var i = 1; i < word.Length; i++)
        {
            if (char.IsAsciiLetterUpper(word[i]) && char.IsAsciiLetterLower(word[i - 1]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLetters(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (!char.IsLetter(c))
            {
                return false;
            }
        }

        return !word.IsEmpty;
    }

    private static bool IsAny(ReadOnlySpan<char> word, string[] words)
    {
        foreach (var one in words)
        {
            if (word.Equals(one, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
