using System.Buffers;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>Denying words that stand for themselves: 'No, deploy on Friday' asks for what 'No deploy on Friday' forbids, and 'Don't. Stop.' for what 'Don't stop.' does not.</summary>
internal static class Refusals
{
    private static readonly string[] Words = ["no", "never", "not", "stop", "don't", "don’t", "dont"];

    private static readonly SearchValues<char> Ends = SearchValues.Create(",.;:!?—–");
    private static readonly SearchValues<char> Closing = SearchValues.Create(" \t\r\n.!?");

    /// <summary>Whether two texts have a different number of them.</summary>
    public static bool Differ(string one, string other) => Count(one) != Count(other);

    private static int Count(string content)
    {
        var count = 0;
        for (var comma = Next(content, 0); comma >= 0; comma = Next(content, comma + 1))
        {
            var start = comma;
            while (start > 0 && (char.IsLetter(content[start - 1]) || content[start - 1] is '\'' or '’'))
            {
                start--;
            }

            var word = content.AsSpan(start, comma - start);
            foreach (var refusal in Words)
            {
                count += word.Equals(refusal, StringComparison.OrdinalIgnoreCase) ? 1 : 0;
            }
        }

        return count;
    }

    // What ends the text ends no denial of something in it.
    private static int Next(string content, int from)
    {
        var at = content.AsSpan(from).IndexOfAny(Ends);
        return at >= 0 && content.AsSpan(from + at + 1).ContainsAnyExcept(Closing) ? from + at : -1;
    }
}
