using System.Globalization;
using System.Text;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>Brings the symbols of a text to one spelling: '≥' is '&gt;=', all dashes are '-', full-width symbols plain ones; what cannot be seen falls away.</summary>
internal static class SymbolSpelling
{
    /// <summary>The text with its symbols in one spelling.</summary>
    public static string Of(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var builder = new StringBuilder(text.Length + 8);
        foreach (var rune in Embeddings.WellFormed.Of(text).Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            if (Spelling(rune.Value) is { } spelling)
            {
                builder.Append(spelling);
            }
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format or UnicodeCategory.ModifierSymbol))
            {
                builder.Append(rune);
            }
        }

        return builder.ToString();
    }

    private static string? Spelling(int rune) => rune switch
    {
        '≥' or '⩾' or '≧' => ">=",
        '≤' or '⩽' or '≦' => "<=",
        '≠' => "!=",
        '≈' or '∼' => "~",
        '→' or '⟶' => "->",
        '←' or '⟵' => "<-",
        '↔' or '⟷' => "<->",
        '⇒' or '⟹' => "=>",
        '÷' or '∕' or '⁄' => "/",
        '‐' or '‑' or '‒' or '–' or '—' or '−' or '－' => "-",
        >= 0xFF01 and <= 0xFF5E => ((char)(rune - 0xFEE0)).ToString(),
        _ => null,
    };
}
