using System.Buffers;

namespace Memory.Core.Memories;

/// <summary>
/// Where the sentences of a text end. In doubt a place is no end: of a text that is cut, a sentence too few is missed,
/// but half a sentence may say the opposite of the whole.
/// </summary>
internal static class SentenceEnds
{
    private const string Closing = "\"')]}»”’";
    private static readonly SearchValues<char> Terminators = SearchValues.Create(".!?…؟।۔。！？｡\n");

    // They end a sentence without a space behind them.
    private static readonly SearchValues<char> FullWidth = SearchValues.Create("。！？｡");
    private static readonly SearchValues<char> ClosingMarks = SearchValues.Create(Closing + "」』）】》");

    // What a full stop and a capital often follow within a sentence.
    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "mr", "mrs", "ms", "dr", "prof", "st", "no", "nr", "vs", "e.g", "i.e", "cf", "fig", "vol", "approx", "dept", "inc", "ltd", "jr", "sr",
        "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "bzw", "z.b", "d.h", "ca", "hr", "fr",
    };

    /// <summary>The places just behind a sentence, in order. The end of the text is one of them only when its last sentence is finished.</summary>
    public static List<int> Of(string text)
    {
        var ends = new List<int>();
        for (var i = 0; i < text.Length; i++)
        {
            var next = text.AsSpan(i).IndexOfAny(Terminators);
            if (next < 0)
            {
                break;
            }

            i += next;
            var end = i + 1;
            while (end < text.Length && text[end] != '\n' && (Terminators.Contains(text[end]) || ClosingMarks.Contains(text[end])))
            {
                end++;
            }

            if (text[i] == '\n')
            {
                AddParagraph(ends, text, i);
            }
            else if (IsEnd(text, i, end))
            {
                ends.Add(end);
            }

            i = end - 1;
        }

        return ends;
    }

    // An empty line ends whatever stands before it: a heading, a list.
    private static void AddParagraph(List<int> ends, string text, int lineBreak)
    {
        // Of several empty lines the first says it all.
        var line = text.AsSpan(0, lineBreak);
        if (line[(line.LastIndexOf('\n') + 1)..].IsWhiteSpace())
        {
            return;
        }

        var rest = text.AsSpan(lineBreak + 1);
        var nextBreak = rest.IndexOf('\n');
        var end = line.TrimEnd().Length;
        if (nextBreak >= 0 && rest[..nextBreak].IsWhiteSpace() && end > 0 && (ends.Count == 0 || ends[^1] < end))
        {
            ends.Add(end);
        }
    }

    private static bool IsEnd(string text, int terminator, int end)
    {
        if (FullWidth.Contains(text[terminator]) || end == text.Length)
        {
            return true;
        }

        if (!char.IsWhiteSpace(text[end]))
        {
            return false;
        }

        var follows = text.AsSpan(end).TrimStart();
        return follows.IsEmpty || (!char.IsLower(follows[0]) && (text[terminator] != '.' || end > terminator + 1 || !Abbreviates(text, terminator)));
    }

    private static bool Abbreviates(string text, int stop)
    {
        var start = stop;
        while (start > 0 && !char.IsWhiteSpace(text[start - 1]) && !Closing.Contains(text[start - 1], StringComparison.Ordinal) && text[start - 1] is not '(' and not '[')
        {
            start--;
        }

        var word = text.AsSpan(start, stop - start);
        var startsLine = start == 0 || text[start - 1] is '\n' or '\r';
        return (word.Length == 1 && char.IsLetter(word[0]))
            || (startsLine && word.Length is > 0 and <= 3 && !word.ContainsAnyExceptInRange('0', '9'))
            || Abbreviations.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
    }
}
