using System.Buffers;
using System.Text;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>Tells what a written word is, and takes compounds and short forms apart: 'don't' is 'do' and 'not', 'dark-blue' two words.</summary>
internal static class WordReader
{
    private static readonly SearchValues<char> CodeSigns = SearchValues.Create("_@/\\:~=");

    /// <summary>Adds the words that a written one holds.</summary>
    public static void Read(ReadOnlySpan<char> written, bool startsSentence, bool inList, List<StatementToken> words)
    {
        var isCapital = char.IsUpper(written[0]);
        var word = Lower(written);
        if (word.AsSpan().ContainsAnyInRange('0', '9') && TryNumber(word, startsSentence, inList, words))
        {
            return;
        }

        if (word.LastIndexOf(':') is > 0 and var colon && colon < word.Length - 1 && !word.AsSpan(colon + 1).ContainsAnyExceptInRange('0', '9') && char.IsLetter(word[0]) && !word.Contains('/', StringComparison.Ordinal))
        {
            // 'localhost:3000'
            Read(written[..colon], startsSentence, inList, words);
            Read(written[(colon + 1)..], false, inList, words);
            return;
        }

        if (Split(word, written) is { } parts)
        {
            foreach (var part in parts)
            {
                Read(part, startsSentence, inList, words);
                startsSentence = false;
            }

            return;
        }

        if (word.AsSpan().ContainsAny(CodeSigns) || (word.Contains('.', StringComparison.Ordinal) && word is not ("e.g" or "i.e" or "u.s" or "u.k" or "a.m" or "p.m"))
            || (word.Any(char.IsAsciiDigit) && word.Any(char.IsLetter)))
        {
            words.Add(new StatementToken(word, WordForms.Stem(word), TokenKind.Identifier, isCapital, startsSentence, inList));
            return;
        }

        Add(WithoutShortForm(word, words, isCapital, startsSentence, inList, out var denied), isCapital, startsSentence, inList, words);
        if (denied)
        {
            Add("not", false, false, false, words);
        }
    }

    private static void Add(string word, bool isCapital, bool startsSentence, bool inList, List<StatementToken> words)
    {
        if (word.Length == 0)
        {
            return;
        }

        if (Units.Number(word) is { } digits)
        {
            words.Add(new StatementToken(word, digits, TokenKind.Number, false, startsSentence, inList));
            return;
        }

        var kind = WordLists.Negation.Contains(word) ? TokenKind.Negation
            : WordLists.Function.Contains(word) ? TokenKind.Function
            : WordLists.Hedges.Contains(word) ? TokenKind.Hedge
            : TokenKind.Word;
        words.Add(new StatementToken(word, kind == TokenKind.Word ? WordForms.Stem(word) : word, kind, isCapital, startsSentence, inList));
    }

    private static bool TryNumber(string word, bool startsSentence, bool inList, List<StatementToken> words)
    {
        if (NumberShape.TryRead(word, out var kind, out var value))
        {
            words.Add(new StatementToken(word, value, kind, false, startsSentence, inList));
            return true;
        }

        // '3-5', '9:00-17:00', '5-year', '80/20'
        if (!char.IsAsciiDigit(word[0]) || word.IndexOfAny(['-', '/']) is not (> 0 and var cut) || cut == word.Length - 1)
        {
            return false;
        }

        if (!NumberShape.TryRead(word[..cut], out kind, out value))
        {
            return false;
        }

        words.Add(new StatementToken(word[..cut], value, kind, false, startsSentence, inList));
        Read(word.AsSpan(cut + 1), false, inList, words);
        return true;
    }

    // 'left-handed', 'and/or': letters on both sides of one kind of sign. Paths and identifiers stay whole.
    private static string[]? Split(string word, ReadOnlySpan<char> written)
    {
        var sign = word.Contains('-', StringComparison.Ordinal) ? '-' : word.Contains('/', StringComparison.Ordinal) ? '/' : '\0';
        if (sign == '\0' || word.Any(c => c != sign && !char.IsLetter(c) && c is not ('\'' or '’')) || word is "e-mail" or "e-mails" || word[0] == sign)
        {
            return null;
        }

        var parts = written.ToString().Split(sign);
        return parts.Length <= 3 && (sign == '-' || parts.Length == 2) && Array.TrueForAll(parts, static p => p.Length > 0) ? parts : null;
    }

    private static string WithoutShortForm(string word, List<StatementToken> words, bool isCapital, bool startsSentence, bool inList, out bool denied)
    {
        denied = false;
        if (word == "cannot")
        {
            denied = true;
            return "can";
        }

        // As it is typed in haste: 'dont', 'cant'.
        if (WordLists.DeniedWithoutApostrophe.TryGetValue(word, out var verb))
        {
            denied = true;
            return verb;
        }

        var apostrophe = word.IndexOf('\'', StringComparison.Ordinal);
        if (apostrophe <= 0)
        {
            return word;
        }

        if (word.EndsWith("n't", StringComparison.Ordinal))
        {
            denied = true;
            return word switch { "can't" => "can", "won't" => "will", "shan't" => "shall", _ => word[..^3] };
        }

        // 'Ana's', 'we're', 'I'll': what is after the apostrophe is grammar.
        return word[apostrophe..] is "'s" or "'" or "'re" or "'ve" or "'ll" or "'m" or "'d" ? word[..apostrophe] : word;
    }

    private static string Lower(ReadOnlySpan<char> written)
    {
        if (Ascii.IsValid(written))
        {
            return written.ToString().ToLowerInvariant();
        }

        var text = Embeddings.WellFormed.Of(written.ToString()).Normalize(NormalizationForm.FormKC);
        return text.Replace('’', '\'').Replace('−', '-').Replace('‑', '-').ToUpperInvariant().ToLowerInvariant();
    }
}
