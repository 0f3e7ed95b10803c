namespace Memory.Core.Transfer.Formats;

/// <summary>The tags that stand in a line of a note of basic-memory.</summary>
internal static class BasicMemoryTags
{
    /// <summary>Takes the tags out of a line: words that begin with '#' and a letter. The number of an issue is none.</summary>
    /// <param name="text">The line.</param>
    /// <param name="rest">What is left of it.</param>
    /// <returns>The tags, without the '#'.</returns>
    public static List<string> Of(string text, out string rest)
    {
        var tags = new List<string>();
        var kept = new List<string>();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Length > 1 && word[0] == '#' && char.IsLetter(word[1]))
            {
                tags.Add(word[1..]);
            }
            else
            {
                kept.Add(word);
            }
        }

        rest = string.Join(' ', kept);
        return tags;
    }
}
