using System.Globalization;
using System.Text;

namespace Memory.Core.Screening;

/// <summary>
/// A text as it is looked through for credentials: characters that are ASCII in another shape (full-width, mathematical, circled: what NFKC makes
/// ASCII of) as that, and without what cannot be seen. A token that is pasted from such a text and set back works as ever.
/// </summary>
internal sealed class LikenedText
{
    private readonly string _original;

    // Where in the original each character comes from.
    private readonly List<int> _places;

    private LikenedText(string original, string text, List<int> places) => (_original, Text, _places) = (original, text, places);

    /// <summary>The text to look through.</summary>
    public string Text { get; }

    /// <summary>Likens a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text to look through; <see langword="null"/> when it is the text itself.</returns>
    public static LikenedText? Of(string text)
    {
        if (Ascii.IsValid(text) || !text.EnumerateRunes().Any(static r => IsUnseen(r) || OtherShape(r) is not null))
        {
            return null;
        }

        var likened = new StringBuilder(text.Length);
        var places = new List<int>(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var length = Rune.TryGetRuneAt(text, at, out var rune) ? rune.Utf16SequenceLength : 1;
            if (length == 1 && char.IsSurrogate(text[at]))
            {
                Add(text.AsSpan(at, 1), at);
            }
            else if (!IsUnseen(rune))
            {
                Add(OtherShape(rune) ?? text.AsSpan(at, length), at);
            }

            at += length;
        }

        return new LikenedText(text, likened.ToString(), places);

        void Add(ReadOnlySpan<char> shown, int place)
        {
            likened.Append(shown);
            places.AddRange(Enumerable.Repeat(place, shown.Length));
        }
    }

    /// <summary>Where in the original a place of this text is, with what cannot be seen behind it.</summary>
    public SecretSpan InOriginal(SecretSpan span)
    {
        var start = _places[span.Start];
        return span with { Start = start, End = Math.Max(start + 1, span.End < _places.Count ? _places[span.End] : _original.Length) };
    }

    // Joiners, marks of direction and selectors of variants that their script needs are left in a text, and would part a token.
    private static bool IsUnseen(Rune rune) => rune.Value >= 0x80
        && (rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) || (MayBeUnseen(rune) && Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format));

    private static bool MayBeUnseen(Rune rune) => rune.Value is 0xAD or 0x61C or (>= 0x2000 and <= 0x206F) or 0xFEFF or (>= 0xE0000 and <= 0xE007F);

    // Only where there are such: to normalize every ideograph would cost more than all else.
    private static string? OtherShape(Rune rune) =>
        rune.Value is (>= 0xA0 and <= 0x2FF) or (>= 0x1D00 and <= 0x1DFF) or (>= 0x2000 and <= 0x24FF) or (>= 0xFB00 and <= 0xFB06) or (>= 0xFE30 and <= 0xFE6F)
            or (>= 0xFF01 and <= 0xFF5E) or (>= 0x1D400 and <= 0x1D7FF) or (>= 0x1F100 and <= 0x1F1FF) or (>= 0x1FBF0 and <= 0x1FBF9)
        && rune.ToString().Normalize(NormalizationForm.FormKC) is var shape && Ascii.IsValid(shape) ? shape : null;
}
