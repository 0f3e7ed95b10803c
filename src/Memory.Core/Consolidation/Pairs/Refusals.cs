namespace Memory.Core.Consolidation.Pairs;

/// <summary>Denying words that stand for themselves: 'No, deploy on Friday' asks for what 'No deploy on Friday' forbids.</summary>
internal static class Refusals
{
    private static readonly string[] Words = ["no", "never", "not", "stop"];

    /// <summary>Whether two texts have a different number of them.</summary>
    public static bool Differ(string one, string other) => Count(one) != Count(other);

    private static int Count(string content)
    {
        var count = 0;
        for (var comma = content.IndexOf(',', StringComparison.Ordinal); comma >= 0; comma = content.IndexOf(',', comma + 1))
        {
            var start = comma;
            while (start > 0 && char.IsLetter(content[start - 1]))
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
}
