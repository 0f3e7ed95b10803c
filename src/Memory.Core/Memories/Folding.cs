using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Memory.Core.Memories;

/// <summary>
/// Brings texts that say the same in the same words to one form. Two degrees:
/// <see cref="Identity"/> decides whether <c>store</c> adds evidence instead of a row;
/// <see cref="Statement"/> decides what consolidation merges without any learned judgement.
/// Neither reorders or drops a word other than an article, nor touches a digit, a sign or a symbol inside a word,
/// so that a number, date, version, name or negation always survives ('C#' is not 'C', '-5' is not '5', '10²' is not '102').
/// </summary>
internal static class Folding
{
    private const string Terminators = ".!…。．｡,;:、";
    private const string Opening = "\"'«‹([{";
    private const string Closing = "\"'»›)]}" + Terminators;

    private static readonly SearchValues<char> Literals = SearchValues.Create("\"'()[]{}.,");

    /// <summary>Folds Unicode form (NFKC), letter case (in full: 'STRASSE' is 'Straße'), white space and final punctuation. A final question mark stays: it turns a statement into a question.</summary>
    public static string Identity(string text)
    {
        var words = Words(text);
        var joined = string.Join(' ', words);
        return Caseless(TrimEnd(joined, Terminators));
    }

    /// <summary>
    /// Folds as <see cref="Identity"/> does, and punctuation at the edges of words, and articles. Brackets, quotes, full stops and commas that
    /// stand by themselves are kept: nobody writes sentences so, but an empty list ([] is not {}), a folder (cd ..) or a separator.
    /// </summary>
    public static string Statement(string text)
    {
        var words = TrimEnd(string.Join(' ', Words(text)), Terminators).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var kept = new List<string>(words.Length);
        for (var i = 0; i < words.Length; i++)
        {
            var word = TrimEnd(words[i].TrimStart(Opening.ToCharArray()), Closing);
            if (word.Length == 0 && words[i].AsSpan().ContainsAny(Literals))
            {
                kept.Add(words[i]);
                continue;
            }

            if (word.Length == 0 || IsArticle(word, i, words) || IsDash(word, i, words))
            {
                continue;
            }

            kept.Add(word);
        }

        return Caseless(string.Join(' ', kept));
    }

    /// <summary>The first 64 bits of the text's SHA-256, for an index. Equal texts have equal hashes; compare the texts all the same.</summary>
    public static long Hash(string folded)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(folded), digest);
        return BinaryPrimitives.ReadInt64LittleEndian(digest);
    }

    private static string[] Words(string text) =>
        Compatible(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    // Full case folding, the entries of status C and F of https://www.unicode.org/Public/UNIDATA/CaseFolding.txt. Taken apart first, 'İ', 'ΐ' and 'ᾳ'
    // are letters and marks that have case of their own, and of F only the sharp s is left, which is one letter in any form.
    // Upper first, so that letters with several lower forms (final sigma) meet in one.
    private static string Caseless(string text) => Ascii.IsValid(text)
        ? text.ToLowerInvariant()
        : text.Normalize(NormalizationForm.FormD).ToUpperInvariant().ToLowerInvariant().Replace("ß", "ss", StringComparison.Ordinal).Normalize(NormalizationForm.FormC);

    // Signs twice: 'ŉ' and '︱' are letters and signs only when they are taken apart.
    private static string Compatible(string text) => Ascii.IsValid(text)
        ? text.Replace('`', '\'')
        : Plain(Plain(text).Normalize(NormalizationForm.FormKC));

    private static string Plain(string text)
    {
        var builder = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            switch (c)
            {
                case '\u200B' or '\uFEFF' or '\u00AD': // zero-width space, byte order mark, soft hyphen
                    break;
                case '‘' or '’' or 'ʼ' or '`' or '´':
                    builder.Append('\'');
                    break;
                case '“' or '”' or '„':
                    builder.Append('"');
                    break;
                case '‐' or '‑' or '–' or '—' or '−':
                    builder.Append('-');
                    break;
                case >= '\u0080' when IsJoinedNumber(c):
                    // NFKC would glue these to the digits around them: 10² would become 102, and 1½ would become 11⁄2.
                    builder.Append(' ').Append('^').Append(c).Append(' ');
                    break;
                default:
                    builder.Append(c);
                    break;
            }
        }

        return builder.ToString();
    }

    private static bool IsJoinedNumber(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.OtherNumber && !c.ToString().IsNormalized(NormalizationForm.FormKC);

    // A mark after a digit is part of the number: 5! is a factorial, 6' a length; a full stop or comma is not.
    private static string TrimEnd(string word, string marks)
    {
        var end = word.Length;
        while (end > 0 && (word[end - 1] == ' ' || marks.Contains(word[end - 1], StringComparison.Ordinal))
            && !(end > 1 && char.IsDigit(word[end - 2]) && word[end - 1] is '!' or '\'' or '"'))
        {
            end--;
        }

        return word[..end];
    }

    private static bool IsArticle(string word, int index, string[] words)
    {
        var first = index == 0;
        var article = word is "the" or "The" or "THE" or "an" or "An" or "AN" or "a" || (first && word == "A");
        if (!article || index + 1 >= words.Length || word.Length != words[index].TrimStart(Opening.ToCharArray()).Length)
        {
            return false;
        }

        // 'a few' is not 'few'; a letter that stands before a number or a sign is a label, not an article; 'An Nguyen' and 'A Smith' are whole names.
        var next = words[index + 1].TrimStart(Opening.ToCharArray());
        return next.Length > 0
            && (char.IsLetter(next[0]) || word.Length == 3)
            && !(word is "An" or "A" && char.IsUpper(next[0]))
            && !next.StartsWith("few", StringComparison.OrdinalIgnoreCase)
            && !next.StartsWith("little", StringComparison.OrdinalIgnoreCase);
    }

    // Between numbers a dash is a minus or a range, in a formula a minus.
    private static bool IsDash(string word, int index, string[] words) =>
        word.AsSpan().Trim('-').IsEmpty
        && !words.Contains("=")
        && !(index > 0 && char.IsDigit(words[index - 1][^1]))
        && !(index + 1 < words.Length && char.IsDigit(words[index + 1][0]));
}
