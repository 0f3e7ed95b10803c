namespace Memory.Core.Embeddings;

/// <summary>Text without broken surrogates, which Unicode normalisation refuses.</summary>
internal static class WellFormed
{
    /// <summary>The text, with U+FFFD for each half of a surrogate pair that stands alone. The same object when there is none.</summary>
    public static string Of(string text)
    {
        char[]? mended = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
                continue;
            }

            mended ??= text.ToCharArray();
            mended[i] = '\uFFFD';
        }

        return mended is null ? text : new string(mended);
    }
}
