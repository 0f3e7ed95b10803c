using System.Buffers;

namespace Memory.Core.Screening;

/// <summary>
/// The form of one vendor's credentials: how they begin, and what follows. The beginnings are those that the vendors publish so that leaked
/// credentials can be found; a form without a beginning of its own (a bare run of 40 hexadecimal digits) would match every commit.
/// </summary>
/// <param name="Prefix">How it begins.</param>
/// <param name="Rest">The characters that follow.</param>
/// <param name="MinRest">How many of them follow at least.</param>
/// <param name="What">What it is.</param>
/// <param name="MaxRest">How many follow at most; one more, and it is something else.</param>
internal sealed record TokenShape(string Prefix, SearchValues<char> Rest, int MinRest, string What, int MaxRest = int.MaxValue)
{
    /// <summary>How many characters of the token the text holds at a place; 0 when it is no such token.</summary>
    public int LengthAt(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return 0;
        }

        var rest = text[Prefix.Length..];
        var length = rest.IndexOfAnyExcept(Rest) is >= 0 and var end ? end : rest.Length;
        while (length > 0 && rest[length - 1] == '.')
        {
            // The full stop of the sentence.
            length--;
        }

        return length >= MinRest && length <= MaxRest && LooksDrawn(rest[..length]) ? Prefix.Length + length : 0;
    }

    // What somebody made up as an example ('sk-your-key-goes-here'), or strung together of words and numbers, is no key. One of letters alone must have
    // the one length that its vendor gives, or look drawn at random.
    private bool LooksDrawn(ReadOnlySpan<char> rest) =>
        !rest.Contains("EXAMPLE", StringComparison.OrdinalIgnoreCase)
        && (MinRest == MaxRest ? rest.ContainsAnyInRange('0', '9') || RandomLetters.Vary(rest)
            : rest.ContainsAnyInRange('0', '9') ? !ReadableWords.FollowBeginning(rest)
            : RandomLetters.Occur(rest));
}
